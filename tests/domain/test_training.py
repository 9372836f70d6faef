"""Who is due for a course and when, and how many are up to date."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.training.courses import Course
from domain.training.due import (
    Expected,
    Standing,
    due_on,
    is_up_to_date,
    rate,
    standing,
    week_of,
)

YEARLY = Course(key="yearly", name="Yearly", mandatory=True, every_months=12)
ONCE = Course(key="once", name="Once", mandatory=True)
OPTIONAL = Course(key="optional", name="Optional", every_months=12)
SINCE = date(2024, 1, 8)
DONE = date(2025, 3, 10)


def expected(*completions: date, course: Course = YEARLY, **changes: Any) -> Expected:
    return Expected(course.key, SINCE, completions=completions, **changes)


@pytest.mark.parametrize(
    ("course", "completions", "day"),
    [
        (YEARLY, (), date(2024, 2, 7)),
        (YEARLY, (DONE,), date(2026, 3, 10)),
        (YEARLY, (date(2024, 2, 29),), date(2025, 2, 28)),
        (YEARLY, (DONE, date(2024, 2, 1)), date(2026, 3, 10)),
        (ONCE, (), date(2024, 2, 7)),
        (ONCE, (DONE,), None),
        (OPTIONAL, (), None),
        (OPTIONAL, (DONE,), None),
        (Course(key="yearly", name="Y", mandatory=True, every_months=1), (date(2025, 1, 31),),
         date(2025, 2, 28)),
    ],
)  # fmt: skip
def test_a_course_is_due_when_the_last_completion_stops_counting(
    course: Course, completions: tuple[date, ...], day: date | None
) -> None:
    assert due_on(course, expected(*completions, course=course), date(2026, 1, 5)) == day


def test_somebody_is_told_from_the_notice_on_and_overdue_from_the_day_after() -> None:
    due, one = date(2026, 3, 10), timedelta(days=1)
    days = (due - 31 * one, due - 30 * one, due, due + one)
    assert [standing(YEARLY, expected(DONE), day, 30) for day in days] == [
        Standing.IN_DATE,
        Standing.DUE,
        Standing.DUE,
        Standing.OVERDUE,
    ]


def test_who_is_expected_no_longer_is_due_for_nothing() -> None:
    left = expected(until=date(2026, 1, 5))
    assert standing(YEARLY, left, date(2026, 1, 4), 30) is Standing.OVERDUE
    assert standing(YEARLY, left, date(2026, 1, 5), 30) is Standing.IN_DATE


def test_a_completion_counts_through_its_last_day() -> None:
    assert is_up_to_date(YEARLY, expected(DONE), date(2026, 3, 10))
    assert not is_up_to_date(YEARLY, expected(DONE), date(2026, 3, 11))
    assert not is_up_to_date(YEARLY, expected(DONE), date(2025, 3, 9))
    assert is_up_to_date(ONCE, expected(DONE, course=ONCE), date(2050, 1, 1))


def test_a_rate_is_of_those_expected_on_the_day() -> None:
    people = [
        expected(DONE),
        expected(),
        expected(DONE, until=date(2025, 6, 1)),
        Expected("yearly", date(2025, 7, 1), completions=(DONE,)),
        expected(DONE, course=ONCE),
    ]
    found = rate(YEARLY, people, date(2025, 6, 1))
    assert (found.expected, found.up_to_date, found.percent) == (2, 1, 50)


def test_a_rate_is_whole_only_when_everybody_is_up_to_date() -> None:
    people = [expected(DONE)] * 299 + [expected()]
    assert rate(YEARLY, people, DONE).percent == 99


def test_a_week_begins_on_monday() -> None:
    assert week_of(date(2026, 11, 22)) == week_of(date(2026, 11, 16)) == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("months", "words"),
    [(None, "Once"), (1, "Every month"), (6, "Every 6 months"), (12, "Every year"),
     (24, "Every 2 years")],
)  # fmt: skip
def test_how_often_a_course_is_taken_is_said_in_words(months: int | None, words: str) -> None:
    assert Course(key="a", name="A", every_months=months).cadence == words
