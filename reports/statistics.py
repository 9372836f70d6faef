"""Counting for charts: aggregates made by the database, never a row of a single incident.

Counted as incidents are breaches, near misses and reports that are not reviewed yet, by the day of
their discovery. Upstream redaction failures are not the organisation's own and are counted apart;
duplicates, withdrawn reports, what was no breach, and drills are counted nowhere.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.orm import InstrumentedAttribute

from domain.organisation import Organisation
from domain.past import EXAMPLE
from domain.statistics import (
    MOST_TYPES,
    AreaCount,
    ByType,
    Grain,
    StageCount,
    Statistics,
    StepOfTimes,
    StepOfTypes,
    Times,
    TypeCount,
)
from domain.taxonomy import Classification, IncidentType, Stage
from register.incident_schema import IncidentRow
from register.samples.reading import sums
from register.schema import CaseRow

OPEN_STAGES = tuple(
    stage
    for stage in Stage
    if stage not in (Stage.CLOSED, Stage.WITHDRAWN, Stage.MERGING, Stage.DUPLICATE)
)
MONTHS_APART, QUARTERS_APART = 18, 72
"""Months of a window up to which its months, and its quarters, are steps of a chart."""

# Written so that SQLite does not look incidents up by it: nearly all are none.
NO_DRILL = case((IncidentRow.drill, 1), else_=0) == 0
_NOT_REVIEWED = ""
INCIDENT = and_(
    NO_DRILL,
    IncidentRow.stage.not_in([Stage.WITHDRAWN.value, Stage.DUPLICATE.value]),
    func.coalesce(IncidentRow.classification, _NOT_REVIEWED).in_(
        [_NOT_REVIEWED, Classification.BREACH.value, Classification.NEAR_MISS.value]
    ),
)


class Statistician:
    """Counts in one register."""

    def __init__(self, engine: AsyncEngine, organisation: Organisation) -> None:
        """Reads only; the limits are those of the organisation's clocks today."""
        self._reader = engine.execution_options(readonly=True)
        self._clocks = organisation.clocks

    async def statistics(self, first_day: date, last_day: date, now: datetime) -> Statistics:
        """What the charts of a window show.

        Args:
            first_day: the first day in London.
            last_day: the last one, included.
            now: by which cases are overdue (aware).
        """
        window = and_(INCIDENT, IncidentRow.discovered_on.between(first_day, last_day))
        grain = fitting_grain(first_day, last_day)
        async with self._reader.connect() as db:
            found = await _found(db, window)
            ost, ico = self._clocks.ost_review.due_hours, self._clocks.ico_notification.due_hours
            longer = Grain.YEAR if grain is not Grain.MONTH else Grain.QUARTER
            steps = longer.steps(first_day, last_day)
            return Statistics(
                first_day=first_day,
                last_day=last_day,
                taken_at=now,
                by_type=sorted_by_type(found.counts, grain.steps(first_day, last_day), grain),
                breaches=found.classified[Classification.BREACH.value],
                not_reviewed=found.classified[None],
                to_ost=Times(
                    grain=longer,
                    limit_hours=ost,
                    steps=_steps(await _bands(db, window, _OST, ost), steps, longer),
                ),
                to_ico=Times(
                    grain=longer,
                    limit_hours=ico,
                    steps=_steps(await _bands(db, window, _ICO, ico), steps, longer),
                ),
                stages=await _stages(db, now),
                areas=await _areas(db, window),
                samples=await sums(db, first_day, last_day),
                example=await _counts_example(db, window),
            )


def fitting_grain(first_day: date, last_day: date) -> Grain:
    """Steps of time that are few enough to be read on a phone."""
    months = (last_day.year - first_day.year) * 12 + last_day.month - first_day.month + 1
    if months <= MONTHS_APART:
        return Grain.MONTH
    return Grain.QUARTER if months <= QUARTERS_APART else Grain.YEAR


T = TypeVar("T")
Column = InstrumentedAttribute[T | None]
_OST = (IncidentRow.hours_to_ost, IncidentRow.ost_late)
_ICO = (IncidentRow.hours_to_ico, IncidentRow.ico_late)


def _month(db: AsyncConnection) -> ColumnElement[str]:
    """The month of discovery, as `2026-11`."""
    day = IncidentRow.discovered_on
    if db.dialect.name == "postgresql":
        return func.to_char(day, "YYYY-MM")
    return func.substr(day, 1, len("2026-11"))


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


@dataclass(frozen=True)
class _Found:
    """Incidents by month and type, and how many are what."""

    counts: Counter[tuple[date, IncidentType | None]]
    classified: Counter[str | None]


