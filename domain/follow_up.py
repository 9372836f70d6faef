"""Follow-up reports to the ICO: what it has not been told, and by when (Art. 33(4); s.67(5))."""

from datetime import date, datetime, time, timedelta

from domain.clocks import LONDON
from domain.data import DataSubject, DataType
from domain.facts import Facts
from domain.message import Message, Utc, in_utc
from domain.taxonomy import Labelled

FOLLOW_UP_HOUR = time(17)
"""London time by which a follow-up is due on its day."""
LONGEST_WAIT = timedelta(days=366)
"""A follow-up due later is a slip of the keyboard: it goes without undue further delay."""


class IcoFact(Labelled):
    """What the ICO's form requires and may not be known at once."""

    PEOPLE_AFFECTED = "people_affected", "how many people are affected"
    OCCURRED = "occurred_at", "when it happened"
    DATA_TYPES = "data_types", "which data"
    DATA_SUBJECTS = "data_subjects", "whose data"


class FollowUp(Message):
    """A follow-up report that is due."""

    due_at: Utc
    untold: tuple[IcoFact, ...] = ()
    """What the ICO has not been told yet, or was told otherwise; none when the DPO wants it for
    another reason."""


def unknown(facts: Facts) -> tuple[IcoFact, ...]:
    """What the ICO's form requires and nobody knows yet, in the form's order."""
    circumstances = facts.circumstances
    waiting = {
        IcoFact.PEOPLE_AFFECTED: facts.people_affected is None,
        IcoFact.OCCURRED: facts.occurred_at is None,
        IcoFact.DATA_TYPES: _is_open(circumstances.data_types, DataType.NOT_YET_KNOWN),
        IcoFact.DATA_SUBJECTS: _is_open(circumstances.data_subjects, DataSubject.NOT_YET_KNOWN),
    }
    return tuple(fact for fact, is_open in waiting.items() if is_open)


def changed(before: Facts, after: Facts) -> tuple[IcoFact, ...]:
    """What the ICO's form requires and is known differently now."""
    old, new = _values(before), _values(after)
    return tuple(fact for fact in IcoFact if old[fact] != new[fact])


def due_on(day: date) -> datetime:
    """The moment by which a follow-up is due on that day (UTC)."""
    return in_utc(datetime.combine(day, FOLLOW_UP_HOUR, LONDON))


def _is_open(chosen: tuple[str, ...], not_yet_known: str) -> bool:
    return not chosen or not_yet_known in chosen


def _values(facts: Facts) -> dict[IcoFact, object]:
    return {
        IcoFact.PEOPLE_AFFECTED: facts.people_affected,
        IcoFact.OCCURRED: (facts.occurred_at, facts.circumstances.occurred_until),
        IcoFact.DATA_TYPES: set(facts.circumstances.data_types),
        IcoFact.DATA_SUBJECTS: set(facts.circumstances.data_subjects),
    }
