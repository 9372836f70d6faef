"""Table 1: what the ICO was formally told of in the year, by quarter; never a single incident."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Executable, String, and_, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.data import DataType
from domain.taxonomy import Communication, IncidentType
from register.incident_schema import IncidentRow
from reports.counting import BREACHES
from reports.tables import Cell, Table
from reports.windows import Period, Window

NOT_RECORDED = "Not recorded"
NOT_KNOWN = "Not known"
NONE = "–"
_STEPS: dict[Communication | None, str] = {
    Communication.TOLD: "people told",
    Communication.NOT_REQUIRED: "telling people not required",
    Communication.RESTRICTED: "telling people restricted",
    None: "nothing recorded about telling people",
}


@dataclass
class Group:
    """The incidents of one quarter and nature."""

    incidents: int = 0
    people: int = 0
    """The sum of the numbers that are known."""
    people_not_known: int = 0
    """Incidents of which the number is not known."""
    first: date | None = None
    last: date | None = None
    """The days on which they happened, as far as that is recorded."""
    undated: int = 0
    data: set[DataType] = field(default_factory=set)
    communication: Counter[Communication | None] = field(default_factory=Counter)

    @property
    def people_cell(self) -> int | str:
        """The number of people; where none is known, that and not Nil."""
        return self.people if self.people or not self.people_not_known else NOT_KNOWN

    @property
    def months(self) -> str:
        """When they happened, by the month: the day would say too much of one incident."""
        undated = f"{NOT_RECORDED.lower()} of {self.undated}" if self.undated else ""
        if self.first is None or self.last is None:
            return NOT_RECORDED
        first, last = f"{self.first:%b %Y}", f"{self.last:%b %Y}"
        span = first if first == last else f"{first} to {last}"
        return "; ".join(filter(None, (span, undated)))

    @property
    def data_in_words(self) -> str:
        """Which data, in the ICO's words and order."""
        return "; ".join(each.label for each in DataType if each in self.data) or NOT_RECORDED

    @property
    def steps(self) -> str:
        """What was done to notify: the ICO of all of them, people as it was decided."""
        people = [
            f"{words}: {number:,}"
            for step, words in _STEPS.items()
            if (number := self.communication[step])
        ]
        return "; ".join([f"ICO told: {self.incidents:,}", *people])


@dataclass(frozen=True)
class Told:
    """What the ICO was told of in a year."""

    window: Window
    groups: dict[tuple[int, IncidentType | None], Group]

    def of(self, quarter: int) -> list[tuple[IncidentType | None, Group]]:
        """The groups of a quarter, in the order of the ICO's list; what is not recorded is last."""
        order = [*IncidentType, None]
        found = [(kind, group) for (at, kind), group in self.groups.items() if at == quarter]
        return sorted(found, key=lambda each: order.index(each[0]))

    @property
    def of_one(self) -> int:
        """How many groups hold one incident alone."""
        return sum(group.incidents == 1 for group in self.groups.values())

    @property
    def total(self) -> Group:
        """The whole year."""
        return _summed(self.groups.values())


async def told(db: AsyncConnection, window: Window) -> Told:
    """Counts breaches by the day on which the ICO was told; no drills."""
    groups: dict[tuple[int, IncidentType | None], Group] = {}
    for row in await db.execute(_query(window)):
        kind = IncidentType(row.incident_type) if row.incident_type else None
        group = groups.setdefault((window.index(row.ico_notified_on), kind), Group())
        group.incidents += row.incidents
        group.people += row.people or 0
        group.people_not_known += row.not_known
        group.undated += row.undated
        group.first = min(filter(None, (group.first, row.first)), default=None)
        group.last = max(filter(None, (group.last, row.last)), default=None)
        group.data |= {DataType(each) for each in json.loads(row.data or "[]")}
        step = Communication(row.communication) if row.communication else None
        group.communication[step] += row.incidents
    return Told(window, groups)


def _query(window: Window) -> Executable:
    row = IncidentRow
    data = cast(row.data_types, String).label("data")
    by = (row.ico_notified_on, row.incident_type, row.communication, data)
    return (
        select(
            *by,
            func.count().label("incidents"),
            func.sum(row.people).label("people"),
            func.sum(case((row.people.is_(None), 1), else_=0)).label("not_known"),
            func.sum(case((row.occurred_on.is_(None), 1), else_=0)).label("undated"),
            func.min(row.occurred_on).label("first"),
            func.max(row.occurred_on).label("last"),
        )
        .where(
            row.drill.is_(False),
            and_(BREACHES, row.ico_notified_on.between(window.first, window.last)),
        )
        .group_by(*by)
    )


def quarters_table(found: Told) -> Table:
    """The sums of each quarter, as the CPS publishes them."""
    rows = tuple(
        _quarter_row(period, found.of(at)) for at, period in enumerate(found.window.periods)
    )
    year = found.total
    return Table(
        title="Table 1: personal data incidents formally reported to the ICO, by quarter",
        columns=(
            "Quarter",
            "Reported to the ICO",
            "Nature of incident",
            "People potentially affected",
            "Incidents with that number not known",
        ),
        rows=rows,
        total=("Year", year.incidents, "", year.people_cell, year.people_not_known),
    )


def _quarter_row(
    period: Period, groups: list[tuple[IncidentType | None, Group]]
) -> tuple[Cell, ...]:
    whole = _summed(group for _, group in groups)
    nature = "; ".join(f"{group.incidents:,} {nature_of(kind)}" for kind, group in groups)
    return (
        period.label,
        whole.incidents,
        nature or NONE,
        whole.people_cell,
        whole.people_not_known,
    )


def natures_table(found: Told) -> Table:
    """The Cabinet Office's columns, a row for each quarter and nature."""
    rows: list[tuple[Cell, ...]] = []
    for at, period in enumerate(found.window.periods):
        groups = found.of(at)
        rows += [(period.label, *_cells(kind, group)) for kind, group in groups]
        if not groups:
            rows.append((period.label, NONE, "Nil", NONE, 0, 0, 0, NONE))
    return Table(
        title="Table 1 in detail: by quarter and nature of incident",
        columns=(
            "Reported to the ICO in",
            "Date of incident (month)",
            "Nature of incident",
            "Nature of data involved",
            "Incidents",
            "People potentially affected",
            "Incidents with that number not known",
            "Notification steps taken",
        ),
        rows=tuple(rows),
    )


def _cells(kind: IncidentType | None, group: Group) -> tuple[Cell, ...]:
    return (
        group.months,
        nature_of(kind),
        group.data_in_words,
        group.incidents,
        group.people_cell,
        group.people_not_known,
        group.steps,
    )


def nature_of(kind: IncidentType | None) -> str:
    """What happened, in the ICO's words."""
    return kind.label if kind else NOT_RECORDED


def _summed(groups: Iterable[Group]) -> Group:
    whole = Group()
    for group in groups:
        whole.incidents += group.incidents
        whole.people += group.people
        whole.people_not_known += group.people_not_known
    return whole
