"""Comparing figures with their records: the chain proves the events, this what is counted.

In memory that does not grow with the register. Only an intact chain makes it a proof.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.past import EXAMPLE
from domain.retention import Removed
from register.figures.expected import UnknownBeginningError, Values
from register.figures.imports import KIND, Imports, is_import
from register.figures.reading import INCIDENTS, REFERRALS, Figures, Record, nameless, records
from register.reading import REMOVED

BY_CHAIN = {"events": INCIDENTS, "referral_events": REFERRALS}
"""The figures that follow from each chain."""
LONGEST_VALUE = 60
_NOT_SHOWN = {"imported_as"}
"""Once a name in another record."""

Advance = Callable[[int], None]
"""Told how many further rows were compared."""


@dataclass
class Compared:
    """What was found of one table of figures."""

    table: str
    agree: int = 0
    removed: int = 0
    """Rows that are there, and whose content was removed by retention."""
    behind: int = 0
    """Rows of cases whose steps have reached the register out of order: one is still to come."""
    unproven: int = 0
    """Rows that no event names, since retention removed their referrals."""
    differ: int = 0
    first: str | None = None
    """The first that differs: its reference, the field, and codes; no words."""

    def differs(self, reference: str, what: str, many: int = 1) -> None:
        """Counts a difference, or some of one kind, and keeps the first."""
        self.differ += many
        self.first = self.first or f"{self.table}, {reference}: {what}"


async def compared(db: AsyncConnection, figures: Figures, advance: Advance) -> Compared:
    """Compares every row with its record.

    Args:
        db: in the snapshot in which the chain was found to be intact.
        figures: which.
        advance: told of progress.
    """
    found, imports = Compared(figures.table), Imports()
    async for some in records(db, figures):
        for record in some:
            if figures is REFERRALS:
                _compare_referral(found, imports, record)
            else:
                _compare_incident(found, record)
        advance(sum(record.row is not None for record in some))
    if figures is REFERRALS:
        for row, many in await nameless(db):
            imports.found(row, many)
        _compare_imports(found, imports)
    return found


def _compare_incident(found: Compared, record: Record) -> None:
    row = record.row
    if _was_example(record, "imported"):
        if row is not None:
            found.differs(record.reference, "it was an example that was removed, and has a row")
    elif row is None:
        found.differs(record.reference, "its row is missing, and there are events of it")
    elif not record.events:
        found.differs(record.reference, "a row without any event")
    elif not _is_removed(record):
        if row["removed_on"] is None:
            _compare_fields(found, INCIDENTS, record, row)
        else:
            found.differs(record.reference, "removed_on is set, and nothing was removed")
    elif row["removed_on"] is None:
        found.differs(record.reference, "removed_on is empty, and it was removed")
    else:
        found.removed += 1


def _compare_imports(found: Compared, imports: Imports) -> None:
    """Rows without a name were imported, or retention has taken the name of their referral off."""
    found.agree += imports.agree
    found.unproven = min(imports.unknown - imports.unknown_examples, imports.removed)
    if imports.missing:
        found.differs("of an import", f"{imports.missing:,} of its rows are missing or altered")
    if unknown := imports.unknown - found.unproven:
        found.differs(
            "without a reference",
            f"{unknown:,} that no event names (not proven): imported before imports were in "
            "the chain, or put there by hand",
            unknown,
        )


def _compare_referral(found: Compared, imports: Imports, record: Record) -> None:
    row = record.row
    if is_import(record):
        if row or not (_was_example(record, KIND) or imports.expect(record)):
            found.differs(record.reference, "its event can't be read, or it has a row")
    elif row and not record.events and record.reference.startswith(EXAMPLE):
        imports.found(row, example=True)
    elif _is_removed(record):
        imports.removed += 1
        if row:  # removing takes the reference off; which row it was can't be told any more
            found.differs(record.reference, "reference is still there, and it was removed")
    elif row is None:
        found.differs(record.reference, "its row is missing, and there are events of it")
    elif record.events:
        _compare_fields(found, REFERRALS, record, row)
    else:
        found.differs(record.reference, "a row without any event")


def _was_example(record: Record, kind: str) -> bool:
    """Whether it was the example of an import, and was removed with all that was counted of it."""
    if [event.kind for event in record.events] != [kind, REMOVED]:
        return False
    try:
        return Removed.model_validate(record.events[1].details).example
    except ValidationError:
        return False


def _is_removed(record: Record) -> bool:
    return any(event.kind == REMOVED for event in record.events)


def _compare_fields(found: Compared, figures: Figures, record: Record, row: Values) -> None:
    if any(event.details is None for event in record.events):
        found.differs(record.reference, "content is gone, and no event says that it was removed")
        return
    if record.events[-1].number != len(record.events):
        found.behind += 1
        return
    try:
        expected = figures.expected(record.beginning, record.events)
    except UnknownBeginningError:
        found.differs(record.reference, f"its row in {figures.record} is missing")
    except ValidationError:
        found.differs(record.reference, f"its {figures.beginning} or events can't be read")
    else:
        wrong = next((name for name in expected if not _same(row[name], expected[name])), None)
        if wrong:
            found.differs(record.reference, _said(figures, wrong, row[wrong], expected[wrong]))
        else:
            found.agree += 1


def _said(figures: Figures, name: str, there: object, expected: object) -> str:
    """What became of a referral is HR's alone: of that the field, and not what it holds."""
    if figures is REFERRALS or name in _NOT_SHOWN:
        return f"{name} is not what its events say"
    return f"{name} is {_shown(there)}, and by its events {_shown(expected)}"


def _same(there: object, expected: object) -> bool:
    return _plain(there) == _plain(expected)


def _plain(value: object) -> object:
    """A day as its text: SQLite has nothing else."""
    return value.isoformat() if isinstance(value, date) else value


def _shown(value: object) -> str:
    """In ASCII and not too long: somebody may have written anything there."""
    shown = "empty" if value is None else ascii(_plain(value))
    return shown if len(shown) <= LONGEST_VALUE else f"{shown[:LONGEST_VALUE]}..."
