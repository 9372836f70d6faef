"""What learning notes are counted from: incidents, actions that were done, and sample checks."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.absence import london_day
from domain.data import Answer
from domain.forces import Force
from domain.learning.lesson import Followed
from domain.learning.quarter import Quarter
from domain.remedies import remedy
from domain.steps import ActionDone, NewAction
from domain.taxonomy import Classification, IncidentType
from register.reservations import Reservations
from register.store import Store
from reports.asking import AskedWrongError
from reports.learning.command import LearningOptions, give_learning
from reports.learning.counting import Teacher
from runtime.settings import organisation
from tests.domain.samples import BREACH, OPENING, RECEIVED, TOM, time_of
from tests.register.conftest import reservations, store  # noqa: F401  fixtures
from tests.register.recording import record_life
from tests.reports.filling import add_incidents

UNITS = organisation({})
NOW = datetime(2026, 10, 15, 9, tzinfo=UTC)
QUARTER = Quarter.written("2026-Q3")
INSIDE, OUTSIDE = date(2026, 9, 30), date(2026, 10, 1)


@pytest.fixture
def teacher(engine: AsyncEngine) -> Teacher:
    return Teacher(engine, UNITS)


async def test_an_areas_note_has_its_own_figures_and_the_first_one_all(
    engine: AsyncEngine, teacher: Teacher
) -> None:
    kinds: dict[str, Any] = {"incident_type": IncidentType.EMAILED, "discovered_on": INSIDE}
    await add_incidents(engine, 3, area="wessex", **kinds)
    await add_incidents(engine, 2, area="hq", **kinds | {"discovered_on": OUTSIDE})
    await add_incidents(engine, 2, area="hq", **kinds | {"discovered_on": date(2026, 6, 30)})
    await add_incidents(engine, area="hq", classification=Classification.NEAR_MISS, **kinds)
    await add_incidents(engine, area="hq", drill=True, **kinds)
    await add_incidents(
        engine,
        4,
        area="hq",
        classification=Classification.UPSTREAM,
        force=Force.KENT,
        document_type="witness_statement",
        document_place="body",
        caught_before_disclosure=Answer.YES,
        **kinds,
    )
    lessons = (await teacher.lessons(QUARTER, NOW)).lessons
    by_area = {each.area: each for each in lessons}
    assert lessons[0].area is None
    assert len(lessons) == len(UNITS.areas) + 1
    assert (lessons[0].incidents, lessons[0].incidents_before, lessons[0].near_misses) == (4, 2, 1)
    assert (by_area["wessex"].incidents, by_area["hq"].incidents) == (3, 1)
    assert (by_area["hq"].caught, by_area["hq"].upstream, by_area["wessex"].upstream) == (4, 4, 0)
    assert [(each.force, each.count) for each in lessons[0].forces] == [(Force.KENT, 4)]
    assert [each.count for each in lessons[0].places] == [4]
    assert lessons[0] == await teacher.lesson(QUARTER, None, NOW)


async def test_what_followed_an_action_is_counted_once_its_days_are_over(
    engine: AsyncEngine,
    teacher: Teacher,
    reservations: Reservations,  # noqa: F811
    store: Store,  # noqa: F811
) -> None:
    check = remedy("second_check").description
    added = NewAction(by=TOM, description=check, owner=TOM.user_id, due_on=date(2026, 12, 1))
    opening = await reservations.reserve("slack:V9", OPENING, series="BR")
    done = ActionDone(by=TOM, number=1, evidence="It is in the desk's notes.")
    await record_life(store, opening, RECEIVED, BREACH, added, done)
    done_on = london_day(time_of(4))
    quarter = Quarter.of(done_on + timedelta(days=90))
    assert (await teacher.lesson(quarter, None, NOW)).followed == (
        Followed(remedy="second_check", nothing=1),
    )

    alike = {"area": OPENING.report.area, "incident_type": OPENING.report.incident_type}
    await add_incidents(engine, 2, discovered_on=done_on - timedelta(days=40), **alike)
    await add_incidents(engine, 1, discovered_on=done_on + timedelta(days=40), **alike)
    await add_incidents(engine, 9, discovered_on=done_on + timedelta(days=40), area="hq")
    fell = (Followed(remedy="second_check", fewer=1),)
    assert (await teacher.lesson(quarter, None, NOW)).followed == fell
    assert (await teacher.lesson(quarter, opening.report.area, NOW)).followed == fell
    assert (await teacher.lesson(quarter, "hq", NOW)).followed == ()
    assert (await teacher.lesson(quarter.before, None, NOW)).followed == ()
    async with engine.connect() as db:
        if db.dialect.name == "sqlite":
            plan = await db.execute(
                text(
                    "EXPLAIN QUERY PLAN SELECT reference FROM events "
                    "WHERE kind = 'action_completed' AND at >= '2026-01-01'"
                )
            )
            assert "ix_events_actions_done" in str(plan.all())


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"quarter": "2026-Q7"}, "--quarter"),
        ({"quarter": "2199-Q1"}, "not begun"),
        ({"area": "mars"}, "--area"),
        ({"form": "pdf"}, "--format"),
    ],
)
async def test_what_is_asked_wrong_is_named(typed: dict[str, str], words: str) -> None:
    with pytest.raises(AskedWrongError, match=words):
        await give_learning(LearningOptions(**typed))  # type: ignore[arg-type]
