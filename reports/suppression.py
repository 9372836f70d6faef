"""Small-number suppression: which figures of a table are not given, so that nobody is singled out.

Primary: a count of 1 to one less than the threshold. Secondary: further figures, so that no
subtraction from a total gives a small one back. Nil is always given.
"""

from collections.abc import Iterator

from reports.asking import AskedWrongError
from reports.crosstab import Crosstab, Place
from reports.inference import MOST_CELLS, Circulation, Figure
from reports.tables import Cell, Withheld

LEAST = 3
"""“Fewer than 2” would say that it is 1, since Nil is given."""
MOST = 1000
SECONDARY = Withheld("*")


class Suppression:
    """The rule that one answer is given under."""

    def __init__(self, threshold: int | None = None, *, secondary: bool = False) -> None:
        """Suppresses counts below a threshold; nothing where there is none.

        Raises:
            AskedWrongError: for a threshold that protects nobody or hides everything.
        """
        if threshold is None and secondary:
            raise AskedWrongError("--secondary goes with --suppress N, for example --suppress 5")
        if threshold is not None and not LEAST <= threshold <= MOST:
            raise AskedWrongError(
                f"--suppress {threshold}: choose a number from {LEAST} to {MOST}; 5 is usual. "
                "(“Fewer than 2” would say that it is 1.)"
            )
        self.threshold = threshold
        self.secondary = secondary

    @property
    def note(self) -> str:
        """What a reader is told of small numbers, of an answer without totals all of it."""
        if self.threshold is None:
            return "Suppression: none; small numbers are given as they are."
        return (
            f"Suppression: counts from 1 to {self.threshold - 1} are shown as <{self.threshold} "
            f"(fewer than {self.threshold}). Nil is shown."
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader is told of it."""
        said = self.note
        if self.threshold is None:
            return (said,)
        if not self.secondary:
            return (f"{said} Totals are given, so a single suppressed count may follow from them.",)
        return (
            f"{said} Figures marked * are withheld so that no suppressed one can be worked out "
            "from the totals.",
        )

    def of_one(self, count: int) -> Cell:
        """A count that stands alone, for instance in a note."""
        return Withheld(f"<{self.threshold}") if self._is_small(count) else count

    def of_part(self, part: int, whole: int, whole_shown: Cell) -> Cell:
        """A part of a whole that stands beside it: a small rest would follow from the two.

        Of a whole so small that not every small rest leaves a large part, the mark does not say
        which of the two is small: 5 of 6 as * could be nothing else.
        """
        if self.threshold is None or not part:
            return part
        if isinstance(whole_shown, Withheld):
            return whole_shown if whole_shown == self.of_one(1) else SECONDARY
        if not (self._is_small(part) or self._is_small(whole - part)):
            return part
        is_told_apart = self._is_small(part) and whole > 2 * (self.threshold - 1)
        return self.of_one(part) if is_told_apart else SECONDARY

    def of(self, crosstab: Crosstab) -> tuple[tuple[Cell, ...], ...]:
        """The table with its totals, as it may be given.

        Raises:
            AskedWrongError: when it can't be protected.
        """
        counts = crosstab.with_totals
        small = {place for place, count in _each(counts) if self._is_small(count)}
        further = self._further(crosstab, small) if self.secondary and small else set()
        return tuple(
            tuple(
                self._shown(count, is_further=(row, column) in further)
                for column, count in enumerate(line)
            )
            for row, line in enumerate(counts)
        )

    def _further(self, crosstab: Crosstab, small: set[Place]) -> set[Place]:
        counts = crosstab.with_totals
        cells = sum(map(len, counts))
        if cells > MOST_CELLS:
            raise AskedWrongError(
                f"--secondary can't be worked out for a table of {cells} figures: choose longer "
                "periods or a smaller window"
            )
        figures = {place: _figure(crosstab, place, count) for place, count in _each(counts)}
        for totals_unmarked in (False, True):
            circulation = Circulation(
                figures, small, self.threshold or LEAST, totals_unmarked=totals_unmarked
            )
            if all(circulation.protect(place) for place in sorted(small)):
                hidden = {place for place in small if figures[place].is_total}
                return circulation.further | (hidden if totals_unmarked else set())
        raise AskedWrongError(
            "--secondary can't protect every small number of this table: choose longer periods, or "
            "no split"
        )

    def _is_small(self, count: int) -> bool:
        return self.threshold is not None and 0 < count < self.threshold

    def _shown(self, count: int, *, is_further: bool) -> Cell:
        return SECONDARY if is_further else self.of_one(count)


def _each(counts: tuple[tuple[int, ...], ...]) -> Iterator[tuple[Place, int]]:
    for row, line in enumerate(counts):
        for column, count in enumerate(line):
            yield (row, column), count


def _figure(crosstab: Crosstab, place: Place, count: int) -> Figure:
    """From where to where a figure flows: a table with totals is a circulation.

    What flows from a row into the columns is its total; what flows out of the columns comes back
    as the grand total. Every sum that a reader can make is the balance of one of these nodes.
    """
    row, column = place
    in_total_row = row == len(crosstab.rows)
    in_total_column = crosstab.is_split and column == len(crosstab.columns)
    from_row = f"row {row}" if crosstab.is_split else "rows"
    to_column = f"column {column}" if crosstab.is_split else "columns"
    if in_total_row and (in_total_column or not crosstab.is_split):
        return Figure("columns", "rows", count, is_total=True)
    if in_total_column:
        return Figure("rows", from_row, count, is_total=True)
    if in_total_row:
        return Figure(to_column, "columns", count, is_total=True)
    return Figure(from_row, to_column, count)
