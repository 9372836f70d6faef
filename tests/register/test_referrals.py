"""The restricted store: choices and referrals once each, and counts that outlive them."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.discipline.outward import ReferralSummary
from domain.discipline.words import Move, OutcomeBucket
from register.chain import RegisterConflictError
from register.choices import LEFT_BEHIND, Choices
from register.referral_schema import ChoiceRow, ReferralCountRow, ReferralEventRow, ReferralRow
from register.referrals import Referrals
from register.reservations import Reservations
from register.schema import CaseRow, EventRow
from register.store import Store
from tests.domain.referrals import CHOICE, REFERRAL, REFERRED_AT, REMINDER, lived
from tests.domain.samples import BREACH, NO_REFERRAL, OPENING, RECEIVED
from tests.register.recording import record_life

WHOLE = (
    Move.FORMAL,
    Move.TO_HEARING,
    (Move.OUTCOME, OutcomeBucket.FINAL_WARNING),
    Move.CLOSED,
)


@pytest.fixture
def choices(engine: AsyncEngine) -> Choices:
    return Choices(engine)


@pytest.fixture
def referrals(engine: AsyncEngine) -> Referrals:
    return Referrals(engine)


async def test_a_choice_is_found_under_a_name_that_says_nothing(choices: Choices) -> None:
    name = await choices.keep("BR-2026-0042:V1", CHOICE)
    assert await choices.of(name) is None

    assert await choices.settle(name, REFERRED_AT) == CHOICE

    assert await choices.of(name) == CHOICE
    assert "0042" not in name
    assert name.startswith("HR-")


async def test_the_same_submission_has_one_name_however_often_it_comes(
    engines: list[AsyncEngine],
) -> None:
    stores = [Choices(engine) for engine in engines]

    names = await asyncio.gather(*(stores[turn % 4].keep("V1", CHOICE) for turn in range(12)))

    assert len(set(names)) == 1
    assert await stores[0].keep("V2", CHOICE) not in names


async def test_a_refused_choice_is_forgotten_and_a_settled_one_is_not(choices: Choices) -> None:
    refused, settled = await choices.keep("V1", CHOICE), await choices.keep("V2", CHOICE)
    await choices.settle(settled, REFERRED_AT)

    for name in (refused, settled):
        await choices.drop(name)

    assert await choices.settle(refused, REFERRED_AT) is None
    assert await choices.of(settled) == CHOICE


async def test_what_a_listener_that_died_left_behind_is_forgotten_in_time(
    choices: Choices, engine: AsyncEngine
) -> None:
    names = [await choices.keep(submission, CHOICE) for submission in ("old", "taken", "young")]
    await choices.settle(names[1], REFERRED_AT)
    async with engine.begin() as db:
        long_ago = datetime.now(UTC) - LEFT_BEHIND - timedelta(days=1)
        await db.execute(
            update(ChoiceRow).where(ChoiceRow.reference != names[2]).values(kept_at=long_ago)
        )

    names.append(await choices.keep("new", CHOICE))

    async with engine.connect() as db:
        assert set(await db.scalars(select(ChoiceRow.reference))) == set(names[1:])


async def test_a_referral_is_read_back_as_it_was_recorded(referrals: Referrals) -> None:
    moments = lived(*WHOLE)
    for moment in (*moments, *moments):
        await referrals.record(*moment)

    assert await referrals.proceeding(REFERRAL.reference) == moments[-1][0]
    assert await referrals.events(REFERRAL.reference) == [event for _, event in moments]
    assert await referrals.proceeding("HR-0000-0000") is None


@pytest.mark.parametrize("order", [(3, 2, 1), (2, 3, 1)])
async def test_the_latest_state_stays_in_whatever_order_steps_arrive(
    referrals: Referrals, order: tuple[int, ...]
) -> None:
    moments = lived(Move.FORMAL, Move.NO_FURTHER_ACTION)
    for number in order:
        await referrals.record(*moments[number - 1])

    assert await referrals.proceeding(REFERRAL.reference) == moments[-1][0]
    summary = await referrals.summary(REFERRAL.reference)
    assert summary is not None
    assert summary.outcome is OutcomeBucket.NO_CASE


async def test_a_different_event_in_the_same_place_is_a_conflict(referrals: Referrals) -> None:
    await referrals.record(*lived()[-1])
    other, event = lived()[-1]

    with pytest.raises(RegisterConflictError, match=r"HR-7F3K-9Q2M .* event 1"):
        await referrals.record(other, event.model_copy(update={"step": REMINDER}))


async def test_open_referrals_come_by_their_next_review_and_closed_ones_not(
    referrals: Referrals,
) -> None:
    later = REFERRAL.model_copy(update={"reference": "HR-LATE"})
    sooner = REFERRAL.model_copy(update={"reference": "HR-SOON"})
    for moment in (*lived(*WHOLE), *lived(Move.FORMAL, referral=later), *lived(referral=sooner)):
        await referrals.record(*moment)

    assert [each.reference for each in await referrals.open_ones()] == ["HR-SOON", "HR-LATE"]


async def test_the_case_knows_of_a_referral_its_name_dates_and_bucket_alone(
    referrals: Referrals,
) -> None:
    for moment in lived(*WHOLE):
        await referrals.record(*moment)

    assert await referrals.summary(REFERRAL.reference) == ReferralSummary(
        reference=REFERRAL.reference,
        referred_on=date(2026, 11, 21),
        outcome=OutcomeBucket.FINAL_WARNING,
        closed_on=date(2026, 11, 25),
    )
    assert await referrals.summary("HR-0000-0000") is None


async def test_counts_by_year_outlive_the_referral(
    referrals: Referrals, choices: Choices, engine: AsyncEngine
) -> None:
    """HR deletes by its own retention; of its events the content alone (docs/adr/0019)."""
    for moment in lived(*WHOLE):
        await referrals.record(*moment)
    async with engine.begin() as db:
        for table in (ReferralRow, ChoiceRow):
            await db.execute(delete(table))
        await db.execute(update(ReferralEventRow).values(actor=None, details=None, salt=None))
    assert await referrals.events(REFERRAL.reference) == []

    async with engine.connect() as db:
        (row,) = (await db.execute(select(ReferralCountRow.__table__))).mappings().all()
    days = (row["incident_on"], row["referred_on"], row["outcome_on"], row["closed_on"])
    assert days == (date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 24), date(2026, 11, 25))
    assert (row["outcome"], row["drill"]) == ("final_written_warning", False)


async def test_nothing_of_a_referral_stands_among_the_cases(
    referrals: Referrals,
    choices: Choices,
    reservations: Reservations,
    store: Store,
    engine: AsyncEngine,
) -> None:
    draft = OPENING.model_copy(update={"reference": ""})
    opening = await reservations.reserve("slack:V1", draft, series="BR")
    name = await choices.keep("V1", CHOICE)
    bare = NO_REFERRAL.model_copy(update={"refer": True, "reason": "", "hr_reference": name})
    await record_life(store, opening, RECEIVED, BREACH, bare)
    for moment in lived(*WHOLE):
        await referrals.record(*moment)

    async with engine.connect() as db:
        cases = (await db.execute(select(CaseRow.__table__))).all()
        events = (await db.execute(select(EventRow.__table__))).all()
    said = f"{cases} {events}"
    assert name in said
    for word in (CHOICE.reason, "U0ABOUT", OutcomeBucket.FINAL_WARNING.value, "hearing"):
        assert word not in said
