"""The base of every message that travels: workflow inputs, updates, activity arguments, events."""

from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict


class Message(BaseModel):
    """An immutable message.

    Cases stay open for months, so messages written by older code are read by newer code: fields
    are added with defaults, never renamed, and a field that this version does not know is ignored.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Operators(Enum):
    """Marks a field for those who look after the system and have no part in its cases.

    Without a mark they see numbers, times and what is chosen from our own lists, and no text.
    """

    SEE = "see"
    DO_NOT_SEE = "do not see"


Code = Annotated[str, Operators.SEE]
"""A key or address that a program gave: nothing that a person typed, and nobody's name or id."""


class Restricted(Message):
    """A message of which operators see nothing at all: neither numbers nor what was chosen."""

    restricted: Literal[True] = True


def in_utc(moment: datetime) -> datetime:
    """The same instant in UTC.

    Sums on local times are an hour wrong across a clock change, so nothing else is kept.

    Raises:
        ValueError: for a time without a zone, which names no instant.
    """
    if moment.tzinfo is None:
        raise ValueError("say the time zone, for example 2026-11-20T18:05:00+00:00")
    return moment.astimezone(UTC)


Utc = Annotated[AwareDatetime, AfterValidator(in_utc)]
"""An instant, always kept in UTC."""
