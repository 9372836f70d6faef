"""What sample checks found, as it may be shown: small numbers are given as fewer than five."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.samples.check import SMALL, share
from domain.samples.figures import SampleFigures
from reports.divisions import protected, ranked
from reports.suppression import SECONDARY, Suppression
from reports.tables import Cell, Withheld, shown

SUPPRESSED = (
    f"Numbers from 1 to {SMALL - 1} are shown as <{SMALL}; other numbers are given from–to "
    "(≤: at most) or withheld (*), so that none of those can be worked out."
)
PLACES_WITHHELD = "Which documents and places: withheld, since numbers are small."


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
    """The largest share first; those whose number is withheld last, in the order of their keys."""
    total: ShownSample
    caught: Cell
    places: tuple[tuple[str, Cell], ...]
    made_up: bool
    withholds_places: bool = False
    """No place is named, since even that could tell too much."""


def shown_samples(figures: SampleFigures) -> ShownSamples:
    """What may be shown of the checks of a window."""
    cells, total = protected({each.area: each.with_failure for each in figures.areas})
    areas = [ShownSample(each.area, each.files, cells[each.area]) for each in figures.areas]
    areas.sort(key=lambda each: (isinstance(each.with_failure, Withheld), -each.per_mille))
    rule, failed = Suppression(SMALL), figures.with_failure
    places = _places(figures, total)
    return ShownSamples(
        tuple(areas),
        ShownSample(None, figures.files, total),
        SECONDARY if isinstance(total, Withheld) else rule.of_part(figures.caught, failed, total),
        ranked(places or {}),
        figures.made_up,
        withholds_places=places is None,
    )


def _places(figures: SampleFigures, total: Cell) -> Mapping[str, Cell] | None:
    """In how many files it was where; None where that would tell too much.

    Each file with a failure is at one place at least, so together they are no fewer than the total:
    where they are as few only if each small one is 4, they are.
    """
    counts = {each.words: each.files for each in figures.places}
    small = [count for count in counts.values() if count < SMALL]
    most = sum(counts.values()) - sum(small) + len(small) * (SMALL - 1)
    if isinstance(total, Withheld) or (small and most <= figures.with_failure):
        return None
    rule = Suppression(SMALL)
    return {
        name: rule.of_part(count, figures.with_failure, total) for name, count in counts.items()
    }
