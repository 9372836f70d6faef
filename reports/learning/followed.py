"""What came after remedial actions that were done: a sequence, and no proof of a cause.

For each action: the incidents of its incident's type, in its Area, in the 90 days before it was
done and the 90 days after. Only actions whose 90 days after were over within the quarter.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.absence import london_day
from domain.clocks import end_of
from domain.learning.lesson import COMPARED_DAYS, Followed, compared
from domain.learning.quarter import Quarter
from domain.remedies import template_of
from register.incident_schema import IncidentRow
from register.schema import EventRow
from reports.statistics import INCIDENT, NO_DRILL

AT_ONCE = 400
"""References in one query."""
APART = timedelta(days=COMPARED_DAYS)
ONE_DAY = timedelta(days=1)
ADDED = "action_added"
DONE: ColumnElement[str] = literal_column("'action_completed'")
"""Spelled out, or SQLite would not see that the index of these events has them all."""


@dataclass(frozen=True)
class Outcome:
    """One action that was done, and the incidents of its type in its Area around that day."""

    area: str
    remedy: str | None
    before: int
    after: int


def added_up(outcomes: Sequence[Outcome]) -> tuple[Followed, ...]:
    """The outcomes by kind of action, the most frequent kind first; equal ones by their keys."""
    kinds: dict[str | None, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        kinds[each.remedy].append(each)
    found = [
        Followed(
            remedy=remedy,
            fewer=sum(each.after < each.before for each in some),
            as_many=sum(each.after >= each.before and each.after > 0 for each in some),
            nothing=sum(each.before == each.after == 0 for each in some),
        )
        for remedy, some in kinds.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.total, each.remedy or "~")))


async def outcomes(db: AsyncConnection, quarter: Quarter) -> list[Outcome]:
    """Every action whose days of comparison were over within the quarter."""
    first, last = quarter.first_day - APART, quarter.last_day - APART
    done = await _done(db, first, last)
    if not done:
        return []
    incidents = await _incidents(db, first - APART, last + APART)
    found = []
    for each in done:
        around = compared(each.own, each.on, incidents[each.area, each.incident_type])
        found.append(Outcome(each.area, each.remedy, *around))
    return found


@dataclass(frozen=True)
class _Done:
    area: str
    incident_type: str
    on: date
    own: date | None
    remedy: str | None


async def _done(db: AsyncConnection, first: date, last: date) -> list[_Done]:
    """Actions that were done on these days; those of an incident without Area or type are none."""
    row, event = IncidentRow, EventRow
    begins, ends = end_of(first - ONE_DAY), end_of(last)
    found = await db.execute(
        select(
            event.reference,
            event.details,
            event.at,
            row.area,
            row.incident_type,
            row.discovered_on,
            case((INCIDENT, 1), else_=0),
        )
        .join(row, row.reference == event.reference)
        .where(event.kind == DONE, event.at >= begins, event.at < ends, NO_DRILL)
        .where(row.area.is_not(None), row.incident_type.is_not(None))
        .order_by(event.at, event.reference, event.number)
    )
    done = found.all()
    described = await _described(db, sorted({each[0] for each in done}))
    return [
        _Done(
            area=area,
            incident_type=kind,
            on=london_day(at),
            own=discovered if counts else None,
            remedy=template_of(described.get((reference, (details or {}).get("number", 0)), "")),
        )
        for reference, details, at, area, kind, discovered, counts in done
    ]


async def _described(db: AsyncConnection, references: Sequence[str]) -> dict[tuple[str, int], str]:
    """What each action of these cases is, by its number; nothing of what retention removed."""
    event, found = EventRow, dict[tuple[str, int], str]()
    for start in range(0, len(references), AT_ONCE):
        rows = await db.execute(
            select(event.reference, event.details)
            .where(event.reference.in_(references[start : start + AT_ONCE]), event.kind == ADDED)
            .order_by(event.reference, event.number)
        )
        counted = Counter[str]()
        for reference, details in rows:
            counted[reference] += 1
            found[reference, counted[reference]] = str((details or {}).get("description", ""))
    return found


async def _incidents(
    db: AsyncConnection, first: date, last: date
) -> dict[tuple[str, str], dict[date, int]]:
    """Incidents by Area and type, and by the day of their discovery."""
    row = IncidentRow
    by = row.area, row.incident_type, row.discovered_on
    rows = await db.execute(
        select(*by, func.count())
        .where(and_(INCIDENT, row.discovered_on.between(first, last)))
        .group_by(*by)
    )
    found: dict[tuple[str, str], dict[date, int]] = defaultdict(dict)
    for area, kind, day, number in rows:
        found[str(area), str(kind)][day] = number
    return found
