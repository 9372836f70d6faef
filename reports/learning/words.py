"""A learning note in five sentences, each from figures that may be shown.

The note of all Areas gives its figures as they are, and those of single forces not below five; an
Area's note gives none below five. What would give a withheld figure back is withheld as well.
"""

from collections.abc import Sequence

from domain.forces import Force
from domain.learning.lesson import COMPARED_DAYS, Lesson
from domain.remedies import remedy
from domain.samples.check import SMALL
from domain.taxonomy import IncidentType
from reports.asking import AskedWrongError
from reports.crosstab import Crosstab
from reports.samples import protected, shown_samples
from reports.suppression import SECONDARY, Suppression
from reports.tables import Cell, Withheld

OWN_WORDS = "an action in its own words"
NOT_RECORDED = "Type not recorded"
SEQUENCE = "that is a sequence and shows no cause"


class Shown:
    """The figures of a note as they may be shown."""

    def __init__(self, lesson: Lesson) -> None:
        """Withholds small numbers: of an Area's note all, of the other one those of forces."""
        self.lesson = lesson
        self.types, self.incidents = self.many([each.count for each in lesson.types])
        self.before, self.incidents_before = self.many([each.before for each in lesson.types])
        self._show_upstream()
        self.samples = shown_samples(lesson.samples)
        self.followed = self._followed()
        """A row for each kind of action, and one of their sums: fewer, as many, nothing, all."""

    @property
    def is_whole(self) -> bool:
        """Whether it is the note of all Areas."""
        return self.lesson.area is None

    def one(self, number: int) -> Cell:
        """A figure that stands alone."""
        return number if self.is_whole else Suppression(SMALL).of_one(number)

    def many(self, numbers: Sequence[int]) -> tuple[tuple[Cell, ...], Cell]:
        """Figures, and their sum."""
        return (tuple(numbers), sum(numbers)) if self.is_whole else protected(numbers)

    def _show_upstream(self) -> None:
        """By place, by force and by whether it was caught: three divisions of one sum.

        Where one of them needs the sum to be withheld, none may give it.
        """
        lesson = self.lesson
        kinds = lesson.caught, lesson.not_caught, lesson.caught_unknown
        self.places, of_places = self.many([each.count for each in lesson.places])
        by_force = [each.count for each in lesson.forces]
        forces, of_forces = protected([*by_force, lesson.upstream - sum(by_force)])
        self.forces = forces[: len(by_force)]
        self.caught, of_caught = self.many(kinds)
        hidden = [each for each in (of_places, of_forces, of_caught) if isinstance(each, Withheld)]
        self.upstream: Cell = lesson.upstream
        if hidden:
            self.upstream = Suppression(SMALL).of_one(lesson.upstream)
            if not isinstance(self.upstream, Withheld):
                self.upstream = SECONDARY
            self.caught = tuple(
                SECONDARY if isinstance(each, int) and each else each for each in self.caught
            )

    def _followed(self) -> tuple[tuple[Cell, ...], ...]:
        kinds = self.lesson.followed
        table = Crosstab(
            tuple(str(number) for number in range(len(kinds))),
            FOLLOWED,
            tuple((each.fewer, each.as_many, each.nothing) for each in kinds),
        )
        if not kinds:
            return ((0, 0, 0, 0),)
        if self.is_whole:
            return table.with_totals
        try:
            return Suppression(SMALL, secondary=True).of(table)
        except AskedWrongError:
            return tuple(
                tuple(SECONDARY if cell else 0 for cell in row) for row in table.with_totals
            )


FOLLOWED = ("fewer", "as_many", "nothing")


def sentences(lesson: Lesson) -> tuple[str, str, str, str, str]:
    """The five sentences."""
    shown = Shown(lesson)
    return (_most(shown), _where(shown), _caught(shown), _forces(shown), _followed(shown))


def said(cell: Cell) -> str:
    """A figure within a sentence."""
    if isinstance(cell, Withheld):
        return f"fewer than {SMALL}" if cell.mark.startswith("<") else "some"
    return f"{cell:,}" if cell else "none"


def type_name(kind: IncidentType | None) -> str:
    """A type of incident."""
    return kind.label if kind else NOT_RECORDED


def action_name(key: str | None) -> str:
    """A kind of action: the words of its template."""
    return f"“{remedy(key).description}”" if key else OWN_WORDS


