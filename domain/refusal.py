"""How a step is refused, and which refusals are for want of a right."""

from dataclasses import dataclass
from typing import Any

from domain.case import Taken
from domain.message import Message, Utc
from domain.taxonomy import Labelled


class Bar(Labelled):
    """What keeps a person from something, however the case stands.

    What anybody would be told ("already reviewed", "fill this in") is no bar, and is not recorded.
    """

    NOT_IN_ROLE = "not_in_role", "does not hold the role"
    REPORTER = "reporter", "reported the case"
    INVOLVED = "involved", "the case involves them"
    OTHER_PART = "other_part", "has another part in the case"
    NOT_IN_PLACE = "not_in_place", "whose place it would be is there"
    NOT_THEIRS = "not_theirs", "not theirs to see"
    NO_SUCH_CASE = "no_such_case", "names nothing that there is"
    NOT_READABLE = "not_readable", "names nothing that can be read"
    NOT_CHECKED = "not_checked", "could not be looked up"
    DEACTIVATED = "deactivated", "account is deactivated"
    BOT = "bot", "is a bot"
    GUEST = "guest", "is a guest"
    OTHER_WORKSPACE = "other_workspace", "belongs to another workspace"
    TOO_MANY = "too_many", "tried too much in a minute to list"


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
    bar: Bar | None = None
    """What keeps the person from it; None when it is only how the case stands, or what they typed.

    For the record. The person is told no more than the text."""


@dataclass(frozen=True)
class Attempt:
    """What somebody was refused for want of a right; nothing in it was typed."""

    person: str
    """Slack member ID."""
    tried: str
    """The kind of the step, or our own word for what was asked."""
    bar: Bar
    reference: str | None = None
    """What it was about as it came: it may have been forged."""


def taken(text: str, by: Taken[Any], field: str | None = None, instead: str = "") -> Refusal:
    """The refusal of a step that somebody has taken before."""
    return Refusal(text=text, field=field, by=by.decision.by.user_id, at=by.at, instead=instead)
