"""The statutory due date: twenty working days, with the bank holidays of all parts of the UK."""

import itertools
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from reports.asking import AskedWrongError
from reports.working_days import due_day, holidays_of, is_working_day


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 3, 10), date(2026, 4, 10)),  # Saint Patrick's Day counts for everybody
        (date(2026, 3, 27), date(2026, 4, 28)),
        (date(2026, 6, 29), date(2026, 7, 28)),  # and so does the Battle of the Boyne
        (date(2026, 11, 16), date(2026, 12, 15)),  # and Saint Andrew's Day
        (date(2024, 12, 5), date(2025, 1, 8)),  # and Scotland's 2 January
    ],
)
def test_the_twentieth_working_day_after_receipt(received: date, due: date) -> None:
    assert due_day(received) == due


def test_the_day_of_receipt_is_day_nought_also_on_a_day_that_is_no_working_day() -> None:
    assert due_day(date(2026, 3, 27)) == due_day(date(2026, 3, 28)) == due_day(date(2026, 3, 29))


@pytest.mark.parametrize("day", [date(2030, 1, 7), date(2028, 12, 20), date(2017, 5, 1)])
def test_outside_the_calendar_there_is_an_error_and_no_guess(day: date) -> None:
    with pytest.raises(AskedWrongError, match=r"bank_holidays.toml covers 2018 to 2028"):
        due_day(day)


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian algorithm (Nature, 20 April 1876)."""
    century, of_century = divmod(year, 100)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * (year % 19) + century - century // 4 - shift + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def monday(year: int, month: int, *, last: bool = False) -> date:
    days = [date(year, month, day) for day in range(1, 32) if (month, day) != (6, 31)]
    mondays = [day for day in days if day.weekday() == 0]
    return mondays[-1 if last else 0]


def moved_on(*days: date) -> Iterator[date]:
    """Days that go to the next working day that is no holiday yet, the first of them first."""
    taken = {day for day in days if day.weekday() < 5}
    yield from taken
    for day in days:
        if day.weekday() >= 5:
            later = (day + timedelta(at) for at in itertools.count(1))
            taken.add(found := next(d for d in later if d.weekday() < 5 and d not in taken))
            yield found


ONCE = {  # proclaimed for one year, and what was moved for them
    2020: ({date(2020, 5, 8)}, {date(2020, 5, 4)}),
    2022: ({date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)}, {date(2022, 5, 30)}),
    2023: ({date(2023, 5, 8)}, set()),
    2026: ({date(2026, 6, 15)}, set()),
}


@pytest.mark.parametrize("year", range(2018, 2029))
def test_the_calendar_has_the_days_of_the_act_in_every_part_of_the_uk(year: int) -> None:
    more, fewer = ONCE.get(year, (set(), set()))
    by_rule = {
        *moved_on(date(year, 1, 1), date(year, 1, 2)),
        *moved_on(date(year, 3, 17)),
        easter(year) - timedelta(2),
        easter(year) + timedelta(1),
        monday(year, 5),
        monday(year, 5, last=True),
        *moved_on(date(year, 7, 12)),
        monday(year, 8),
        monday(year, 8, last=True),
        *moved_on(date(year, 11, 30)),
        *moved_on(date(year, 12, 25), date(year, 12, 26)),
    }

    assert set(holidays_of(year)) == by_rule - fewer | more


def test_days_that_were_proclaimed_are_no_working_days() -> None:
    assert not is_working_day(date(2022, 9, 19))
    assert not is_working_day(date(2023, 5, 8))
    assert is_working_day(date(2023, 5, 9))
