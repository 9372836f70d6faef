"""Slack's rate limits, off unless asked for."""

import math
from dataclasses import dataclass

from localslack.kinds import Clock

POST_METHODS = {"chat.postMessage", "chat.postEphemeral"}
_POST_BURST = 5
_POSTS_A_SECOND = 1.0

# Slack's tiers: calls a minute, with some burst. Methods that stand nowhere are of tier 3.
_TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
_TIER_OF = {
    "apps.connections.open": 2,
    "auth.test": 4,
    "chat.getPermalink": 4,
    "conversations.create": 2,
    "conversations.list": 2,
    "conversations.members": 4,
    "files.completeUploadExternal": 4,
    "files.getUploadURLExternal": 4,
    "usergroups.list": 2,
    "usergroups.users.list": 2,
    "users.info": 4,
    "users.list": 2,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}
_DEFAULT_TIER = 3


@dataclass
class _Bucket:
    tokens: float
    at: float


class RateLimits:
    """Counts calls and says when there were too many."""

    def __init__(self, clock: Clock, *, enabled: bool) -> None:
        self._clock = clock
        self.enabled = enabled
        self._buckets: dict[str, _Bucket] = {}

    def retry_after(self, method: str, channel: str | None) -> int | None:
        """Count a call; whole seconds to wait when it is one too many, else None."""
        if not self.enabled:
            return None
        if method in POST_METHODS:
            return self._take(f"post:{channel}", _POST_BURST, _POSTS_A_SECOND)
        a_minute = _TIERS[_TIER_OF.get(method, _DEFAULT_TIER)]
        return self._take(method, a_minute, a_minute / 60)

    def _take(self, name: str, burst: int, a_second: float) -> int | None:
        now = self._clock()
        bucket = self._buckets.setdefault(name, _Bucket(burst, now))
        bucket.tokens = min(burst, bucket.tokens + (now - bucket.at) * a_second)
        bucket.at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return None
        return max(1, math.ceil((1 - bucket.tokens) / a_second))
