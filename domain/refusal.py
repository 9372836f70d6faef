"""How a step is refused."""

from typing import Any

from domain.case import Taken
from domain.message import Message, Utc


class Refusal(Message):
    """Why a step is not taken, in words for the person who tried."""

    text: str
    field: str | None = None
    """The field of the step that is wrong; None when it is about no field."""
    by: str | None = None
    """Slack member ID of whoever was first, when that is the reason."""
    at: Utc | None = None
    """When they were."""
    instead: str = ""
    """What they decided, in a sentence."""


def taken(text: str, by: Taken[Any], field: str | None = None, instead: str = "") -> Refusal:
    """The refusal of a step that somebody has taken before."""
    return Refusal(text=text, field=field, by=by.decision.by.user_id, at=by.at, instead=instead)
