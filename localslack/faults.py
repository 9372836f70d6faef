"""What goes wrong on demand, so that an app can be tested against it."""

from collections import deque
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from localslack.kinds import Json

MAX_CALLS = 10_000


class Fault(BaseModel):
    """One thing that shall go wrong with a Web API method."""

    model_config = ConfigDict(extra="forbid")

    method: str = "*"
    """The method, such as `chat.postMessage`; `*` is all of them."""
    times: int | None = Field(default=1, ge=1)
    """How often; None is until it is cleared."""
    status: int | None = Field(default=None, ge=400, le=599)
    """Answer with this HTTP status, the work undone."""
    error: str | None = None
    """Answer with this Slack error, the work undone."""
    retry_after: int | None = Field(default=None, ge=0)
    """Answer 429 `ratelimited` with this many seconds in `Retry-After`."""
    delay: float = Field(default=0, ge=0, le=600)
    """Wait this many seconds first."""
    lose_answer: bool = False
    """Do the work, then cut the connection."""


class Call(BaseModel):
    """One Web API call that arrived."""

    method: str
    arguments: Json
    at: float
    """Unix seconds."""
    error: str | None = None
    """Slack's error code, `http_503` for a status, `answer_lost`; None when all was well."""


class Faults:
    """The faults waiting to happen, and a record of the calls that came."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._duplicates = 0
        self.calls: deque[Call] = deque(maxlen=MAX_CALLS)

    def add(self, fault: Fault) -> None:
        """Let this go wrong from now on."""
        self._waiting.append(fault.model_copy())

    def fail(self, method: str, **fields: Any) -> None:
        """Let a method go wrong; `fields` are those of `Fault`."""
        self.add(Fault(method=method, **fields))

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._waiting.clear()
        self._duplicates = 0

    def take(self, method: str) -> Fault | None:
        """The fault for this call, counted off."""
        for fault in self._waiting:
            if fault.method in ("*", method):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times == 0:
                        self._waiting.remove(fault)
                return fault
        return None

    def duplicate_next(self, count: int = 1) -> None:
        """Deliver the next `count` envelopes twice."""
        self._duplicates += count

    def copies(self) -> int:
        """How often to deliver the envelope that is about to be sent."""
        if self._duplicates == 0:
            return 1
        self._duplicates -= 1
        return 2

    def called(self, method: str) -> list[Call]:
        """The calls of one method so far, oldest first."""
        return [call for call in self.calls if call.method == method]
