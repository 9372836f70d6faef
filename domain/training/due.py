"""Who is due for a course and when; days are days in London."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.taxonomy import Labelled
from domain.training.courses import Course


class Standing(Labelled):
    """How somebody stands with a mandatory course."""

    IN_DATE = "in_date", "Nothing to do yet"
    DUE = "due", "Due"
    OVERDUE = "overdue", "Overdue"


@dataclass(frozen=True)
class Expected:
    """That somebody is expected to take a course, and when they did."""

    course: str
    """Its key."""
    since: date
    until: date | None = None
    """The first day on which it was expected no longer."""
    completions: tuple[date, ...] = ()

    def is_on(self, day: date) -> bool:
        """Whether it was expected on that day."""
        return self.since <= day and (self.until is None or day < self.until)

    def last(self, day: date) -> date | None:
        """The last completion up to a day."""
        return max((each for each in self.completions if each <= day), default=None)


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month where it has none such."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(day.day, last))


def counts_until(course: Course, completed_on: date) -> date | None:
    """The last day on which a completion counts; None: for good."""
    return None if course.every_months is None else months_after(completed_on, course.every_months)


def due_on(course: Course, expected: Expected, today: date) -> date | None:
    """The last day on which somebody may take it in time; None when they need not."""
    if not course.mandatory or not expected.is_on(today):
        return None
    last = expected.last(today)
    if last is None:
        return expected.since + timedelta(days=course.first_within_days)
    return counts_until(course, last)


def standing(course: Course, expected: Expected, today: date, notice_days: int) -> Standing:
    """Whether somebody is to be told of it today."""
    due = due_on(course, expected, today)
    if due is None or today < due - timedelta(days=notice_days):
        return Standing.IN_DATE
    return Standing.OVERDUE if today > due else Standing.DUE


def is_up_to_date(course: Course, expected: Expected, day: date) -> bool:
    """Whether a completion counts on that day."""
    last = expected.last(day)
    if last is None:
        return False
    until = counts_until(course, last)
    return until is None or day <= until


def week_of(day: date) -> date:
    """The Monday of a day's week: nobody is reminded of a course twice in one."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Rate:
    """How many of those who are expected to take a course are up to date."""

    expected: int
    up_to_date: int

    @property
    def percent(self) -> int:
        """Rounded down, so that only everybody is 100.

        Raises:
            ZeroDivisionError: when nobody is expected.
        """
        return self.up_to_date * 100 // self.expected

    def is_of_few(self, fewest: int) -> bool:
        """Whether they are so few that any rate would tell of fewer than `fewest`, or of each."""
        return 0 < self.expected < 2 * fewest

    def tells_of_few(self, fewest: int) -> bool:
        """Whether it would tell of fewer than `fewest` people that they are up to date, or not."""
        parts = self.up_to_date, self.expected - self.up_to_date
        return self.is_of_few(fewest) or any(0 < part < fewest for part in parts)


def rate(course: Course, expectations: Iterable[Expected], day: date) -> Rate:
    """The rate of a course on a day, of those expected to take it then."""
    found = [each for each in expectations if each.course == course.key and each.is_on(day)]
    return Rate(len(found), sum(is_up_to_date(course, each, day) for each in found))
