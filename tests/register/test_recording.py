"""The record of a case: each step once, whatever is repeated, late or out of order."""

import asyncio
from datetime import datetime
from typing import Any, cast

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.opening import Opening
from domain.steps import CaseEvent
from register.chain import Chain, Event, RegisterConflictError
from register.reservations import Reservations
from register.schema import CaseRow, EventRow
from register.store import Store
from tests.domain.samples import (
    ALERT,
    BREACH,
    CLAIM,
    LIFE,
    NO_BREACH,
    OPENING,
    RECEIVED,
    case_after,
)
from tests.register.recording import moments, record_life


class Older:
    """An event as a version wrote it that knew no severity."""

    def __init__(self, event: CaseEvent) -> None:
        self.number, self.at, self.actor = event.number, event.at, event.actor
        self.kind, self._whole = event.step.kind, event.step
        self.step = self

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        return self._whole.model_dump(mode=mode, exclude={"severity"})


@pytest.fixture
async def opening(reservations: Reservations) -> Opening:
    """A case that has its reference."""
    draft = OPENING.model_copy(update={"reference": ""})
    return await reservations.reserve("slack:V1", draft, series="BR")


async def rows(engine: AsyncEngine, table: type[CaseRow | EventRow]) -> list[dict[str, Any]]:
    async with engine.connect() as db:
        found = await db.execute(select(*table.__table__.columns))
        return [dict(row) for row in found.mappings()]


async def test_a_case_is_read_back_as_it_was_recorded(store: Store, opening: Opening) -> None:
    case = await record_life(store, opening, *LIFE, ALERT)

    assert await store.case(opening.reference) == case
    assert await store.events(opening.reference) == [
        event for _, event in moments(opening, *LIFE, ALERT)
    ]


async def test_a_case_before_its_first_event_and_one_that_never_was_are_none(
    store: Store, opening: Opening
) -> None:
    assert await store.case(opening.reference) is None
    assert await store.case("BR-2026-9999") is None
    assert await store.events("BR-2026-9999") == []


async def test_the_columns_say_what_the_state_says(
    store: Store, opening: Opening, engine: AsyncEngine
) -> None:
    case = await record_life(store, opening, RECEIVED, CLAIM, BREACH)

    (row,) = await rows(engine, CaseRow)

    assert {name: row[name] for name in ("reference", "submission", "area", "incident_type")} == {
        "reference": opening.reference,
        "submission": "slack:V1",
        "area": "west-midlands",
        "incident_type": "emailed_to_wrong_recipient",
    }
    assert {name: row[name] for name in ("stage", "severity", "events", "drill")} == {
        "stage": "ico_decision",
        "severity": "high",
        "events": 3,
        "drill": False,
    }
    assert {name: row[name] for name in ("discovered_at", "reported_at", "ost_due", "ico_due")} == {
        "discovered_at": case.discovered_at,
        "reported_at": case.opening.reported_at,
        "ost_due": case.ost_due,
        "ico_due": case.ico_due,
    }


async def test_events_say_who_acted_and_when(
    store: Store, opening: Opening, engine: AsyncEngine
) -> None:
    await record_life(store, opening, RECEIVED, CLAIM, ALERT)

    found = [(row["number"], row["kind"], row["actor"]) for row in await rows(engine, EventRow)]

    assert found == [(1, "report", None), (2, "claim", CLAIM.by.user_id), (3, "alert", None)]


async def test_a_repeat_changes_nothing(
    store: Store, opening: Opening, engine: AsyncEngine
) -> None:
    lived = moments(opening, *LIFE)
    for case, event in lived:
        await store.record(case, event)
    before = (await rows(engine, CaseRow), await rows(engine, EventRow))

    for case, event in lived:
        await store.record(case, event)

    assert (await rows(engine, CaseRow), await rows(engine, EventRow)) == before


async def test_a_step_recorded_twenty_times_at_once_is_one_event(
    engines: list[AsyncEngine], opening: Opening
) -> None:
    stores = [Store(engine) for engine in engines]
    ((case, event),) = moments(opening, RECEIVED)

    await asyncio.gather(*(stores[turn % 4].record(case, event) for turn in range(20)))

    assert await stores[0].events(opening.reference) == [event]


