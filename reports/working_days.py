"""When a Freedom of Information request is due: working days, by a calendar that comes along."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from reports.asking import AskedWrongError
from reports.windows import ONE_DAY

CALENDAR = Path(__file__).with_name("bank_holidays.toml")
DUE_AFTER = 20
"""Working days following the date of receipt (Freedom of Information Act 2000, s.10(1))."""
SATURDAY = 5


def due_day(received: date) -> date:
    """The twentieth working day after a request was received.

    The day of receipt is day 0, whether or not it is a working day.

    Raises:
        AskedWrongError: when the calendar does not cover the days until then.
    """
    day, left = received, DUE_AFTER
    while left:
        day += ONE_DAY
        left -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Any day but Saturday, Sunday, and the days that are holidays in any part of the UK (s.10(6)).

    Raises:
        AskedWrongError: when the calendar does not cover it.
    """
    return day.weekday() < SATURDAY and day not in holidays_of(day.year)


def holidays_of(year: int) -> dict[date, str]:
    """The holidays between Monday and Friday in any part of the UK, with their names.

    Raises:
        AskedWrongError: when the calendar does not cover the year.
    """
    first, last, days = _calendar()
    if not first <= year <= last:
        raise AskedWrongError(
            f"the bank holidays of {year} are not known: {CALENDAR.name} covers {first} to {last}. "
            "Check the year, or add the days that https://www.gov.uk/bank-holidays gives"
        )
    return {day: name for day, name in days.items() if day.year == year}


@cache
def _calendar() -> tuple[int, int, dict[date, str]]:
    content = tomllib.loads(CALENDAR.read_text(encoding="utf-8"))
    days = {date.fromisoformat(day): name for day, name in content["days"].items()}
    return content["first_year"], content["last_year"], days
