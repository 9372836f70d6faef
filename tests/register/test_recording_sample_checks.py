"""Sample checks in the register: once, corrected by another record, and made-up ones apart."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.casework import DocumentPlace, DocumentType
from domain.data import Answer
from domain.forces import Force
from domain.samples.check import Kept, SampleCheck, SampleFinding
from domain.samples.figures import SampleFigures
from domain.sight import sight
from domain.taxonomy import IncidentType
from domain.upstream import UpstreamFailure
from register.recurrence import Recurrences
from register.samples.keeping import SampleChecks
from register.samples.reading import sums
from tests.domain.samples import OPENING, OWEN, RECEIVED, case_after

NOW = datetime(2026, 10, 12, 9, tzinfo=UTC)
BODY = SampleFinding(document_type=DocumentType.STATEMENT, place=DocumentPlace.BODY, files=6)
CHECK = SampleCheck(
    area=OPENING.report.area,
    files_from=date(2026, 7, 1),
    files_to=date(2026, 9, 30),
    checked_on=date(2026, 10, 12),
    files=50,
    with_failure=6,
    caught=1,
    findings=(BODY,),
)


@pytest.fixture
def checks(engine: AsyncEngine) -> SampleChecks:
    return SampleChecks(engine)


async def recorded(checks: SampleChecks, check: SampleCheck, **how: bool) -> Kept:
    return await checks.record(check, by="U0OWEN", at=NOW, **how)


async def figures(engine: AsyncEngine, area: str | None = None) -> SampleFigures:
    async with engine.connect() as db:
        return await sums(db, date(2026, 10, 1), date(2026, 12, 31), area)


async def test_a_check_is_recorded_once_and_corrected_by_another_record(
    checks: SampleChecks, engine: AsyncEngine
) -> None:
    corrected = CHECK.model_copy(update={"files": 60})
    assert await recorded(checks, CHECK) is Kept.RECORDED
    assert await recorded(checks, CHECK) is Kept.ALREADY
    assert await recorded(checks, corrected) is Kept.DIFFERS
    assert (await figures(engine)).files == 50
    assert await recorded(checks, corrected, replace=True) is Kept.REPLACED
    found = await figures(engine)
    assert (found.checks, found.files, found.with_failure, found.caught) == (1, 60, 6, 1)
    assert [(place.words, place.files) for place in found.places] == [
        ("Witness statement: body of the text", 6)
    ]


async def test_what_was_recorded_is_never_changed_or_deleted(
    checks: SampleChecks, engine: AsyncEngine
) -> None:
    await recorded(checks, CHECK)
    for statement in (
        "UPDATE sample_checks SET files = 51",
        "DELETE FROM sample_findings",
        "DELETE FROM sample_checks",
        "UPDATE sample_findings SET files = 1",
    ):
        with pytest.raises(DBAPIError, match="never changed or deleted"):
            async with engine.begin() as db:
                await db.execute(text(statement))


async def test_made_up_checks_count_only_while_there_is_no_real_one_and_can_be_removed(
    checks: SampleChecks, engine: AsyncEngine
) -> None:
    await recorded(checks, CHECK.model_copy(update={"files": 70}), example=True)
    made_up = await figures(engine)
    assert (made_up.files, made_up.made_up) == (70, True)
    await recorded(checks, CHECK)
    real = await figures(engine)
    assert (real.files, real.made_up) == (50, False)
    assert await checks.remove_examples() == 1
    assert await checks.remove_examples() == 0
    assert (await figures(engine)).files == 50


async def test_sums_are_of_an_area_and_of_the_days_asked_for(
    checks: SampleChecks, engine: AsyncEngine
) -> None:
    await recorded(checks, CHECK)
    elsewhere = {"area": "wessex", "with_failure": 0, "caught": 0, "findings": ()}
    await recorded(checks, CHECK.model_copy(update=elsewhere))
    await recorded(checks, CHECK.model_copy(update={"checked_on": date(2027, 1, 1)}))
    assert [(each.area, each.files) for each in (await figures(engine)).areas] == [
        ("wessex", 50),
        (CHECK.area, 50),
    ]
    assert (await figures(engine, "wessex")).places == ()


async def test_a_reviewer_sees_what_the_areas_last_check_found_at_the_same_place(
    checks: SampleChecks, engine: AsyncEngine
) -> None:
    upstream = UpstreamFailure(
        force=Force.STAFFORDSHIRE,
        document_type=DocumentType.STATEMENT,
        place=DocumentPlace.BODY,
        caught_before_disclosure=Answer.YES,
    )
    report = OPENING.report.model_copy(update={"upstream": upstream})
    case = case_after(RECEIVED, opening=OPENING.model_copy(update={"report": report}))
    other = OPENING.report.model_copy(update={"incident_type": IncidentType.POSTED})
    posted = case_after(RECEIVED, opening=OPENING.model_copy(update={"report": other}))
    recurrences = Recurrences(engine)
    assert (await recurrences.of(case, sight(OWEN))).sample is None

    older = {"files_to": date(2026, 8, 1), "checked_on": date(2026, 8, 2), "files": 40}
    await recorded(checks, CHECK.model_copy(update=older))
    await recorded(checks, CHECK)

    found = (await recurrences.of(case, sight(OWEN))).sample
    assert found is not None
    assert (found.check, found.same) == (CHECK, 6)
    assert (await recurrences.of(posted, sight(OWEN))).sample is None
