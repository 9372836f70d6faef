"""Reading rows of figures and their records, some hundred references at a time."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Text, cast, column, func, select, table, union
from sqlalchemy.ext.asyncio import AsyncConnection

from register.chain_schema import ChainedEvent
from register.figures.expected import Events, Expected, Values, expected_incident, expected_referral
from register.incident_schema import IncidentRow
from register.referral_schema import ReferralCountRow, ReferralEventRow
from register.schema import EventRow

COUNTED = ("incident_on", "referred_on", "outcome", "outcome_on", "closed_on", "drill")
"""All that a row of `referral_counts` says."""
AT_ONCE = 300
"""References that are read at once; each may have some dozen events."""


@dataclass(frozen=True)
class Figures:
    """A table of figures, and what its rows follow from."""

    table: str
    columns: tuple[str, ...]
    events: type[ChainedEvent]
    record: str
    beginning: str
    """Table and column of what the record began with."""
    expected: Expected


INCIDENTS = Figures(
    "incidents",
    tuple(IncidentRow.__table__.columns.keys()),
    EventRow,
    "cases",
    "opening",
    expected_incident,
)
REFERRALS = Figures(
    "referral_counts",
    tuple(ReferralCountRow.__table__.columns.keys()),
    ReferralEventRow,
    "referrals",
    "state",
    expected_referral,
)


@dataclass(frozen=True)
class Record:
    """All that is known of one reference."""

    reference: str
    row: Values | None
    """As it stands in the table of figures; None where there is none."""
    events: Events
    beginning: str | None


async def how_many(db: AsyncConnection, figures: Figures) -> int:
    """How many rows there are."""
    return await db.scalar(select(func.count()).select_from(table(figures.table))) or 0


async def nameless(db: AsyncConnection) -> list[tuple[Values, int]]:
    """The rows of `referral_counts` without a reference, those alike together, and how many."""
    rows = table(REFERRALS.table, column("reference"), *map(column, COUNTED))
    columns = [rows.c[name] for name in COUNTED]
    found = await db.execute(
        select(*columns, func.count().label("many"))
        .where(rows.c.reference.is_(None))
        .group_by(*columns)
    )
    return [(dict(row), row["many"]) for row in found.mappings()]


async def records(db: AsyncConnection, figures: Figures) -> AsyncIterator[list[Record]]:
    """Every reference that has a row or an event, in order."""
    last = ""
    while references := await _next(db, figures, last):
        rows = await _rows(db, figures, references)
        events = await _events(db, figures, references)
        beginnings = await _beginnings(db, figures, references)
        yield [
            Record(each, rows.get(each), events.get(each, ()), beginnings.get(each))
            for each in references
        ]
        last = references[-1]


async def _next(db: AsyncConnection, figures: Figures, last: str) -> Sequence[str]:
    """The next references after one, of rows and events together."""
    # Each table is cut off by itself, so that neither is read to its end every time.
    parts = []
    for name in (figures.table, figures.events.__tablename__):
        rows = table(name, column("reference"))
        some = select(rows.c.reference).where(rows.c.reference > last).distinct()
        parts.append(select(some.order_by(rows.c.reference).limit(AT_ONCE).subquery()))
    both = union(*parts).subquery()
    found = await db.scalars(select(both).order_by(both.c.reference).limit(AT_ONCE))
    return found.all()


async def _rows(
    db: AsyncConnection, figures: Figures, references: Sequence[str]
) -> dict[str, Values]:
    """Rows as they stand there: what somebody wrote need not be what its column should hold."""
    rows = table(figures.table, *map(column, figures.columns))
    found = await db.execute(select(rows).where(rows.c.reference.in_(references)))
    return {
        row["reference"]: {name: _parsed(value) for name, value in row.items()}
        for row in found.mappings()
    }


def _parsed(value: object) -> object:
    """SQLite has lists as their text."""
    if isinstance(value, str) and value.startswith("["):
        with suppress(ValueError):
            return json.loads(value)
    return value


async def _events(
    db: AsyncConnection, figures: Figures, references: Sequence[str]
) -> dict[str, Events]:
    events = figures.events
    found = await db.execute(
        select(events.reference, events.number, events.kind, events.at, events.details)
        .where(events.reference.in_(references))
        .order_by(events.reference, events.number)
    )
    return {name: list(some) for name, some in groupby(found, lambda event: event.reference)}


async def _beginnings(
    db: AsyncConnection, figures: Figures, references: Sequence[str]
) -> dict[str, str]:
    rows = table(figures.record, column("reference"), column(figures.beginning))
    text = cast(rows.c[figures.beginning], Text)
    found = await db.execute(select(rows.c.reference, text).where(rows.c.reference.in_(references)))
    return {row[0]: row[1] for row in found}
