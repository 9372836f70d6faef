"""A sum that is divided by name: which figures may be shown.

Small parts are given as fewer than five, and the sum from–to where it would give one back: which
bounds follow from what is shown besides. Whether it would hangs on nothing but what a reader is
shown otherwise, or leaves each part two values; so who knows this rule works out nothing from it.
And as nothing hangs on an order, a quarter is shown in its own note as in that of the next one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.samples.check import SMALL
from reports.suppression import SECONDARY, Suppression
from reports.tables import Cell, Withheld

ONE = Suppression(SMALL)
FEW, UP_TO = f"<{SMALL}", "≤"


@dataclass(frozen=True)
class Division:
    """The parts of a sum by their names, all of them."""

    counts: Mapping[str, int]

    @property
    def whole(self) -> int:
        """The sum."""
        return sum(self.counts.values())

    @property
    def cells(self) -> Mapping[str, Cell]:
        """The parts, without small numbers."""
        return {name: ONE.of_one(count) for name, count in self.counts.items()}

    @property
    def is_told_by_sum(self) -> bool:
        """Whether a small part could be worked out from the others and the sum.

        A single one could, and several that are all as small or all as large as they can be.
        """
        small = self._small
        return len(small) == 1 or (
            bool(small) and sum(small) in (len(small), len(small) * (SMALL - 1))
        )

    @property
    def bounds(self) -> Withheld:
        """The sum as it follows from the parts as they are shown: `20–23`, or `≤8`."""
        large = sum(count for count in self.counts.values() if count >= SMALL)
        least, most = large + len(self._small), large + len(self._small) * (SMALL - 1)
        if most < SMALL:
            return Withheld(FEW)
        return Withheld(f"{least:,}–{most:,}" if least >= SMALL else f"{UP_TO}{most:,}")

    @property
    def _small(self) -> Sequence[int]:
        return [count for count in self.counts.values() if 0 < count < SMALL]


def protected(counts: Mapping[str, int]) -> tuple[Mapping[str, Cell], Cell]:
    """Counts by their names, and their sum, without small numbers and what would give one back."""
    division = Division(counts)
    is_small = 0 < division.whole < SMALL
    is_told = is_small or division.is_told_by_sum
    return division.cells, division.bounds if is_told else division.whole


def ranked(cells: Mapping[str, Cell]) -> tuple[tuple[str, Cell], ...]:
    """The largest first; what is withheld last and by name, since its place would give bounds."""
    given = [(name, cell) for name, cell in cells.items() if isinstance(cell, int)]
    withheld = [(name, cell) for name, cell in cells.items() if isinstance(cell, Withheld)]
    return (
        *sorted(given, key=lambda each: (-each[1], each[0])),
        *sorted(withheld, key=lambda each: each[0]),
    )


def is_the_most_known(cells: Sequence[Cell]) -> bool:
    """Whether the largest figure that is given is the largest of all."""
    return SECONDARY not in cells


def in_words(cell: Cell) -> str:
    """A figure within a sentence."""
    match cell:
        case Withheld() if cell == SECONDARY:
            return "some"
        case Withheld(mark) if mark == FEW:
            return f"fewer than {SMALL}"
        case Withheld(mark):
            return mark.replace(UP_TO, "at most ").replace("–", " to ")
        case 0:
            return "none"
        case int():
            return f"{cell:,}"
    return cell
