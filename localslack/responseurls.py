"""Response URLs: five uses within thirty minutes to answer what a person did."""

import secrets
from dataclasses import dataclass

from localslack.errors import SlackError
from localslack.kinds import Clock

MAX_USES = 5
LIFETIME = 30 * 60.0
"""Seconds."""


@dataclass
class ResponseUrl:
    """Where answers through one response URL go."""

    user: str
    channel: str
    expires: float
    thread_ts: str | None = None
    message_ts: str | None = None
    """The message with the button; None after a slash command."""
    uses: int = 0


class ResponseUrls:
    """All response URLs given out and still good."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._issued: dict[str, ResponseUrl] = {}

    def issue(
        self,
        user: str,
        channel: str,
        message_ts: str | None = None,
        thread_ts: str | None = None,
    ) -> str:
        """The secret part of a new response URL."""
        now = self._clock()
        self._issued = {k: u for k, u in self._issued.items() if u.expires + LIFETIME > now}
        key = secrets.token_hex(16)
        self._issued[key] = ResponseUrl(user, channel, now + LIFETIME, thread_ts, message_ts)
        return key

    def use(self, key: str) -> ResponseUrl:
        """Count one use.

        Raises:
            SlackError: `invalid_url`, `expired_url` or `used_url`.
        """
        url = self._issued.get(key)
        if url is None:
            raise SlackError("invalid_url")
        if self._clock() > url.expires:
            raise SlackError("expired_url")
        if url.uses >= MAX_USES:
            raise SlackError("used_url")
        url.uses += 1
        return url
