"""What is open in the register now, as figures, and which cases were opened first and last."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.taxonomy import Clock, Stage
from register.schema import OVER, CaseRow
from runtime.metrics import OPEN_CASES, OVERDUE

OPEN = tuple(stage.value for stage in Stage if stage.value not in OVER)
OTHER = "other"
"""The clocks whose deadlines have no column of their own."""
CLOCKS = (Clock.OST_REVIEW.value, Clock.ICO_NOTIFICATION.value, OTHER)


class Standing:
    """Figures of one register; each a single query on the index of stages."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._reader = engine.execution_options(readonly=True)

    async def measure(self) -> None:
        """Brings the figures of open and overdue cases up to date; without an answer, to none.

        Raises:
            SQLAlchemyError: when the register does not answer.
        """
        # An old number would look like a new one.
        OPEN_CASES.clear()
        OVERDUE.clear()
        by_stage, by_clock = await self.counted(datetime.now(UTC))
        for stage, number in by_stage.items():
            OPEN_CASES.labels(stage).set(number)
        for clock, number in by_clock.items():
            OVERDUE.labels(clock).set(number)

    async def counted(self, now: datetime) -> tuple[dict[str, int], dict[str, int]]:
        """Counts open cases at each stage, and those past the deadline of a clock; no drills.

        A case counts under `other` when its earliest deadline has passed and is neither of the two
        statutory ones.

        Args:
            now: aware.
        """
        async with self._reader.connect() as db:
            rows = (await db.execute(counting(now))).all()
        by_stage, by_clock = dict.fromkeys(OPEN, 0), dict.fromkeys(CLOCKS, 0)
        for stage, number, *overdue in rows:
            by_stage[stage] = number
            for clock, count in zip(CLOCKS, overdue, strict=True):
                by_clock[clock] += int(count)
        return by_stage, by_clock

    async def ends(self) -> list[str]:
        """The references of the oldest and of the newest open case; one if they are the same."""
        found: list[str] = []
        async with self._reader.connect() as db:
            for order in (CaseRow.reported_at.asc(), CaseRow.reported_at.desc()):
                found += await db.scalars(
                    select(CaseRow.reference).where(_OPEN).order_by(order).limit(1)
                )
        return list(dict.fromkeys(found))


_OPEN = and_(CaseRow.stage.in_(OPEN), or_(CaseRow.started_at.is_not(None), CaseRow.events > 0))
_TO_THE_ICO = (Stage.OST_REVIEW, Stage.ICO_DECISION, Stage.ICO_NOTIFICATION, Stage.MERGING)
"""At which stages the ICO's clock may run; it does while no later deadline is the earliest."""


def counting(now: datetime) -> Select[*tuple[Any, ...]]:
    """Stage, number, and the number past the deadline of each of `CLOCKS` at an instant (aware)."""
    late = (func.sum(case((condition, 1), else_=0)) for condition in _late(now))
    query = select(CaseRow.stage, func.count(), *late)
    return query.where(_OPEN, CaseRow.drill == false()).group_by(CaseRow.stage)


def _late(now: datetime) -> tuple[ColumnElement[bool], ...]:
    ost = and_(
        CaseRow.stage == Stage.OST_REVIEW.value,
        CaseRow.ost_due <= now,
        CaseRow.next_due <= CaseRow.ost_due,
    )
    ico = and_(
        CaseRow.stage.in_([stage.value for stage in _TO_THE_ICO]),
        CaseRow.ico_due <= now,
        CaseRow.next_due <= CaseRow.ico_due,
    )
    other = and_(CaseRow.next_due <= now, not_(or_(ost, ico)))
    return ost, ico, other
