"""What has happened before: the same Area and type, the same member of staff, within their time."""

from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.opening import Opening
from domain.recurrence import MOST_NAMED, Found, twelve_months_before
from domain.sight import sight
from domain.steps import Step
from domain.taxonomy import IncidentType
from register.recurrence import Recurrences
from register.reservations import Reservations
from register.store import Store
from tests.domain.samples import (
    BREACH,
    CLOSURE,
    DISCOVERED,
    DUPLICATE,
    ELSEWHERE,
    MERGED,
    NO_BREACH,
    OPENING,
    OWEN,
    RECEIVED,
    TOM,
    WITHDRAWAL,
    case_after,
)
from tests.register.recording import record_life

DAY = timedelta(days=1)
LEAP_DAY = datetime.fromisoformat("2028-02-29T12:00:00+00:00")
INVOLVED = "U0ROBIN"
_submissions = (f"slack:recurrence:{number}" for number in count(1))


@pytest.fixture
def recurrences(engine: AsyncEngine) -> Recurrences:
    return Recurrences(engine)


def opened(ago: timedelta = DAY, involved: str | None = None, **report: object) -> Opening:
    """A case that was discovered that long before the sample."""
    circumstances = OPENING.report.circumstances.model_copy(update={"involved": involved})
    changed = {"discovered_at": DISCOVERED - ago, "circumstances": circumstances, **report}
    return OPENING.model_copy(update={"report": OPENING.report.model_copy(update=changed)})


CASE = case_after(RECEIVED, opening=opened(0 * DAY, INVOLVED))
"""The case that is looked at; it is in no register here."""


async def lived(reservations: Reservations, store: Store, opening: Opening, *steps: Step) -> str:
    reserved = await reservations.reserve(next(_submissions), opening, series="BR")
    await record_life(store, reserved, RECEIVED, *steps)
    return reserved.reference


async def test_the_same_area_and_type_count_for_twelve_months_and_ever_since(
    recurrences: Recurrences, reservations: Reservations, store: Store
) -> None:
    last_year = await lived(reservations, store, opened(365 * DAY))
    yesterday = await lived(reservations, store, opened(), BREACH)
    tomorrow = await lived(reservations, store, opened(-DAY), BREACH)
    await lived(reservations, store, opened(366 * DAY))
    await lived(reservations, store, opened(area=ELSEWHERE))
    await lived(reservations, store, opened(incident_type=IncidentType.POSTED))

    found = await recurrences.of(CASE, sight(OWEN))

    assert found.before == Found(2, (yesterday, last_year))
    assert found.since == Found(1, (tomorrow,))


async def test_what_is_no_case_of_its_own_or_no_breach_is_not_counted(
    recurrences: Recurrences, reservations: Reservations, store: Store
) -> None:
    await lived(reservations, store, opened(), WITHDRAWAL)
    await lived(reservations, store, opened(), DUPLICATE)
    await lived(reservations, store, opened(), DUPLICATE, MERGED)
    await lived(reservations, store, opened(), NO_BREACH, CLOSURE)
    await lived(reservations, store, opened().model_copy(update={"drill": True}))

    found = await recurrences.of(CASE, sight(OWEN))

    assert (found.before.total, found.since.total) == (0, 0)


async def test_the_same_member_of_staff_counts_in_every_area(
    recurrences: Recurrences, reservations: Reservations, store: Store
) -> None:
    theirs = await lived(reservations, store, opened(involved=INVOLVED, area=ELSEWHERE))
    await lived(reservations, store, opened(involved="U0OTHER", area=ELSEWHERE))

    found = await recurrences.of(CASE, sight(OWEN))
    nobody = await recurrences.of(case_after(RECEIVED), sight(OWEN))

    assert found.same_person == Found(1, (theirs,))
    assert nobody.same_person is None


async def test_nobody_is_told_of_a_case_that_is_not_theirs_to_see(
    recurrences: Recurrences, reservations: Reservations, store: Store
) -> None:
    await lived(reservations, store, opened(involved=OWEN.user_id))
    await lived(reservations, store, opened(involved=INVOLVED, area=ELSEWHERE))

    owen, tom = await recurrences.of(CASE, sight(OWEN)), await recurrences.of(CASE, sight(TOM))

    assert owen.before.total == 0
    assert tom.same_person == Found()


async def test_many_are_counted_and_the_newest_are_named(
    recurrences: Recurrences, reservations: Reservations, store: Store
) -> None:
    for days in range(1, MOST_NAMED + 3):
        await lived(reservations, store, opened(days * DAY))

    found = (await recurrences.of(CASE, sight(OWEN))).before

    assert (found.total, len(found.references)) == (MOST_NAMED + 2, MOST_NAMED)
    assert found.references[0].endswith("0001")


def test_a_year_before_a_leap_day_is_the_day_before_it() -> None:
    assert twelve_months_before(LEAP_DAY).date().isoformat() == "2027-02-28"
