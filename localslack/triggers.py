"""Trigger ids: the short-lived right to open a modal for the person who just did something."""

import secrets
from dataclasses import dataclass

from localslack.errors import SlackError
from localslack.kinds import Clock


@dataclass
class _Trigger:
    user: str
    expires: float
    used: bool = False


class Triggers:
    """Gives out trigger ids, each good for one use within `lifetime` seconds."""

    def __init__(self, clock: Clock, lifetime: float) -> None:
        self._clock = clock
        self._lifetime = lifetime
        self._issued: dict[str, _Trigger] = {}

    def issue(self, user: str) -> str:
        """A new trigger id for what `user` just did."""
        now = self._clock()
        self._forget_before(now - 600)
        trigger_id = f"{int(now * 1000)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._issued[trigger_id] = _Trigger(user, now + self._lifetime)
        return trigger_id

    def redeem(self, trigger_id: str) -> str:
        """Use a trigger id up.

        Returns:
            The person for whom it was given out.

        Raises:
            SlackError: `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id`.
        """
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock() > trigger.expires:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def _forget_before(self, moment: float) -> None:
        old = [key for key, trigger in self._issued.items() if trigger.expires < moment]
        for key in old:
            del self._issued[key]
