"""Table 2: other incidents recorded centrally, below the threshold, in the categories I to V."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.annual_report import AnnualCategory
from domain.data import Recovered
from domain.origin import Origin
from register.incident_schema import IncidentRow
from reports.counting import BREACHES, NOT_REVIEWED
from reports.tables import Cell, Table
from reports.windows import Window

_NOT_TOLD = IncidentRow.ico_notified_on.is_(None)
_SETTLED = or_(
    IncidentRow.notify.is_(False),
    # The older record says whether the ICO was told, and may not say that it was decided.
    and_(IncidentRow.notify.is_(None), IncidentRow.origin == Origin.IMPORTED.value),
)
BELOW = and_(BREACHES, _NOT_TOLD, _SETTLED)
"""Breaches of which it is settled that the ICO is not told."""
OPEN = and_(BREACHES, _NOT_TOLD, ~_SETTLED)
"""Breaches of which it is not decided, or decided and the ICO not yet told."""


@dataclass(frozen=True)
class Recorded:
    """What was recorded in a year, by category; None is not yet categorised."""

    incidents: dict[AnnualCategory | None, int]
    not_recovered: dict[AnnualCategory | None, int]
    still_open: int
    not_reviewed: int

    @property
    def uncategorised(self) -> int:
        """Incidents without a category."""
        return self.incidents.get(None, 0)


async def recorded(db: AsyncConnection, window: Window) -> Recorded:
    """Counts incidents by the day of their discovery; no drills."""
    row = IncidentRow
    lost = func.sum(case((row.recovered == Recovered.NO.value, 1), else_=0))
    found = await db.execute(
        select(row.category, func.count(), lost).where(_in(BELOW, window)).group_by(row.category)
    )
    incidents: dict[AnnualCategory | None, int] = {}
    not_recovered: dict[AnnualCategory | None, int] = {}
    for value, number, of_them in found:
        category = AnnualCategory(value) if value else None
        incidents[category], not_recovered[category] = number, of_them
    return Recorded(
        incidents,
        not_recovered,
        still_open=await _number(db, OPEN, window),
        not_reviewed=await _number(db, NOT_REVIEWED, window),
    )


def categories_table(found: Recorded) -> Table:
    """All five categories with their whole wording, and what is in none yet."""
    rows: list[tuple[Cell, ...]] = [
        (each.value.upper(), each.wording, *_counts(found, each)) for each in AnnualCategory
    ]
    rows.append((NO_CATEGORY, "Not yet categorised", *_counts(found, None)))
    return Table(
        title="Table 2: other personal data incidents, recorded centrally, below the threshold for "
        "reporting to the ICO",
        columns=("Category", "Nature of incident", "Incidents", "of which not recovered"),
        rows=tuple(rows),
        total=(
            "Total",
            "",
            sum(found.incidents.values()),
            sum(found.not_recovered.values()),
        ),
    )


NO_CATEGORY = "–"


def _counts(found: Recorded, category: AnnualCategory | None) -> tuple[int, int]:
    return found.incidents.get(category, 0), found.not_recovered.get(category, 0)


async def _number(db: AsyncConnection, wanted: ColumnElement[bool], window: Window) -> int:
    query = select(func.count()).select_from(IncidentRow).where(_in(wanted, window))
    return await db.scalar(query) or 0


def _in(wanted: ColumnElement[bool], window: Window) -> ColumnElement[bool]:
    inside = IncidentRow.discovered_on.between(window.first, window.last)
    return and_(IncidentRow.drill.is_(False), wanted, inside)
