"""The figures of question 9: of each course and period, and which of them may be given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.training.courses import Course
from domain.training.due import Expected, Rate, rate
from domain.training.held import record_begins
from reports.suppression import SECONDARY, Suppression
from reports.tables import Cell
from reports.windows import Period

NOT_HELD = "not held"
"""What stands where a figure would: a 0 would say that there were none."""


@dataclass(frozen=True)
class Figures:
    """What is given of a course in a period."""

    completed: Cell
    expected: Cell
    up_to_date: Cell
    percent: int | None = None
    """None where no rate is given."""


@dataclass(frozen=True)
class _Counted:
    completed: int
    rate: Rate


class CourseFigures:
    """The figures of one course, withheld where one of them is small and that is asked for.

    They hang together: who completed a course in one period is up to date at its end and in the
    next, and nobody takes it twice if it counts for good. So all of them are withheld, or none.
    """

    def __init__(
        self,
        course: Course,
        expected: Sequence[Expected],
        first_import: date | None,
        periods: Sequence[Period],
        today: date,
        suppression: Suppression,
    ) -> None:
        """Counts what the record covers.

        Args:
            course: the course.
            expected: all that is expected of anybody.
            first_import: the day in London of the first completion that was imported.
            periods: of the answer.
            today: the day of the answer in London.
            suppression: its rule.
        """
        self._suppression = suppression
        known = [each for each in expected if each.course == course.key]
        completions = [day for each in known for day in each.completions]
        begins = record_begins(
            min(completions, default=None),
            min((each.since for each in known), default=None),
            first_import,
        )
        self._counted = {
            period.key: _counted(course, known, period, min(period.last, today))
            for period in periods
            if begins and begins <= period.last
        }
        counted, fewest = self._counted.values(), suppression.threshold or 0
        self._withholds = any(_tells_of_few(each, fewest) for each in counted)
        # In fewer, what is large elsewhere would leave only so much room for what is marked small.
        room = fewest * (len(periods) + 1)
        self._marks_small = all(each.rate.expected >= room for each in counted)

    def of(self, period: Period) -> Figures:
        """What is given for a period of the answer."""
        counted = self._counted.get(period.key)
        if counted is None:
            return Figures(NOT_HELD, NOT_HELD, NOT_HELD)
        found = counted.rate
        if not self._withholds:
            percent = found.percent if found.expected else None
            return Figures(counted.completed, found.expected, found.up_to_date, percent)
        is_of_few = found.is_of_few(self._suppression.threshold or 0)
        return Figures(
            self._withheld(counted.completed) if counted.completed or is_of_few else 0,
            self._suppression.of_one(found.expected),
            self._withheld(found.up_to_date) if found.expected else 0,
        )

    def _withheld(self, number: int) -> Cell:
        shown = self._suppression.of_one(number)
        return shown if self._marks_small and shown != number else SECONDARY


def _tells_of_few(counted: _Counted, fewest: int) -> bool:
    rest = counted.rate.expected - counted.completed
    return counted.rate.tells_of_few(fewest) or any(
        0 < each < fewest for each in (counted.completed, rest)
    )


def _counted(course: Course, known: Sequence[Expected], period: Period, day: date) -> _Counted:
    within = sum(
        any(period.first <= day <= period.last for day in each.completions) for each in known
    )
    return _Counted(within, rate(course, known, day))