@pytest.mark.parametrize("order", [(3, 2, 1), (2, 3, 1), (1, 3, 2)])
async def test_the_latest_state_stays_in_whatever_order_steps_arrive(
    store: Store, opening: Opening, order: tuple[int, ...]
) -> None:
    lived = moments(opening, RECEIVED, CLAIM, BREACH)

    for number in order:
        await store.record(*lived[number - 1])

    assert await store.case(opening.reference) == lived[-1][0]
    assert [event.number for event in await store.events(opening.reference)] == [1, 2, 3]


async def test_all_steps_at_once_end_in_the_latest_state(
    engines: list[AsyncEngine], opening: Opening
) -> None:
    stores = [Store(engine) for engine in engines]
    lived = moments(opening, *LIFE)

    await asyncio.gather(*(stores[turn % 4].record(*moment) for turn, moment in enumerate(lived)))

    assert await stores[0].case(opening.reference) == lived[-1][0]
    assert len(await stores[0].events(opening.reference)) == len(LIFE)


async def test_a_different_event_in_the_same_place_is_a_conflict_and_changes_nothing(
    store: Store, opening: Opening
) -> None:
    recorded = await record_life(store, opening, RECEIVED, CLAIM, BREACH)
    other_case, other_event = moments(opening, RECEIVED, CLAIM, NO_BREACH)[-1]

    with pytest.raises(RegisterConflictError, match=f"{opening.reference} .* event 3"):
        await store.record(other_case, other_event)

    assert await store.case(opening.reference) == recorded
    assert [event.step for event in await store.events(opening.reference)] == [
        RECEIVED,
        CLAIM,
        BREACH,
    ]


async def test_a_repeat_by_a_newer_version_is_no_conflict(
    store: Store, opening: Opening, engine: AsyncEngine
) -> None:
    """A worker is upgraded between the register's commit and the retry of the same step."""
    case = await record_life(store, opening, RECEIVED, CLAIM)
    case, event = moments(opening, RECEIVED, CLAIM, NO_BREACH)[-1]
    async with engine.begin() as db:
        older = cast(Event, Older(event))
        assert await Chain(EventRow, CaseEvent).add(db, opening.reference, older)

    await store.record(case, event)

    assert [each.number for each in await store.events(opening.reference)] == [1, 2, 3]


async def test_an_event_of_a_case_without_a_reference_is_refused(store: Store) -> None:
    nobody_s = OPENING.model_copy(update={"reference": "BR-2026-9999"})

    with pytest.raises(RegisterConflictError, match="never given out"):
        await record_life(store, nobody_s, RECEIVED)


async def test_cases_don_t_mix(store: Store, reservations: Reservations) -> None:
    draft = OPENING.model_copy(update={"reference": ""})
    one, other = [
        await reservations.reserve(submission, draft, series="BR") for submission in ("A", "B")
    ]

    first = await record_life(store, one, RECEIVED, CLAIM)
    second = await record_life(store, other, RECEIVED, NO_BREACH)

    assert await store.case(one.reference) == first
    assert await store.case(other.reference) == second


async def test_texts_come_back_literally(store: Store, reservations: Reservations) -> None:
    text = '\'; DROP TABLE cases; -- “é” 文 😀 %s {x} \\u0000 \\ "quoted"'
    report = OPENING.report.model_copy(update={"description": text})
    draft = OPENING.model_copy(update={"reference": "", "report": report})
    opening = await reservations.reserve("V'--", draft, series="BR")

    await record_life(store, opening, RECEIVED)

    case = await store.case(opening.reference)
    assert case is not None
    assert case.opening.report.description == text


async def test_a_time_without_a_zone_is_not_recorded(store: Store, opening: Opening) -> None:
    ((case, event),) = moments(opening, RECEIVED)
    naive = event.model_copy(update={"at": datetime(2026, 11, 20, 18, 5)})  # noqa: DTZ001

    with pytest.raises((StatementError, ValueError), match="without a zone"):
        await store.record(case, naive)

    assert await store.events(opening.reference) == []


async def test_times_come_back_in_utc(store: Store, opening: Opening) -> None:
    await record_life(store, opening, RECEIVED)

    (event,) = await store.events(opening.reference)

    assert str(event.at.tzinfo) == "UTC"
    assert event.at == case_after(RECEIVED).opening.reported_at
