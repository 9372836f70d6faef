"""Counting incidents in SQL, by day and one thing more; nothing about a single one leaves here."""

import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, not_, null, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.orm import InstrumentedAttribute

from domain.data import Answer
from domain.forces import Force
from domain.origin import Origin
from domain.past import EXAMPLE
from domain.taxonomy import Classification, IncidentType, Stage
from register.incident_schema import IncidentRow
from register.referral_schema import ReferralCountRow
from reports.windows import Window

Day = InstrumentedAttribute[date] | InstrumentedAttribute[date | None]

NOT_REVIEWED = and_(
    IncidentRow.classification.is_(None),
    IncidentRow.stage.not_in([Stage.WITHDRAWN.value, Stage.DUPLICATE.value, Stage.MERGING.value]),
)
BREACHES = IncidentRow.classification == Classification.BREACH.value
UPSTREAM_ALONE = IncidentRow.classification == Classification.UPSTREAM.value
PROMOTED = and_(BREACHES, IncidentRow.force.is_not(None))
"""To a breach, since the CPS disclosed it: only upstream material has a force."""
UPSTREAM = or_(UPSTREAM_ALONE, PROMOTED)
_CYBER = [kind.value for kind in IncidentType if kind.is_cyber]


@dataclass(frozen=True)
class Limits:
    """What an answer is limited to; None for no limit."""

    force: Force | None = None
    area: str | None = None
    incident_type: IncidentType | None = None
    cyber: bool | None = None
    casework: bool = False

    @property
    def met(self) -> ColumnElement[bool]:
        """Incidents that are known to be within every limit."""
        return and_(true(), *(met for met, _ in self._each()))

    @property
    def perhaps_met(self) -> ColumnElement[bool] | None:
        """Incidents of which it is not recorded whether they are; None where nothing is limited."""
        each = self._each()
        if not each:
            return None
        unknown = or_(*(unknown for _, unknown in each))
        return and_(unknown, *(or_(met, not_known) for met, not_known in each))

    def _each(self) -> list[tuple[ColumnElement[bool], ColumnElement[bool]]]:
        """For each limit: within it, and not recorded."""
        row = IncidentRow
        limits: list[tuple[ColumnElement[bool], ColumnElement[bool]]] = []
        if self.force:
            limits.append((row.force == self.force.value, row.force.is_(None)))
        if self.area:
            limits.append((row.area == self.area, row.area.is_(None)))
        if self.incident_type:
            kind = self.incident_type.value
            limits.append((row.incident_type == kind, row.incident_type.is_(None)))
        if self.cyber is not None:
            among = row.incident_type.in_(_CYBER)
            limits.append((among if self.cyber else not_(among), row.incident_type.is_(None)))
        if self.casework:
            unknown = row.casework == Answer.NOT_YET_KNOWN.value
            limits.append((row.casework == Answer.YES.value, unknown))
        return limits


@dataclass(frozen=True)
class Counted:
    """Incidents by period and value, and how many of them are from the former record."""

    counts: Counter[tuple[int, Any]]
    imported: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    def values(self) -> set[Any]:
        """The values that occur."""
        return {value for _, value in self.counts}


class Counting:
    """Counts in one register, all at the same moment."""

    def __init__(self, db: AsyncConnection) -> None:
        """Uses a connection whose transaction sees one state of the register."""
        self._db = db

    @property
    def db(self) -> AsyncConnection:
        """The same state of the register, for what is counted elsewhere."""
        return self._db

    async def by_period(
        self,
        wanted: ColumnElement[bool],
        window: Window,
        day: Day,
        value: ColumnElement[Any] | None = None,
    ) -> Counted:
        """Incidents by the period that a day of theirs is in, and by a value; no drills."""
        split, when = (null(), day) if value is None else (value, self._month(day))
        # Summed, since a condition would lead SQLite to an index that has not all of it.
        imported = func.sum(case((IncidentRow.origin == Origin.IMPORTED.value, 1), else_=0))
        found = await self._db.execute(
            select(when, split, func.count(), imported)
            .where(_NO_DRILL, wanted, day.between(window.first, window.last))
            .group_by(when, *(() if value is None else (split,)))
        )
        counts: Counter[tuple[int, Any]] = Counter()
        former = 0
        for on, of, number, of_former in found:
            counts[window.index_of(on), of] += number
            former += int(of_former)
        return Counted(counts, former)

    async def number(self, wanted: ColumnElement[bool], window: Window, day: Day) -> int:
        """Incidents in the whole window, without drills."""
        inside = day.between(window.first, window.last)
        query = select(func.count()).select_from(IncidentRow).where(_NO_DRILL, wanted, inside)
        return await self._db.scalar(query) or 0

    async def sums(
        self, values: Sequence[ColumnElement[Any]], wanted: ColumnElement[bool], window: Window
    ) -> list[tuple[Any, ...]]:
        """Groups of the incidents discovered in the window, without drills.

        Returns:
            For each group its values, the number of incidents, remedial actions given, and done.
        """
        row = IncidentRow
        found = await self._db.execute(
            select(*values, func.count(), func.sum(row.actions), func.sum(row.actions_done))
            .where(_NO_DRILL, wanted, row.discovered_on.between(window.first, window.last))
            .group_by(*values)
        )
        return [tuple(each) for each in found]

    async def holds_example(self) -> bool:
        """Whether the file that comes as an example was imported: its figures are no record."""
        names = (IncidentRow.imported_as, ReferralCountRow.reference)
        found = [
            await self._db.scalar(
                select(name).where(name >= EXAMPLE, name.startswith(EXAMPLE)).limit(1)
            )
            for name in names
        ]
        return any(found)

    def _month(self, day: Day) -> ColumnElement[str]:
        """The month of a day, as `2021-12`: a period is made of months, and there are fewer."""
        if self._db.dialect.name == "postgresql":
            return func.to_char(day, "YYYY-MM")
        return func.substr(day, 1, len("2021-12"))

    async def referrals(self, day: Day, window: Window, value: ColumnElement[Any]) -> Counted:
        """Disciplinary referrals by period and a value, without drills; never joined to cases."""
        found = await self._db.execute(
            select(day, value, func.count())
            .where(_NO_DRILL_REFERRED, day.between(window.first, window.last))
            .group_by(day, value)
        )
        counts: Counter[tuple[int, Any]] = Counter()
        for on, of, number in found:
            counts[window.index_of(on), of] += number
        return Counted(counts)

    async def referrals_without(self, day: Day) -> int:
        """Disciplinary referrals of all years that have no such day."""
        query = select(func.count()).select_from(ReferralCountRow)
        return await self._db.scalar(query.where(_NO_DRILL_REFERRED, day.is_(None))) or 0


@contextlib.asynccontextmanager
async def at_one_moment(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection to read with, all of whose queries see one state of the register."""
    reader = engine.execution_options(readonly=True)
    if engine.dialect.name == "postgresql":
        # SQLite's transactions see one state anyway.
        reader = reader.execution_options(isolation_level="REPEATABLE READ")
    async with reader.connect() as db:
        yield db


_NO_DRILL = IncidentRow.drill.is_(False)
_NO_DRILL_REFERRED = ReferralCountRow.drill.is_(False)
