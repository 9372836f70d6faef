"""Compiling a digest from the register."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.orm import InstrumentedAttribute

from domain.digest import MOST_OVERDUE, Digest, DigestPeriod, OverdueCase
from domain.organisation import Organisation
from domain.taxonomy import Stage
from register.incident_schema import IncidentRow
from register.schema import CaseRow
from reports.statistics import NO_DRILL, OPEN_STAGES, Statistician

_COUNTED = and_(NO_DRILL, IncidentRow.stage.not_in([Stage.WITHDRAWN, Stage.DUPLICATE]))


class Compiler:
    """Compiles digests from one register."""

    def __init__(self, engine: AsyncEngine, organisation: Organisation) -> None:
        """Reads only."""
        self._reader = engine.execution_options(readonly=True)
        self._statistician = Statistician(engine, organisation)

    async def digest(self, period: DigestPeriod, now: datetime) -> Digest:
        """What happened in a period, and what is open at `now` (aware)."""
        last = period.last_day
        statistics = await self._statistician.statistics(
            last.replace(year=last.year - 1, day=1), last, now
        )
        async with self._reader.connect() as db:
            counts = await _counts(db, period)
            overdue = await _overdue(db, now)
        return Digest(period=period, overdue=overdue, statistics=statistics, **counts)


async def _counts(db: AsyncConnection, period: DigestPeriod) -> dict[str, int]:
    """One query for each day of an incident: each is read from an index of its own."""
    row, closed = IncidentRow, IncidentRow.stage == Stage.CLOSED.value
    came_in, late_to_ost = await _count(db, period, row.reported_on, row.ost_late.is_(True))
    told_ico, told_late = await _count(db, period, row.ico_notified_on, row.ico_late.is_(True))
    _, over = await _count(db, period, row.closed_on, closed)
    return {
        "came_in": came_in,
        "late_to_ost": late_to_ost,
        "told_ico": told_ico,
        "told_ico_late": told_late,
        "closed": over,
    }


async def _count(
    db: AsyncConnection,
    period: DigestPeriod,
    day: InstrumentedAttribute[date | None],
    which: ColumnElement[bool],
) -> tuple[int, int]:
    """Incidents with such a day in the period, and those of them that are so."""
    some = func.coalesce(func.sum(case((which, 1), else_=0)), 0)
    inside = day.between(period.first_day, period.last_day)
    all_in_all, number = (
        await db.execute(select(func.count(), some).where(_COUNTED, inside))
    ).one()
    return all_in_all, number


async def _overdue(db: AsyncConnection, now: datetime) -> tuple[OverdueCase, ...]:
    query = (
        select(CaseRow.reference, CaseRow.area, CaseRow.stage, CaseRow.next_due)
        .join(IncidentRow, IncidentRow.reference == CaseRow.reference)
        .where(CaseRow.drill.is_(False), CaseRow.stage.in_(OPEN_STAGES), CaseRow.next_due <= now)
        .order_by(CaseRow.next_due, CaseRow.reference)
        .limit(MOST_OVERDUE)
    )
    return tuple(
        OverdueCase(reference=reference, area=area, stage=stage, due=due)
        for reference, area, stage, due in await db.execute(query)
    )