async def _found(db: AsyncConnection, window: ColumnElement[bool]) -> _Found:
    """All in one reading: with many incidents, reading them is what takes time."""
    by = _month(db), IncidentRow.incident_type, IncidentRow.classification
    found = _Found(Counter(), Counter())
    rows = await db.execute(select(*by, func.count()).where(window).group_by(*by))
    for month, kind, classification, count in rows:
        found.counts[_first_day(month), IncidentType(kind) if kind else None] += count
        found.classified[classification] += count
    return found


def sorted_by_type(
    counts: Mapping[tuple[date, IncidentType | None], int], steps: Sequence[date], grain: Grain
) -> ByType:
    """The most frequent types apart, and all the others as one; equal ones in the ICO's order."""
    counts = _in_steps(counts, grain)
    totals = Counter[IncidentType | None]()
    for (_, each), count in counts.items():
        totals[each] += count
    known = [each for each in IncidentType if totals[each]]
    shown = sorted(known, key=lambda each: -totals[each])
    if len(shown) > MOST_TYPES + 1 or totals[None]:
        shown = shown[:MOST_TYPES]
    others = sum(totals.values()) - sum(totals[each] for each in shown)
    types = [TypeCount(incident_type=each, count=totals[each]) for each in shown]
    if others:
        types.append(TypeCount(incident_type=None, count=others))

    def numbers(step: date) -> tuple[int, ...]:
        apart = [counts.get((step, each), 0) for each in shown]
        all_in_all = sum(count for (begins, _), count in counts.items() if begins == step)
        return (*apart, all_in_all - sum(apart)) if others else tuple(apart)

    return ByType(
        grain=grain,
        types=tuple(types),
        steps=tuple(StepOfTypes(begins_on=step, counts=numbers(step)) for step in steps),
    )


def _in_steps(
    counts: Mapping[tuple[date, IncidentType | None], int], grain: Grain
) -> Counter[tuple[date, IncidentType | None]]:
    longer = Counter[tuple[date, IncidentType | None]]()
    for (day, kind), count in counts.items():
        longer[grain.begin(day), kind] += count
    return longer


async def _bands(
    db: AsyncConnection,
    window: ColumnElement[bool],
    about: tuple[Column[float], Column[bool]],
    limit: float,
) -> Mapping[tuple[date, int], int]:
    """By month and band. What is late was said by the case, under the limit of its own time."""
    month, (hours, late) = _month(db), about
    # A case stays in or out of time where its hours are rounded to the limit.
    band = case(
        (and_(late.is_(False), hours <= limit / 2), 0),
        (late.is_(False), 1),
        (hours <= limit * 2, 2),
        else_=3,
    ).label("band")
    query = (
        select(month, band, func.count())
        .where(window, late.is_not(None), hours.is_not(None))
        .group_by(month, band)
    )
    rows = await db.execute(query)
    return {(_first_day(begins), place): count for begins, place, count in rows}


def _steps(
    found: Mapping[tuple[date, int], int], steps: Sequence[date], grain: Grain
) -> tuple[StepOfTimes, ...]:
    counts = Counter[tuple[date, int]]()
    for (month, band), count in found.items():
        counts[grain.begin(month), band] += count
    return tuple(
        StepOfTimes(
            begins_on=step,
            bands=(counts[step, 0], counts[step, 1], counts[step, 2], counts[step, 3]),
        )
        for step in steps
    )


async def _stages(db: AsyncConnection, now: datetime) -> tuple[StageCount, ...]:
    """Open cases of the register; an imported incident has no deadline that anybody keeps."""
    overdue = func.sum(case((CaseRow.next_due <= now, 1), else_=0))
    query = (
        select(IncidentRow.stage, func.count(), overdue)
        .join(CaseRow, CaseRow.reference == IncidentRow.reference)
        .where(NO_DRILL, IncidentRow.stage.in_(OPEN_STAGES))
        .group_by(IncidentRow.stage)
    )
    found = {stage: (count, late) for stage, count, late in await db.execute(query)}
    return tuple(
        StageCount(stage=stage, open=found[stage][0], overdue=found[stage][1])
        for stage in OPEN_STAGES
        if stage in found
    )


async def _counts_example(db: AsyncConnection, window: ColumnElement[bool]) -> bool:
    name = IncidentRow.imported_as
    marked = and_(name >= EXAMPLE, name.startswith(EXAMPLE))
    # Written so that SQLite looks them up by their names: there are few of an example.
    counted = case((window, 1), else_=0) == 1
    found = await db.scalar(select(IncidentRow.reference).where(marked, counted).limit(1))
    return found is not None


async def _areas(db: AsyncConnection, window: ColumnElement[bool]) -> tuple[AreaCount, ...]:
    area = IncidentRow.area
    query = select(area, func.count()).where(window).group_by(area)
    rows = await db.execute(query.order_by(func.count().desc(), area))
    return tuple(AreaCount(area=name, count=count) for name, count in rows)
