"""What is open, as figures: by stage, and past which deadline."""

from datetime import timedelta
from itertools import count

import pytest
from prometheus_client import REGISTRY
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.opening import Opening
from domain.steps import Step
from domain.taxonomy import Clock
from register.reservations import Reservations
from register.standing import OPEN, OTHER, Standing, counting
from register.store import Store
from tests.domain.samples import (
    BREACH,
    CLAIM,
    DISCOVERED,
    HOUR,
    NO_BREACH,
    OPENING,
    OST_DUE,
    RECEIVED,
    WITHDRAWAL,
)
from tests.register.recording import record_life

_submissions = (f"slack:standing:{number}" for number in count(1))
LONG_AFTER = DISCOVERED + timedelta(days=30)


@pytest.fixture
def standing(engine: AsyncEngine) -> Standing:
    return Standing(engine)


async def lived(
    reservations: Reservations, store: Store, *steps: Step, opening: Opening = OPENING
) -> str:
    reserved = await reservations.reserve(next(_submissions), opening, series="BR")
    await record_life(store, reserved, RECEIVED, *steps)
    await reservations.mark_started(reserved.reference)
    return reserved.reference


async def test_open_cases_are_counted_by_stage_without_drills_and_what_is_over(
    standing: Standing, reservations: Reservations, store: Store
) -> None:
    await lived(reservations, store, CLAIM)
    await lived(reservations, store)
    await lived(reservations, store, BREACH)
    await lived(reservations, store, WITHDRAWAL)
    await lived(reservations, store, opening=OPENING.model_copy(update={"drill": True}))
    await reservations.reserve(next(_submissions), OPENING, series="BR")

    by_stage, _ = await standing.counted(DISCOVERED)

    assert set(by_stage) == set(OPEN)
    assert {stage: number for stage, number in by_stage.items() if number} == {
        "ost_review": 2,
        "ico_decision": 1,
    }


async def test_a_case_counts_under_each_clock_whose_deadline_it_is_past(
    standing: Standing, reservations: Reservations, store: Store
) -> None:
    await lived(reservations, store)
    await lived(reservations, store, BREACH)
    await lived(reservations, store, NO_BREACH)

    late = {Clock.OST_REVIEW.value: 0, Clock.ICO_NOTIFICATION.value: 0, OTHER: 0}
    assert (await standing.counted(OST_DUE - HOUR))[1] == late
    assert (await standing.counted(OST_DUE))[1] == late | {"ost_review": 1}
    assert (await standing.counted(LONG_AFTER))[1] == late | {
        "ost_review": 1,
        "ico_notification": 2,
    }


async def test_the_figures_are_none_rather_than_old_when_the_register_does_not_answer(
    standing: Standing, reservations: Reservations, store: Store, engine: AsyncEngine
) -> None:
    await lived(reservations, store)
    await standing.measure()
    assert REGISTRY.get_sample_value("breach_open_cases", {"stage": "ost_review"}) == 1
    async with engine.begin() as db:
        await db.exec_driver_sql("ALTER TABLE cases RENAME TO gone")
    with pytest.raises(Exception, match="cases"):
        await standing.measure()
    assert REGISTRY.get_sample_value("breach_open_cases", {"stage": "ost_review"}) is None


async def test_the_cases_that_were_opened_first_and_last_are_known(
    standing: Standing, reservations: Reservations, store: Store
) -> None:
    assert await standing.ends() == []
    later = OPENING.model_copy(update={"reported_at": OPENING.reported_at + HOUR})
    first = await lived(reservations, store)
    assert await standing.ends() == [first]
    await lived(reservations, store)
    last = await lived(reservations, store, opening=later)
    assert await standing.ends() == [first, last]


async def test_counting_uses_the_index_of_stages(engine: AsyncEngine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by what is in the table")
    query = counting(DISCOVERED).compile(engine, compile_kwargs={"render_postcompile": True})
    values = tuple(query.params[name] for name in query.positiontup or ())
    async with engine.connect() as db:
        plan = await db.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", tuple(map(str, values)))
        assert "SEARCH cases USING INDEX ix_cases_stage" in str(plan.all())


async def test_what_a_write_takes_and_whether_it_fails_is_noted(
    reservations: Reservations, store: Store
) -> None:
    def written() -> float:
        value = REGISTRY.get_sample_value("breach_register_write_seconds_count", {"what": "event"})
        return value or 0

    before = written()
    await lived(reservations, store)
    assert written() == before + 1
