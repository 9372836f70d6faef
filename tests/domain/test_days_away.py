"""The days of an absence: London's calendar, both days included, and no slip of the keyboard."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.absence import Absence, absence_problems, london_day

TODAY = date(2026, 7, 1)
LATE_IN_LONDON = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
"""Half past midnight of TODAY by London's summer time."""


def wrong(first: int, last: int) -> list[str]:
    """The fields with problems, for days counted from TODAY."""
    days = (TODAY + timedelta(days=first), TODAY + timedelta(days=last))
    return [problem.field for problem in absence_problems(*days, LATE_IN_LONDON)]


@pytest.mark.parametrize(
    ("first", "last", "fields"),
    [
        (0, 0, []),
        (0, 14, []),
        (30, 366, []),
        (0, 367, ["last_day"]),
        (2, 1, ["last_day"]),
        (-1, 1, ["first_day"]),
        (-2, -1, ["first_day", "last_day"]),
        (0, -1, ["last_day"]),
    ],
)
def test_impossible_days_are_named(first: int, last: int, fields: list[str]) -> None:
    assert wrong(first, last) == fields


def test_the_day_is_londons() -> None:
    assert london_day(LATE_IN_LONDON) == TODAY
    one_day = Absence(user_id="U0OWEN", first_day=TODAY, last_day=TODAY)
    assert one_day.covers(LATE_IN_LONDON)
    assert not one_day.covers(LATE_IN_LONDON - timedelta(hours=1))
    assert not one_day.covers(LATE_IN_LONDON + timedelta(hours=24))
