"""Question 9: the courses, who completed them, and how many were up to date."""

from collections.abc import Callable, Sequence
from datetime import date

from domain.absence import london_day
from domain.training.courses import Course
from domain.training.learner import Learner
from register.training.records import (
    first_import_in,
    is_example_in,
    is_example_left_out_in,
    learners_in,
)
from reports.foi.reading import Reading
from reports.foi.training_figures import NOT_HELD, CourseFigures, Figures
from reports.suppression import Suppression
from reports.tables import Cell, Report, Table

NOBODY = "Nobody expected"
EXAMPLE_LEFT_OUT = "Left out, since real training is recorded: the example data of training."
_COUNTED = (
    "Completions: staff who completed the course in the period, each once. Up to date: of the "
    "staff who were expected to take the course on the last day of the period (of one that is "
    "not over, on the day of this answer), those whose completion still counted then, rounded "
    "down.",
    "Both are from the record of the learning system, as it was imported. Staff who had left "
    "before its first import are in no figure; where a file did not say since when somebody is "
    "expected to take a course, they are from their first completion or their first import on.",
)
_BEFORE = (
    "Not held: the period was over before the first completion of the course that is on record (of "
    "a course that nobody completed: before the first import). Whether anybody completed it then "
    "is not known here, and soon after it completions that still counted may be missing."
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
    answer = _Answer(reading, learners, await first_import_in(reading.db))
    tables = (_catalogue(courses), answer.completions(), answer.up_to_date())
    notes = _notes(answer, reading.asked.suppression)
    if await is_example_left_out_in(reading.db):
        notes = (EXAMPLE_LEFT_OUT, *notes)
    return await reading.report(tables, answer.values(), notes, words, of_example=is_example)


async def _not_held(reading: Reading, words: tuple[str, ...]) -> Report:
    periods = reading.asked.window.periods
    values = Table("", ("period", "count"), tuple((each.key, NOT_HELD) for each in periods))
    tables = (_catalogue(reading.organisation.training.courses),)
    return await reading.report(tables, values, (_NOT_HELD,), words, of_example=False)


def _catalogue(courses: Sequence[Course]) -> Table:
    return Table(
        "Courses",
        ("Course", "For whom", "Mandatory", "How often"),
        tuple(
            (each.name, each.audience, "Yes" if each.mandatory else "No", each.cadence)
            for each in courses
        ),
    )


class _Answer:
    """The figures of each period and course, in tables."""

    def __init__(
        self, reading: Reading, learners: Sequence[Learner], first_import: date | None
    ) -> None:
        self._courses = reading.organisation.training.courses
        self._periods = reading.asked.window.periods
        expected = [each for learner in learners for each in learner.expected]
        found = {
            course.key: CourseFigures(
                course,
                expected,
                first_import,
                self._periods,
                london_day(reading.at),
                reading.asked.suppression,
            )
            for course in self._courses
        }
        self._figures = {
            (period.key, key): figures.of(period)
            for period in self._periods
            for key, figures in found.items()
        }

    def completions(self) -> Table:
        return self._table("Staff who completed a course", lambda each: each.completed)

    def up_to_date(self) -> Table:
        return self._table("Staff up to date at the end of the period", _share)

    def values(self) -> Table:
        return Table(
            "",
            ("period", "course", "completed", "expected", "up_to_date"),
            tuple(
                (period, course, each.completed, each.expected, each.up_to_date)
                for (period, course), each in self._figures.items()
            ),
        )

    @property
    def is_held(self) -> bool:
        """Whether the record covers every course in every period."""
        return all(each.completed != NOT_HELD for each in self._figures.values())

    def _table(self, title: str, cell: Callable[[Figures], Cell]) -> Table:
        rows = tuple(
            (
                period.label,
                *(cell(self._figures[period.key, each.key]) for each in self._courses),
            )
            for period in self._periods
        )
        return Table(title, ("Period", *(each.name for each in self._courses)), rows)


def _share(each: Figures) -> Cell:
    if each.expected == 0:
        return NOBODY
    if each.percent is None or not isinstance(each.expected, int):
        return each.up_to_date
    return f"{each.percent} % of {each.expected:,}"


def _notes(answer: _Answer, suppression: Suppression) -> tuple[str, ...]:
    held = () if answer.is_held else (_BEFORE,)
    fewest = suppression.threshold
    if fewest is None:
        return (*_COUNTED, *held)
    return (
        *_COUNTED,
        *held,
        "Withheld (*), whatever the size: all completions and who is up to date of a course, "
        f"where in any period 1 to {fewest - 1} of its staff completed it or did not, or were up "
        f"to date or were not, or fewer than {2 * fewest} were expected to take it. Such a figure "
        "would follow from the others of the period, or from those of other periods. Longer "
        "periods have fewer small figures.",
    )
