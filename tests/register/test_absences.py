"""Who is away: one absence a person, by days in London, forgotten once it is over."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.absence import Absence
from register.absences import Absences

TODAY = date(2026, 7, 1)
NOON = datetime(2026, 7, 1, 11, 0, tzinfo=UTC)


@pytest.fixture
def absences(engine: AsyncEngine) -> Absences:
    return Absences(engine)


def absence(user_id: str, first: int, last: int) -> Absence:
    return Absence(user_id=user_id, first_day=date(2026, 7, first), last_day=date(2026, 7, last))


async def test_both_days_belong_to_an_absence_by_londons_calendar(absences: Absences) -> None:
    await absences.keep(absence("U0OWEN", 2, 3), NOON)

    before = datetime(2026, 7, 1, 22, 59, tzinfo=UTC)
    begins = datetime(2026, 7, 1, 23, 0, tzinfo=UTC)
    ends = datetime(2026, 7, 3, 22, 59, tzinfo=UTC)
    after = datetime(2026, 7, 3, 23, 0, tzinfo=UTC)
    away = [await absences.away(["U0OWEN"], now) for now in (before, begins, ends, after)]

    assert [bool(found) for found in away] == [False, True, True, False]


async def test_only_those_who_are_asked_about_are_named(absences: Absences) -> None:
    await absences.keep(absence("U0OWEN", 1, 3), NOON)
    await absences.keep(absence("U0MAYA", 1, 3), NOON)

    assert await absences.away(["U0MAYA", "U0TOM"], NOON) == {"U0MAYA"}
    assert await absences.away([], NOON) == set()


async def test_a_later_absence_takes_the_place_of_the_one_before(absences: Absences) -> None:
    await absences.keep(absence("U0OWEN", 1, 3), NOON)
    await absences.keep(absence("U0OWEN", 8, 9), NOON)

    assert await absences.of("U0OWEN", NOON) == absence("U0OWEN", 8, 9)
    assert await absences.away(["U0OWEN"], NOON) == set()


async def test_an_absence_can_be_ended_early_and_ended_again(absences: Absences) -> None:
    await absences.keep(absence("U0OWEN", 1, 3), NOON)

    await absences.end("U0OWEN")
    await absences.end("U0OWEN")

    assert await absences.of("U0OWEN", NOON) is None


async def test_what_is_over_is_forgotten(absences: Absences, engine: AsyncEngine) -> None:
    await absences.keep(absence("U0OWEN", 1, 1), NOON)
    later = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
    assert await absences.of("U0OWEN", later) is None

    await absences.keep(absence("U0MAYA", 2, 3), later)

    async with engine.connect() as db:
        rows = await db.scalars(text("SELECT user_id FROM absences"))
        assert list(rows) == ["U0MAYA"]
