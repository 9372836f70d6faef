"""Identifiers that never repeat, also across restarts."""

import secrets

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MICROSECONDS = 1_000_000


def new_id(prefix: str) -> str:
    """An id in Slack's manner, such as `V0M7KQ2PZ4C`: 51 random bits, so no two meet."""
    return prefix + "0" + "".join(secrets.choice(_ALPHABET) for _ in range(10))


def new_hash(now: float) -> str:
    """A view's hash, which changes with every change of the view."""
    return f"{int(now)}.{secrets.token_hex(4)}"


def colour_of(place: int) -> str:
    """A person's colour by their place in the workspace, `#rrggbb`: white letters show on it."""
    palette = (
        "#5b3a8c",
        "#1d6f5f",
        "#9c3f1f",
        "#2a5b9c",
        "#7a2e5d",
        "#4f6b1f",
        "#8a5a00",
        "#34495e",
    )
    return palette[place % len(palette)]


class Timestamps:
    """Gives out message timestamps: strictly increasing, unique in the workspace."""

    def __init__(self, last: str = "0.000000") -> None:
        seconds, _, fraction = last.partition(".")
        self._last = int(seconds) * _MICROSECONDS + int(fraction)

    @property
    def last(self) -> str:
        """The newest given out."""
        return self._form(self._last)

    def next(self, now: float) -> str:
        """A timestamp for `now` (Unix seconds), or just after the last if that is later."""
        self._last = max(int(now * _MICROSECONDS), self._last + 1)
        return self._form(self._last)

    @staticmethod
    def _form(value: int) -> str:
        return f"{value // _MICROSECONDS}.{value % _MICROSECONDS:06d}"