def _most(shown: Shown) -> str:
    lesson = shown.lesson
    quarter = f"From {lesson.quarter.words}"
    former = f"{said(shown.incidents_before)} in the quarter before"
    if not lesson.incidents:
        return f"{quarter} no incident was discovered, and {former}."
    number = _counted(shown.incidents, "incident")
    given = [
        (cell, type_name(each.incident_type))
        for each, cell in zip(lesson.types, shown.types, strict=True)
        if isinstance(cell, int) and cell
    ]
    begin = f"{quarter} {number} came to light, {former}"
    if not given:
        return f"{begin}; no type stands out in numbers that can be given."
    most = [name for cell, name in given if cell == given[0][0]]
    each_ = " each" if len(most) > 1 else ""
    return f"{begin}; most often: {_and(most)} ({given[0][0]:,}{each_})."


def _where(shown: Shown) -> str:
    lesson, sampled = shown.lesson, shown.samples
    given = [
        (cell, each.words)
        for each, cell in zip(lesson.places, shown.places, strict=True)
        if isinstance(cell, int)
    ]
    if given:
        place = f"was most often: {given[0][1]} ({given[0][0]:,})"
    elif lesson.places:
        place = "can't be given, since the numbers are small"
    else:
        place = "is on record for none of the quarter's cases"
    words = f"Where in the document a redaction failed {place}; "
    if not lesson.samples.checks:
        return f"{words}no sample check was made."
    files = f"{lesson.samples.files:,} files, of which {said(sampled.total.with_failure)}"
    first = next((name for name, cell in sampled.places if isinstance(cell, int)), None)
    most = f", most often: {first}" if first else ""
    return f"{words}sample checks looked through {files} held a failure{most}."


def _caught(shown: Shown) -> str:
    lesson = shown.lesson
    near = f"near misses: {said(shown.one(lesson.near_misses))}"
    near += f" ({said(shown.one(lesson.near_misses_before))} in the quarter before)"
    if not lesson.upstream:
        return f"No redaction failure of others was reported; {near}."
    caught, not_caught, unknown = shown.caught
    return (
        f"Of others, {_counted(shown.upstream, 'redaction failure')} came to light: caught before "
        f"we disclosed the material {said(caught)}, not caught {said(not_caught)}, not known "
        f"{said(unknown)}; {near}."
    )


def _forces(shown: Shown) -> str:
    lesson = shown.lesson
    if not lesson.forces:
        return "No material from a force or other investigator came with a redaction failure."
    given = [
        f"{_force(each.force)} ({cell:,})"
        for each, cell in zip(lesson.forces, shown.forces, strict=True)
        if isinstance(cell, int)
    ]
    rest = len(lesson.forces) - len(given)
    others = "other force" if given else "force"
    many = "" if rest == 1 else "s"
    few = [f"{rest} {others}{many} in numbers too small to give"] if rest else []
    return f"The material with redaction failures came from {_and([*given, *few])}."


def _followed(shown: Shown) -> str:
    lesson = shown.lesson
    if not lesson.followed:
        return (
            f"No remedial action had its {COMPARED_DAYS} days after being done end in the quarter, "
            "so there is nothing to compare."
        )
    fewer, as_many, nothing, actions = shown.followed[-1]
    number = _counted(actions, "remedial action")
    return (
        f"Of {number} whose {COMPARED_DAYS} days after being done ended in the quarter, "
        f"{said(fewer)} preceded a fall in incidents of the same type in the Area "
        f"against the {COMPARED_DAYS} days before{_named(shown, 'fewer')}, {said(as_many)} did "
        f"not{_named(shown, 'as_many')}, and {said(nothing)} had nothing to compare; {SEQUENCE}."
    )


def _named(shown: Shown, name: str) -> str:
    """The kind of action that has the most of something, if that can be given."""
    column = FOLLOWED.index(name)
    given = [
        (cell, action_name(each.remedy))
        for each, row in zip(shown.lesson.followed, shown.followed, strict=False)
        if isinstance(cell := row[column], int) and cell
    ]
    if not given:
        return ""
    number, action = max(given, key=lambda each: each[0])
    return f" (most often {action}, {number:,})"


def _force(force: Force) -> str:
    return force.label


def _counted(cell: Cell, thing: str) -> str:
    return f"{said(cell)} {thing}{'' if cell == 1 else 's'}"


def _and(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
