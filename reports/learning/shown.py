"""The figures of a learning note as they may be shown, the same in its words, tables and chart.

An Area's note gives no number from 1 to 4, and none from which one could be worked out. The note of
all Areas gives its figures as they are, but for sample checks and single forces. What is withheld
hangs on the figures alone, so that a quarter is shown in its note as it is beside the next one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.learning.lesson import Lesson
from domain.remedies import remedy
from domain.samples.check import SMALL
from domain.taxonomy import IncidentType
from reports.divisions import Division, protected, ranked
from reports.samples import shown_samples
from reports.suppression import Suppression
from reports.tables import Cell, Withheld

OWN_WORDS = "an action in its own words"
TYPE_NOT_RECORDED = "Type not recorded"
NOT_RECORDED = "Not recorded"
ALL = "All"
CAUGHT, NOT_CAUGHT, CAUGHT_UNKNOWN = "caught", "not caught", "not known"
FOLLOWED = ("fewer", "as_many", "nothing")

Ranked = tuple[tuple[str, Cell], ...]
"""Names and figures, the largest first; what is withheld last, by its name."""


@dataclass(frozen=True)
class Incidents:
    """The incidents of one quarter."""

    by_type: Mapping[str, Cell]
    whole: Cell
    near_misses: Cell

    @classmethod
    def shown(cls, by_type: Mapping[str, int], near_misses: int, *, is_open: bool) -> "Incidents":
        """Without what may not be given.

        Args:
            by_type: all of them, by type.
            near_misses: how many of them were near misses.
            is_open: whether small numbers are given.
        """
        whole = sum(by_type.values())
        if is_open:
            return cls(by_type, whole, near_misses)
        cells, whole_shown = protected(by_type)
        part = Suppression(SMALL).of_part(near_misses, whole, whole_shown)
        return cls(cells, whole_shown, part)


class Shown:
    """The figures of a note as they may be shown."""

    def __init__(self, lesson: Lesson) -> None:
        """Withholds small numbers: of an Area's note all, of the other one those of forces."""
        self.lesson = lesson
        self.is_whole = lesson.area is None
        """Whether it is the note of all Areas."""
        types = {type_name(each.incident_type): each for each in lesson.types}
        self.now = Incidents.shown(
            {name: each.count for name, each in types.items()},
            lesson.near_misses,
            is_open=self.is_whole,
        )
        self.before = Incidents.shown(
            {name: each.before for name, each in types.items()},
            lesson.near_misses_before,
            is_open=self.is_whole,
        )
        self._show_upstream()
        self.samples = shown_samples(lesson.samples)
        self.withholds_actions = False
        """No kind of action is named: with small numbers by kind, only the sums are safe."""
        self.followed = self._followed()
        """A row for each kind of action by its name, the one of their sums last: fewer, as many,
        nothing to compare, all."""

    @property
    def types(self) -> Ranked:
        """Types by how often they occurred in the quarter."""
        return ranked(self.now.by_type)

    def _show_upstream(self) -> None:
        """By force, by place and by whether it was caught: three divisions of one sum.

        Where the sum would give a force's small number back, the sum is not given, and nothing
        else of which it is the sum: people need the forces more.
        """
        lesson = self.lesson
        forces = Division(
            _complete({each.force.label: each.count for each in lesson.forces}, lesson.upstream)
        )
        is_small = not self.is_whole and 0 < lesson.upstream < SMALL
        is_told = is_small or forces.is_told_by_sum
        self.upstream: Cell = forces.bounds if is_told else lesson.upstream
        self.forces = _ranked_complete(forces.cells)
        self.caught = self._beside(
            {
                CAUGHT: lesson.caught,
                NOT_CAUGHT: lesson.not_caught,
                CAUGHT_UNKNOWN: lesson.caught_unknown,
            }
        )
        places = self._beside(
            _complete({each.words: each.count for each in lesson.places}, lesson.upstream)
        )
        self.withholds_places = places is None
        """No place is named, since even how many there are could tell too much."""
        self.places = _ranked_complete(places or {})

    def _beside(self, counts: Mapping[str, int]) -> Mapping[str, Cell] | None:
        """Another division of the failures of others; None where it would tell too much."""
        if isinstance(self.upstream, Withheld):
            return None
        if self.is_whole:
            return counts
        division = Division(counts)
        return None if division.is_told_by_sum else division.cells

    def _followed(self) -> Mapping[str, tuple[Cell, ...]]:
        kinds = {
            action_name(each.remedy): (each.fewer, each.as_many, each.nothing)
            for each in self.lesson.followed
        }
        sums = [sum(column) for column in zip((0, 0, 0), *kinds.values(), strict=True)]
        if self.is_whole:
            return {**_with_totals(kinds), ALL: (*sums, sum(sums))}
        shown, whole_shown = protected(dict(zip(FOLLOWED, sums, strict=True)))
        is_small = any(0 < number < SMALL for row in kinds.values() for number in row)
        self.withholds_actions = is_small
        rows = {} if is_small else _with_totals(kinds)
        return {**rows, ALL: (*shown.values(), whole_shown)}


def type_name(kind: IncidentType | None) -> str:
    """A type of incident."""
    return kind.label if kind else TYPE_NOT_RECORDED


def action_name(key: str | None) -> str:
    """A kind of action: the words of its template."""
    return f"“{remedy(key).description}”" if key else OWN_WORDS


def _with_totals(kinds: Mapping[str, tuple[int, ...]]) -> Mapping[str, tuple[int, ...]]:
    """The rows with their sums, the largest first."""
    order = ranked({name: sum(row) for name, row in kinds.items()})
    return {name: (*kinds[name], sum(kinds[name])) for name, _ in order}


def _complete(counts: Mapping[str, int], whole: int) -> Mapping[str, int]:
    """With what is not recorded: the parts without it would not be all of the sum."""
    rest = whole - sum(counts.values())
    return {**counts, NOT_RECORDED: rest} if rest else counts


def _ranked_complete(cells: Mapping[str, Cell]) -> Ranked:
    """What is not recorded stands last in any case."""
    recorded = {name: cell for name, cell in cells.items() if name != NOT_RECORDED}
    rest = [(NOT_RECORDED, cells[NOT_RECORDED])] if NOT_RECORDED in cells else []
    return (*ranked(recorded), *rest)
