"""Lists of cases: what somebody may see, what waits for them, in the order of deadlines."""

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.opening import Opening
from domain.people import Actor
from domain.sight import sight
from domain.steps import Step
from domain.taxonomy import Role
from register.listing import Listing
from register.reservations import Reservations
from register.store import Store
from tests.domain.samples import (
    ACTION,
    BREACH,
    CLAIM,
    CLOSURE,
    DANIEL,
    DISCOVERED,
    DONE,
    ELSEWHERE,
    HOUR,
    MAYA,
    NO_BREACH,
    OPENING,
    OST_DUE,
    OWEN,
    PRIYA,
    RECEIVED,
    TOM,
)
from tests.register.recording import record_life

LATER = 2 * HOUR
HELEN = Actor(user_id="U0HELEN", roles=(Role.SIRO,))
AISHA = Actor(user_id="U0AISHA", roles=(Role.HR,))
OMAR = Actor(user_id=ACTION.owner)

_submissions = (f"slack:lists:{number}" for number in count(1))


@pytest.fixture
def listing(engine: AsyncEngine) -> Listing:
    return Listing(engine)


def opened(area: str = OPENING.report.area, later: timedelta = timedelta(0)) -> Opening:
    """A report from an Area, discovered that much later than the others."""
    report = OPENING.report.model_copy(update={"area": area, "discovered_at": DISCOVERED + later})
    return OPENING.model_copy(update={"report": report})


async def lived(
    reservations: Reservations, store: Store, *steps: Step, opening: Opening = OPENING
) -> str:
    """The reference of a case that went through these steps."""
    reserved = await reservations.reserve(next(_submissions), opening, series="BR")
    await record_life(store, reserved, RECEIVED, *steps)
    await reservations.mark_started(reserved.reference)
    return reserved.reference


async def seen(listing: Listing, actor: Actor) -> list[str]:
    page = await listing.open_cases(sight(actor), 10)
    return [case.reference for case in page.cases]


async def test_open_cases_come_by_their_next_deadline(
    listing: Listing, reservations: Reservations, store: Store
) -> None:
    late = await lived(reservations, store, opening=opened(later=LATER))
    decided = await lived(reservations, store, BREACH)
    early = await lived(reservations, store)
    no_deadline = await lived(reservations, store, NO_BREACH)

    assert await seen(listing, OWEN) == [early, late, decided, no_deadline]


async def test_a_page_says_how_many_there_are_in_all(
    listing: Listing, reservations: Reservations, store: Store
) -> None:
    for _ in range(3):
        await lived(reservations, store)

    page = await listing.open_cases(sight(OWEN), 2)

    assert (len(page.cases), page.total, page.more) == (2, 3, 1)


@pytest.mark.parametrize(
    ("actor", "areas"),
    [
        (OWEN, {OPENING.report.area, ELSEWHERE}),
        (MAYA, {OPENING.report.area, ELSEWHERE}),
        (DANIEL, {OPENING.report.area, ELSEWHERE}),
        (HELEN, {OPENING.report.area, ELSEWHERE}),
        (TOM, {OPENING.report.area}),
        (PRIYA, {OPENING.report.area, ELSEWHERE}),
        (AISHA, set()),
        (OMAR, set()),
    ],
    ids=lambda value: value.user_id if isinstance(value, Actor) else "",
)
async def test_each_sees_the_cases_of_their_role_and_their_own(
    listing: Listing, reservations: Reservations, store: Store, actor: Actor, areas: set[str]
) -> None:
    await lived(reservations, store, BREACH, ACTION)
    await lived(reservations, store, opening=opened(area=ELSEWHERE))

    page = await listing.open_cases(sight(actor), 10)

    assert {case.area for case in page.cases} == areas


@pytest.mark.parametrize("actor", [OWEN, TOM, PRIYA], ids=lambda actor: actor.user_id)
async def test_whoever_a_breach_involves_finds_it_only_as_its_reporter(
    listing: Listing, reservations: Reservations, store: Store, actor: Actor
) -> None:
    circumstances = OPENING.report.circumstances.model_copy(update={"involved": actor.user_id})
    report = OPENING.report.model_copy(update={"circumstances": circumstances})
    opening = OPENING.model_copy(update={"report": report})
    reference = await lived(reservations, store, opening=opening)

    reported_it = actor is PRIYA
    assert await seen(listing, actor) == ([reference] if reported_it else [])
    assert await seen(listing, MAYA) == [reference]


async def test_what_is_closed_or_was_never_acknowledged_is_not_open(
    listing: Listing, reservations: Reservations, store: Store
) -> None:
    await lived(reservations, store, NO_BREACH, CLOSURE)
    await reservations.reserve(next(_submissions), OPENING, series="BR")

    assert await seen(listing, OWEN) == []


async def test_only_what_is_past_its_deadline_when_that_is_asked(
    listing: Listing, reservations: Reservations, store: Store
) -> None:
    overdue = await lived(reservations, store)
    await lived(reservations, store, opening=opened(later=LATER))
    await lived(reservations, store, NO_BREACH)

    page = await listing.open_cases(sight(OWEN), 10, due_before=OST_DUE + HOUR)

    assert [case.reference for case in page.cases] == [overdue]


async def test_own_reports_are_listed_closed_or_open_the_newest_first(
    listing: Listing, reservations: Reservations, store: Store
) -> None:
    newer = OPENING.model_copy(update={"reported_at": OPENING.reported_at + LATER})
    closed = await lived(reservations, store, NO_BREACH, CLOSURE)
    open_one = await lived(reservations, store, opening=newer)
    await lived(reservations, store, opening=OPENING.model_copy(update={"reporter": "U0OTHER"}))

    page = await listing.reports(PRIYA.user_id, 10)

    assert [case.reference for case in page.cases] == [open_one, closed]


@pytest.mark.parametrize(
    ("actor", "steps", "waits"),
    [
        (OWEN, (), True),
        (OWEN, (BREACH,), False),
        (DANIEL, (), False),
        (DANIEL, (BREACH,), True),
        (MAYA, (BREACH,), True),
        (OMAR, (BREACH,), False),
        (OMAR, (BREACH, ACTION), True),
        (OMAR, (BREACH, ACTION, DONE), False),
        (PRIYA, (BREACH, ACTION), False),
        (OWEN, (CLAIM, NO_BREACH), True),
        (OWEN, (CLAIM, NO_BREACH, CLOSURE), False),
    ],
)
async def test_what_may_wait_for_somebody_is_found_wherever_it_is(
    listing: Listing,
    reservations: Reservations,
    store: Store,
    actor: Actor,
    steps: tuple[Step, ...],
    waits: bool,
) -> None:
    reference = await lived(reservations, store, *steps)

    found = await listing.waiting_for(actor)

    assert [case.reference for case in found] == ([reference] if waits else [])
