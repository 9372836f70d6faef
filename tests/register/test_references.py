"""References: one for each submission, consecutive, whoever asks and however many at once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.opening import Opening
from register.reservations import Reservations
from register.schema import CaseRow, ReferenceCounter
from register.store import Store
from tests.domain.samples import CLAIM, OPENING, RECEIVED, REPORT
from tests.register.recording import record_life

DRAFT = OPENING.model_copy(update={"reference": ""})
AT_ONCE = timedelta(0)


def reported(moment: datetime) -> Opening:
    return DRAFT.model_copy(update={"reported_at": moment})


def described(text: str) -> Opening:
    report = REPORT.model_copy(update={"description": text})
    return DRAFT.model_copy(update={"report": report})


async def test_a_submission_gets_a_reference_and_always_the_same(
    reservations: Reservations,
) -> None:
    first = await reservations.reserve("slack:V1", DRAFT, series="BR")
    again = await reservations.reserve("slack:V1", DRAFT, series="BR")

    assert first == again == OPENING.model_copy(update={"reference": "BR-2026-0001"})


async def test_each_submission_has_the_next_number(reservations: Reservations) -> None:
    given = [
        (await reservations.reserve(f"slack:V{number}", DRAFT, series="BR")).reference
        for number in range(3)
    ]

    assert given == ["BR-2026-0001", "BR-2026-0002", "BR-2026-0003"]


async def test_one_submission_twenty_times_at_once_has_one_reference(
    engines: list[AsyncEngine], reservations: Reservations
) -> None:
    desks = [Reservations(engine) for engine in engines]

    given = await asyncio.gather(
        *(desks[turn % 4].reserve("slack:V1", DRAFT, series="BR") for turn in range(20))
    )

    assert {opening.reference for opening in given} == {"BR-2026-0001"}
    assert len(await reservations.not_started(AT_ONCE)) == 1
    after = await reservations.reserve("slack:V2", DRAFT, series="BR")
    assert after.reference == "BR-2026-0002", "no number is lost to those who came too late"


async def test_fifty_submissions_at_once_have_consecutive_references(
    engines: list[AsyncEngine],
) -> None:
    desks = [Reservations(engine) for engine in engines]

    given = await asyncio.gather(
        *(desks[turn % 4].reserve(f"slack:V{turn}", DRAFT, series="BR") for turn in range(50))
    )

    assert sorted(opening.reference for opening in given) == [
        f"BR-2026-{number:04d}" for number in range(1, 51)
    ]


async def test_series_count_apart(reservations: Reservations) -> None:
    drill = await reservations.reserve("slack:V1", DRAFT, series="DRILL")
    real = await reservations.reserve("slack:V2", DRAFT, series="BR")

    assert (drill.reference, real.reference) == ("DRILL-2026-0001", "BR-2026-0001")


@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), 2026),
        (datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), 2026),
        (datetime(2027, 1, 1, 0, 0, tzinfo=UTC), 2027),
        # Elsewhere it is another year already, or still.
        (datetime.fromisoformat("2027-01-01T05:00:00+09:00"), 2026),
        (datetime.fromisoformat("2026-12-31T20:00:00-05:00"), 2027),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), 2026),
        # London kept summer time all through that winter, an hour ahead of UTC.
        (datetime(1968, 12, 31, 23, 30, tzinfo=UTC), 1969),
    ],
)
async def test_the_year_is_london_s(
    reservations: Reservations, moment: datetime, year: int
) -> None:
    given = await reservations.reserve("slack:V1", reported(moment), series="BR")

    assert given.reference == f"BR-{year}-0001"


async def test_each_year_counts_from_one(reservations: Reservations) -> None:
    moments = [datetime(year, 6, 1, tzinfo=UTC) for year in (2026, 2026, 2027, 2026)]

    given = [
        (await reservations.reserve(f"slack:V{turn}", reported(moment), series="BR")).reference
        for turn, moment in enumerate(moments)
    ]

    assert given == ["BR-2026-0001", "BR-2026-0002", "BR-2027-0001", "BR-2026-0003"]


async def test_a_submission_keeps_its_reference_over_new_year(reservations: Reservations) -> None:
    before, after = (reported(datetime(year, 1, 1, tzinfo=UTC)) for year in (2026, 2027))

    first = await reservations.reserve("slack:V1", before, series="BR")
    again = await reservations.reserve("slack:V1", after, series="BR")

    assert first.reference == again.reference == "BR-2026-0001"


async def test_the_ten_thousandth_reference_is_not_cut(
    reservations: Reservations, engine: AsyncEngine
) -> None:
    async with engine.begin() as db:
        await db.execute(insert(ReferenceCounter).values(series="BR", year=2026, last=9999))

    assert (await reservations.reserve("V", DRAFT, series="BR")).reference == "BR-2026-10000"


async def test_what_was_typed_last_counts_until_the_case_is_started(
    reservations: Reservations,
) -> None:
    await reservations.reserve("slack:V1", described("first"), series="BR")
    edited = await reservations.reserve("slack:V1", described("second"), series="BR")

    assert edited.report.description == "second"
    assert await reservations.not_started(AT_ONCE) == [edited]


async def test_a_started_case_is_no_longer_changed_by_its_form(
    reservations: Reservations,
) -> None:
    first = await reservations.reserve("slack:V1", described("first"), series="BR")
    await reservations.mark_started(first.reference)

    late = await reservations.reserve("slack:V1", described("second"), series="BR")

    assert late == first


async def test_a_case_that_runs_is_not_put_back_although_its_start_was_not_noted(
    reservations: Reservations, store: Store
) -> None:
    first = await reservations.reserve("slack:V1", described("first"), series="BR")
    running = await record_life(store, first, RECEIVED, CLAIM)

    late = await reservations.reserve("slack:V1", described("second"), series="BR")

    assert late == first
    assert await store.case(first.reference) == running


async def test_a_form_sent_while_its_case_is_being_started_changes_nothing(
    engine: AsyncEngine, reservations: Reservations
) -> None:
    first = await reservations.reserve("slack:V1", described("first"), series="BR")

    async with engine.begin() as starting:
        await starting.execute(update(CaseRow).values(started_at=datetime.now(UTC)))
        sending = asyncio.create_task(
            reservations.reserve("slack:V1", described("second"), series="BR")
        )
        await asyncio.sleep(0.1)
        assert not sending.done(), "it must wait: whether the case has started is being decided"

    assert await sending == first


async def test_whether_a_case_is_started_is_known(reservations: Reservations) -> None:
    opening = await reservations.reserve("slack:V1", DRAFT, series="BR")

    assert not await reservations.is_started(opening.reference)
    await reservations.mark_started(opening.reference)
    assert await reservations.is_started(opening.reference)
    assert not await reservations.is_started("BR-2026-9999")


async def test_marking_twice_keeps_the_first_time(
    reservations: Reservations, engine: AsyncEngine
) -> None:
    opening = await reservations.reserve("slack:V1", DRAFT, series="BR")
    seen = []
    for _ in range(2):
        await reservations.mark_started(opening.reference)
        async with engine.connect() as db:
            seen.append((await db.exec_driver_sql("SELECT started_at FROM cases")).scalar_one())

    assert seen[0] == seen[1]


async def test_submissions_without_a_case_are_found_oldest_first_once_they_have_settled(
    reservations: Reservations,
) -> None:
    openings = [
        await reservations.reserve(f"slack:V{turn}", DRAFT, series="BR") for turn in range(3)
    ]
    await reservations.mark_started(openings[1].reference)

    assert await reservations.not_started(AT_ONCE) == [openings[0], openings[2]]
    assert await reservations.not_started(timedelta(minutes=1)) == []


async def test_a_time_without_a_zone_is_not_recorded(reservations: Reservations) -> None:
    naive = REPORT.model_copy(update={"discovered_at": datetime(2026, 11, 20)})  # noqa: DTZ001

    with pytest.raises((StatementError, ValueError), match="zone"):
        await reservations.reserve("V", DRAFT.model_copy(update={"report": naive}), series="BR")

    assert await reservations.not_started(AT_ONCE) == []
