"""The figures of a learning note as they may be shown, the same in its words, tables and chart.

An Area's note gives no number from 1 to 4, and none from which one could be worked out. The note of
all Areas gives its figures as they are, but for sample checks and single forces. What is withheld
hangs on the figures alone, so that a quarter is shown in its note as it is beside the next one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.learning.lesson import Lesson
from domain.remedies import remedy
from domain.samples.check import SMALL
from domain.taxonomy import IncidentType
from reports.asking import AskedWrongError
from reports.crosstab import Crosstab
from reports.divisions import Division, protected, ranked
from reports.samples import shown_samples
from reports.suppression import SECONDARY, Suppression
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
        kinds = sorted(self.lesson.followed, key=lambda each: action_name(each.remedy))
        names = tuple(action_name(each.remedy) for each in kinds)
        counts = tuple((each.fewer, each.as_many, each.nothing) for each in kinds)
        if not kinds:
            return {ALL: (0, 0, 0, 0)}
        table = Crosstab(names, FOLLOWED, counts)
        rows: Sequence[tuple[Cell, ...]]
        try:
            rule = Suppression() if self.is_whole else Suppression(SMALL, secondary=True)
            rows = rule.of(table)
        except AskedWrongError:
            rows = [tuple(SECONDARY if cell else 0 for cell in row) for row in table.with_totals]
        by_name, sums = dict(zip(names, rows, strict=False)), rows[-1]
        order = ranked({name: row[-1] for name, row in by_name.items()})
        return {name: by_name[name] for name, _ in order} | {ALL: sums}


def type_name(kind: IncidentType | None) -> str:
    """A type of incident."""
    return kind.label if kind else TYPE_NOT_RECORDED


def action_name(key: str | None) -> str:
    """A kind of action: the words of its template."""
    return f"“{remedy(key).description}”" if key else OWN_WORDS


def _complete(counts: Mapping[str, int], whole: int) -> Mapping[str, int]:
    """With what is not recorded: the parts without it would not be all of the sum."""
    rest = whole - sum(counts.values())
    return {**counts, NOT_RECORDED: rest} if rest else counts


def _ranked_complete(cells: Mapping[str, Cell]) -> Ranked:
    """What is not recorded stands last in any case."""
    recorded = {name: cell for name, cell in cells.items() if name != NOT_RECORDED}
    rest = [(NOT_RECORDED, cells[NOT_RECORDED])] if NOT_RECORDED in cells else []
    return (*ranked(recorded), *rest)
