"""What sample checks found, as it may be shown: small numbers are given as fewer than five."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.samples.check import SMALL, share
from domain.samples.figures import SampleFigures
from reports.asking import AskedWrongError
from reports.crosstab import Crosstab
from reports.suppression import SECONDARY, Suppression
from reports.tables import Cell, Withheld, shown

SUPPRESSED = (
    f"Numbers from 1 to {SMALL - 1} are shown as <{SMALL}; * is withheld so that none of those can "
    "be worked out."
)


def protected(counts: Sequence[int]) -> tuple[tuple[Cell, ...], Cell]:
    """Counts and their total, without small ones and without what would give one back."""
    rows = tuple(str(number) for number in range(len(counts)))
    table = Crosstab(rows, ("",), tuple((count,) for count in counts))
    try:
        cells = Suppression(SMALL, secondary=True).of(table)
    except AskedWrongError:
        total = Suppression(SMALL).of_one(sum(counts))
        return tuple(SECONDARY if count else 0 for count in counts), total
    return tuple(row[0] for row in cells[:-1]), cells[-1][0]


@dataclass(frozen=True)
class ShownSample:
    """Failures in the sampled files of an Area, or of all."""

    area: str | None
    files: int
    with_failure: Cell

    @property
    def per_mille(self) -> int:
        """How long its bar is; nothing where the number is withheld."""
        failed = self.with_failure
        return round(failed * 1000 / self.files) if isinstance(failed, int) and self.files else 0

    @property
    def words(self) -> str:
        """`9 of 50, 18 %`; no share where the number is withheld, which the share would give."""
        said = f"{shown(self.with_failure)} of {self.files:,}"
        if isinstance(self.with_failure, int) and self.with_failure:
            return f"{said}, {share(self.with_failure, self.files)}"
        return said


@dataclass(frozen=True)
class ShownSamples:
    """The checks of a window, as they may be shown."""

    areas: tuple[ShownSample, ...]
    """The largest share first; those whose number is withheld last, which tells nothing of it."""
    total: ShownSample
    caught: Cell
    places: tuple[tuple[str, Cell], ...]
    made_up: bool


def shown_samples(figures: SampleFigures) -> ShownSamples:
    """What may be shown of the checks of a window."""
    cells, total = protected([each.with_failure for each in figures.areas])
    areas = [
        ShownSample(each.area, each.files, cell)
        for each, cell in zip(figures.areas, cells, strict=True)
    ]
    areas.sort(key=lambda each: (isinstance(each.with_failure, Withheld), -each.per_mille))
    places, _ = protected([each.files for each in figures.places])
    named = [(each.words, cell) for each, cell in zip(figures.places, places, strict=True)]
    # Those that are withheld by their names alone: their order would say which is the larger.
    given = [each for each in named if not isinstance(each[1], Withheld)]
    withheld = sorted(
        (each for each in named if isinstance(each[1], Withheld)), key=lambda each: each[0]
    )
    return ShownSamples(
        tuple(areas),
        ShownSample(None, figures.files, total),
        _caught(figures),
        (*given, *withheld),
        figures.made_up,
    )


def _caught(figures: SampleFigures) -> Cell:
    """Withheld too where what was not caught is few: it would follow from the total."""
    (caught, _), total = protected([figures.caught, figures.with_failure - figures.caught])
    return SECONDARY if isinstance(total, Withheld) else caught
