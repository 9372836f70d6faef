"""Quarters: which one is told of when, and what they are called."""

from datetime import date, datetime

import pytest

from domain.learning.quarter import Quarter, days_of_notes


@pytest.mark.parametrize(
    ("moment", "key"),
    [
        ("2026-10-15T00:30:00+01:00", "2026-Q3"),
        ("2026-10-14T23:30:00+01:00", "2026-Q2"),
        ("2026-12-31T23:30:00+00:00", "2026-Q3"),
        ("2027-01-14T12:00:00+00:00", "2026-Q3"),
        ("2027-01-15T09:00:00+00:00", "2026-Q4"),
        ("2026-07-14T23:30:00+00:00", "2026-Q2"),
    ],
)
def test_a_quarter_is_told_of_once_its_reports_are_reviewed(moment: str, key: str) -> None:
    assert Quarter.told_at(datetime.fromisoformat(moment)).key == key


def test_a_quarter_has_its_days_its_neighbours_and_its_words() -> None:
    quarter = Quarter.written(" 2026q1 ")
    assert (quarter.first_day, quarter.last_day) == (date(2026, 1, 1), date(2026, 3, 31))
    assert (quarter.before.key, quarter.after.key) == ("2025-Q4", "2026-Q2")
    assert (quarter.key, quarter.words) == ("2026-Q1", "January to March 2026")


@pytest.mark.parametrize("text", ["", "2026", "2026-Q5", "Q3", "26-Q3", "0000-Q1", "2026-Q3-Q4"])
def test_anything_else_is_no_quarter(text: str) -> None:
    with pytest.raises(ValueError, match="2026-Q3"):
        Quarter.written(text)


def test_notes_come_on_working_days() -> None:
    days = days_of_notes(date(2026, 11, 22), 4, lambda day: day.weekday() < 5)
    assert [day.isoformat() for day in days] == [
        *("2026-10-15", "2027-01-15", "2027-04-15", "2027-07-15"),
    ]
    assert [*days_of_notes(date(2026, 7, 1), 2, lambda day: day.weekday() < 5)][1:] == [
        date(2026, 10, 15)
    ]
