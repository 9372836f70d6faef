"""What is sent to the app, and the two things that can come back: an answer, or none."""

from dataclasses import dataclass
from typing import Literal, Protocol

from localslack.kinds import Json

Kind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True)
class Envelope:
    """One thing that Slack sends to an app."""

    kind: Kind
    payload: Json
    accepts_response: bool = True
    retry_attempt: int = 0
    retry_reason: str = ""


class NoAnswerError(Exception):
    """The app did not acknowledge. `timed_out` is False when it could not be reached at all."""

    def __init__(self, *, timed_out: bool) -> None:
        super().__init__("operation_timeout" if timed_out else "dispatch_failed")
        self.timed_out = timed_out


class Transport(Protocol):
    """A way to the app: Socket Mode or signed HTTP requests."""

    async def deliver(self, envelope: Envelope, copies: int) -> Json:
        """Send an envelope, so many times, and wait for the first acknowledgement.

        Returns:
            What came with the acknowledgement; empty when nothing did.

        Raises:
            NoAnswerError: none came in time.
        """
        ...

    async def close(self) -> None:
        """Let go of every connection."""
        ...
