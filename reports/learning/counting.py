"""Counting for learning notes: everything of a quarter at one moment, for all and for each Area."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.casework import DocumentPlace, DocumentType
from domain.data import Answer
from domain.forces import Force
from domain.learning.lesson import ForceCount, Lesson, Lessons, PlaceCount, TypeChange
from domain.learning.quarter import Quarter
from domain.organisation import Organisation
from domain.taxonomy import Classification, IncidentType
from register.incident_schema import IncidentRow
from register.samples.reading import sums
from reports.counting import PROMOTED, UPSTREAM_ALONE, Counting, at_one_moment
from reports.learning.followed import Outcome, added_up, outcomes
from reports.statistics import INCIDENT

Groups = Sequence[Sequence[Any]]
"""Rows of a query: the Area first, the number last."""


class Teacher:
    """Counts for notes in one register."""

    def __init__(self, engine: AsyncEngine, organisation: Organisation) -> None:
        """Reads only."""
        self._engine = engine
        self._organisation = organisation

    async def lessons(self, quarter: Quarter, now: datetime) -> Lessons:
        """The note of all Areas and that of each, all as the register stands at one moment."""
        areas = (None, *(area.key for area in self._organisation.areas))
        return Lessons(lessons=tuple([each async for each in self._each(quarter, areas, now)]))

    async def lesson(self, quarter: Quarter, area: str | None, now: datetime) -> Lesson:
        """One of them."""
        [lesson] = [each async for each in self._each(quarter, (area,), now)]
        return lesson

    async def _each(
        self, quarter: Quarter, areas: Iterable[str | None], now: datetime
    ) -> AsyncIterator[Lesson]:
        async with at_one_moment(self._engine) as db:
            made_up = await Counting(db).holds_example()
            these = await _by_type(db, quarter)
            former = await _by_type(db, quarter.before)
            upstream = await _upstream(db, quarter)
            done = await outcomes(db, quarter)
            for area in areas:
                samples = await sums(db, quarter.first_day, quarter.last_day, area)
                yield Lesson(
                    quarter=quarter,
                    area=area,
                    taken_at=now,
                    types=_types(_of(area, these), _of(area, former)),
                    near_misses=_near_misses(_of(area, these)),
                    near_misses_before=_near_misses(_of(area, former)),
                    samples=samples,
                    followed=added_up([o for o in done if _is_of(area, o)]),
                    made_up=made_up,
                    **_of_upstream(_of(area, upstream)),
                )


def _of(area: str | None, groups: Groups) -> Groups:
    return [each[1:] for each in groups if area is None or each[0] == area]


def _is_of(area: str | None, outcome: Outcome) -> bool:
    return area is None or outcome.area == area


async def _by_type(db: AsyncConnection, quarter: Quarter) -> Groups:
    row = IncidentRow
    by = row.area, row.incident_type, row.classification
    inside = row.discovered_on.between(quarter.first_day, quarter.last_day)
    query = select(*by, func.count()).where(and_(INCIDENT, inside)).group_by(*by)
    return (await db.execute(query)).all()


async def _upstream(db: AsyncConnection, quarter: Quarter) -> Groups:
    row = IncidentRow
    by = (
        *(row.area, row.force, row.document_type, row.document_place),
        row.caught_before_disclosure,
    )
    inside = row.discovered_on.between(quarter.first_day, quarter.last_day)
    found: list[Sequence[Any]] = []
    # One after the other: of an "or", SQLite would read every incident of the quarter.
    for wanted in (UPSTREAM_ALONE, PROMOTED):
        query = select(*by, func.count()).where(row.drill.is_(False), wanted, inside).group_by(*by)
        found += (await db.execute(query)).all()
    return found


def _types(these: Groups, former: Groups) -> tuple[TypeChange, ...]:
    def number(groups: Groups, kind: str | None) -> int:
        return sum(each[-1] for each in groups if each[0] == kind)

    found = [
        TypeChange(incident_type=kind, count=number(these, kind), before=number(former, kind))
        for kind in (*IncidentType, None)
    ]
    there = [each for each in found if each.count or each.before]
    return tuple(sorted(there, key=lambda each: (-each.count, -each.before)))


def _near_misses(groups: Groups) -> int:
    return sum(each[-1] for each in groups if each[1] == Classification.NEAR_MISS.value)


def _of_upstream(groups: Groups) -> dict[str, Any]:
    """What is counted of redaction failures of others."""

    def caught(answer: Answer | None) -> int:
        return sum(each[-1] for each in groups if each[3] == (answer and answer.value))

    places = [
        PlaceCount(
            document_type=document,
            place=place,
            count=sum(each[-1] for each in groups if (each[1], each[2]) == (document, place)),
        )
        for document in DocumentType
        for place in DocumentPlace
    ]
    forces = [
        ForceCount(force=force, count=sum(each[-1] for each in groups if each[0] == force.value))
        for force in Force
    ]
    return {
        "caught": caught(Answer.YES),
        "not_caught": caught(Answer.NO),
        "caught_unknown": caught(Answer.NOT_YET_KNOWN) + caught(None),
        "places": tuple(sorted((p for p in places if p.count), key=lambda each: -each.count)),
        "forces": tuple(sorted((f for f in forces if f.count), key=lambda each: -each.count)),
    }
