"""Searching the incidents. The indexes of migration 0006 are made for these questions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.origin import Origin
from domain.taxonomy import Classification, IncidentType, Stage
from register.incident_schema import IncidentRow
from register.references import reference
from register.schema import ACKNOWLEDGED, OVER, CaseRow, ReferenceCounter

_LOOSE = re.compile(r"(?:(?P<series>[A-Z]+)-?)?(?:(?P<year>\d{4})-)?(?P<number>\d{1,9})", re.ASCII)
_LAST = "\U0010ffff"
"""Sorts behind everything that a reference may go on with."""


@dataclass(frozen=True)
class Question:
    """What is looked for; None: anything."""

    reference: str | None = None
    area: str | None = None
    incident_type: IncidentType | None = None
    stage: Stage | None = None
    classification: Classification | None = None
    origin: Origin | None = None
    first_day: date | None = None
    last_day: date | None = None
    """Days of discovery in London, both included."""
    overdue_at: datetime | None = None
    """Only open cases with a deadline before that instant (aware)."""
    drill: bool | None = False
    """Exercises instead of what happened; None: either."""
    limit: int = 50


@dataclass(frozen=True)
class Found:
    """An incident, in codes, days and its next deadline."""

    reference: str
    drill: bool
    imported_as: str | None
    area: str | None
    incident_type: str | None
    stage: str
    classification: str | None
    discovered_on: date
    reported_on: date | None
    closed_on: date | None
    removed_on: date | None
    """When its content was removed by retention."""
    next_due: datetime | None
    """UTC."""


@dataclass(frozen=True)
class Answer:
    """What was found: the newest discovery first, or by reference where that was asked for."""

    found: Sequence[Found]
    more: bool
    """Whether there are more than were asked for."""
    unrecorded: Sequence[str] = ()
    """Where nothing was found: cases of the reference asked for that have recorded nothing yet."""


async def search(engine: AsyncEngine, question: Question) -> Answer:
    """The incidents that a question asks for."""
    async with engine.execution_options(readonly=True).connect() as db:
        if question.reference is not None:
            answer = await _by_reference(db, question, question.reference)
            if answer.found:
                return answer
            start = _upper(question.reference)
            answer = await _found(db, question, _beginning_with(start, db.dialect.name))
            if answer.found:
                return answer
            return replace(answer, unrecorded=await _unrecorded(db, question.reference))
        return await _found(db, question)


async def _by_reference(db: AsyncConnection, question: Question, typed: str) -> Answer:
    """By the whole reference, however it is written: `BR-2026-42`, `2026-42` or `42`."""
    names = await _meant(db, typed)
    former = IncidentRow.imported_as == typed.strip()
    return await _found(db, question, or_(IncidentRow.reference.in_(names), former))


async def _unrecorded(db: AsyncConnection, typed: str) -> Sequence[str]:
    """Only its first event makes a case an incident; its reference is out before."""
    meant = CaseRow.reference.in_(await _meant(db, typed))
    query = select(CaseRow.reference).where(meant, ACKNOWLEDGED, CaseRow.events == 0)
    return (await db.scalars(query.order_by(CaseRow.reference))).all()


async def _meant(db: AsyncConnection, typed: str) -> list[str]:
    parts = _LOOSE.fullmatch(_upper(typed))
    if not parts:
        return [_upper(typed)]
    counters = await db.execute(select(ReferenceCounter.series, ReferenceCounter.year))
    return [_upper(typed)] + [
        reference(series, year, int(parts["number"]))
        for series, year in counters
        if parts["series"] in (None, series) and parts["year"] in (None, str(year))
    ]


def _beginning_with(start: str, dialect: str) -> ColumnElement[bool]:
    if dialect == "postgresql":  # whose collation may put characters in another order
        return IncidentRow.reference.startswith(start, autoescape=True)
    return IncidentRow.reference.between(start, start + _LAST)


def _upper(typed: str) -> str:
    return typed.strip().upper()


async def _found(
    db: AsyncConnection, question: Question, about: ColumnElement[bool] | None = None
) -> Answer:
    rows = (await db.execute(statement(question, about))).mappings().all()
    found = [Found(**row) for row in rows[: question.limit]]
    return Answer(found, more=len(rows) > question.limit)


def statement(question: Question, about: ColumnElement[bool] | None = None) -> Select[Any]:
    """The search as SQL: one row more than asked for, to know whether there are more."""
    columns = [
        getattr(IncidentRow, name) for name in Found.__dataclass_fields__ if name != "next_due"
    ]
    query = select(*columns, CaseRow.next_due).join(
        CaseRow, CaseRow.reference == IncidentRow.reference, isouter=question.overdue_at is None
    )
    wanted = [*_wanted(question), *([] if about is None else [about])]
    if about is None:
        query = query.order_by(IncidentRow.discovered_on.desc())
    return query.where(*wanted).order_by(IncidentRow.reference.desc()).limit(question.limit + 1)


def _wanted(question: Question) -> list[ColumnElement[bool]]:
    same = {
        IncidentRow.area: question.area,
        IncidentRow.incident_type: question.incident_type,
        IncidentRow.stage: question.stage,
        IncidentRow.classification: question.classification,
        IncidentRow.origin: question.origin,
    }
    wanted = [column == str(value) for column, value in same.items() if value is not None]
    # Nearly all rows are no exercises: an index that begins with that would only mislead SQLite.
    if question.drill is not None:
        wanted.append(IncidentRow.drill.is_not(not question.drill))
    if question.first_day:
        wanted.append(IncidentRow.discovered_on >= question.first_day)
    if question.last_day:
        wanted.append(IncidentRow.discovered_on <= question.last_day)
    if question.overdue_at:
        wanted += [CaseRow.next_due < question.overdue_at, IncidentRow.stage.not_in(OVER)]
    return wanted
