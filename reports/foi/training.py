"""Question 9: the courses, who completed them, and how many were up to date."""

from collections.abc import Sequence
from datetime import date

from domain.absence import london_day
from domain.training.courses import Course
from domain.training.due import Rate, rate
from domain.training.learner import Learner
from register.training.records import is_example_in, learners_in
from reports.foi.reading import Reading
from reports.suppression import Suppression
from reports.tables import Cell, Report, Table, Withheld
from reports.windows import Period

NOBODY = "Nobody expected"
NOT_HELD = "not held"
"""What stands where a figure would: a 0 would say that there were none."""
_COUNTED = (
    "Completions: staff who completed the course in the period, each once. Up to date: of the "
    "staff who were expected to take the course on the last day of the period (of one that is "
    "not over, on the day of this answer), those whose completion still counted then, rounded "
    "down.",
    "Both are from the record of the learning system, as it was imported. Staff who had left "
    "before its first import are in no figure.",
)
_NOT_HELD = (
    "The register does not hold records of who completed which course yet, so it has no figure, "
    "and that does not say that nobody did: answer from the learning system, or import its file."
)


async def training(reading: Reading) -> Report:
    """The catalogue as it is now, and the figures of each period; nothing about a person."""
    courses = reading.organisation.training.courses
    words = tuple(f"{each.name}: {each.content}" for each in courses if each.content)
    learners = await learners_in(reading.db)
    if not learners:
        return await _not_held(reading, words)
    is_example = await is_example_in(reading.db)
    figures = _Figures(reading, learners)
    tables = (_catalogue(courses), figures.completions(), figures.up_to_date())
    return await reading.report(tables, figures.values(), _COUNTED, words, of_example=is_example)


async def _not_held(reading: Reading, words: tuple[str, ...]) -> Report:
    periods = reading.asked.window.periods
    values = Table("", ("period", "count"), tuple((each.key, NOT_HELD) for each in periods))
    tables = (_catalogue(reading.organisation.training.courses),)
    return await reading.report(tables, values, (_NOT_HELD,), words)


def _catalogue(courses: Sequence[Course]) -> Table:
    return Table(
        "Courses",
        ("Course", "For whom", "Mandatory", "How often"),
        tuple(
            (each.name, each.audience, "Yes" if each.mandatory else "No", each.cadence)
            for each in courses
        ),
    )


class _Figures:
    """The figures of each period and course, small ones withheld where that is asked for."""

    def __init__(self, reading: Reading, learners: Sequence[Learner]) -> None:
        self._courses = reading.organisation.training.courses
        self._periods = reading.asked.window.periods
        self._today = london_day(reading.at)
        self._suppression = reading.asked.suppression
        self._expected = [each for learner in learners for each in learner.expected]

    def completions(self) -> Table:
        rows = tuple(
            (period.label, *(self._completed(course, period) for course in self._courses))
            for period in self._periods
        )
        return Table("Staff who completed a course", self._columns, rows)

    def up_to_date(self) -> Table:
        rows = tuple(
            (period.label, *(self._share(course, period) for course in self._courses))
            for period in self._periods
        )
        return Table("Staff up to date at the end of the period", self._columns, rows)

    def values(self) -> Table:
        return Table(
            "",
            ("period", "course", "completed", "expected", "up_to_date"),
            tuple(
                (
                    period.key,
                    course.key,
                    self._completed(course, period),
                    *self._both(course, period),
                )
                for period in self._periods
                for course in self._courses
            ),
        )

    @property
    def _columns(self) -> tuple[str, ...]:
        return ("Period", *(course.name for course in self._courses))

    def _completed(self, course: Course, period: Period) -> Cell:
        within = sum(
            any(period.first <= day <= period.last for day in each.completions)
            for each in self._expected
            if each.course == course.key
        )
        return self._suppression.of_one(within)

    def _rate(self, course: Course, period: Period) -> Rate:
        return rate(course, self._expected, self._day(period))

    def _day(self, period: Period) -> date:
        return min(period.last, self._today)

    def _share(self, course: Course, period: Period) -> Cell:
        found = self._rate(course, period)
        if not found.expected:
            return NOBODY
        if hidden := withheld(found, self._suppression):
            return hidden
        return f"{found.percent} % of {found.expected:,}"

    def _both(self, course: Course, period: Period) -> tuple[Cell, Cell]:
        found = self._rate(course, period)
        if hidden := withheld(found, self._suppression):
            return hidden, hidden
        return found.expected, found.up_to_date


def withheld(found: Rate, suppression: Suppression) -> Withheld | None:
    """What stands in place of a rate that would tell of a few; None where it may be given."""
    parts = (found.expected, found.up_to_date, found.expected - found.up_to_date)
    small = (suppression.of_one(part) for part in parts)
    return next((each for each in small if isinstance(each, Withheld)), None)
