"""Looking up cases like another one: the same Area and type, or the same member of staff."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.absence import london_day
from domain.case import Case
from domain.recurrence import (
    MOST_NAMED,
    Found,
    LastSample,
    Recurrence,
    is_about_redaction,
    twelve_months_before,
)
from domain.sight import Sight
from domain.taxonomy import Classification, Stage
from register.listing import seen
from register.samples.reading import latest
from register.schema import CaseRow

_NO_CASES_OF_THEIR_OWN = (Stage.WITHDRAWN.value, Stage.MERGING.value, Stage.DUPLICATE.value)


class Recurrences:
    """Finds in one register what has happened before."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._reader = engine.execution_options(readonly=True)

    async def of(self, case: Case, sight: Sight) -> Recurrence:
        """The cases like this one that somebody may see.

        Args:
            case: the case that is looked at.
            sight: whose eyes.
        """
        start: datetime = twelve_months_before(case.discovered_at)
        others = and_(
            seen(sight),
            CaseRow.reference != case.reference,
            CaseRow.events > 0,
            CaseRow.removed_at.is_(None),
            CaseRow.drill == case.opening.drill,
            CaseRow.stage.not_in(_NO_CASES_OF_THEIR_OWN),
            _not_found_to_be_none(),
            CaseRow.discovered_at >= start,
        )
        report = case.opening.report
        alike = and_(
            others, CaseRow.area == case.area, CaseRow.incident_type == report.incident_type.value
        )
        async with self._reader.connect() as db:
            return Recurrence(
                before=await _found(db, and_(alike, CaseRow.discovered_at <= case.discovered_at)),
                since=await _found(db, and_(alike, CaseRow.discovered_at > case.discovered_at)),
                same_person=await _found(db, and_(others, _involves(case.involved)))
                if case.involved
                else None,
                sample=await _sample(db, case),
            )


async def _sample(db: AsyncConnection, case: Case) -> LastSample | None:
    if not is_about_redaction(case):
        return None
    found = await latest(db, case.area, london_day(datetime.now(UTC)))
    if found is None:
        return None
    upstream = case.upstream
    return LastSample(
        *found,
        upstream.document_type if upstream else None,
        upstream.place if upstream else None,
    )


def _not_found_to_be_none() -> ColumnElement[bool]:
    found = CaseRow.state[("review", "decision", "classification")].as_string()
    answer: ColumnElement[bool] = found.is_distinct_from(Classification.NOT_A_BREACH.value)
    return answer


def _involves(user_id: str) -> ColumnElement[bool]:
    involved = CaseRow.opening[("report", "circumstances", "involved")].as_string()
    answer: ColumnElement[bool] = involved == user_id
    return answer


async def _found(db: AsyncConnection, wanted: ColumnElement[bool]) -> Found:
    newest = CaseRow.discovered_at.desc()
    references = await db.scalars(
        select(CaseRow.reference).where(wanted).order_by(newest).limit(MOST_NAMED)
    )
    total = await db.scalar(select(func.count()).select_from(CaseRow).where(wanted))
    return Found(total=total or 0, references=tuple(references))
