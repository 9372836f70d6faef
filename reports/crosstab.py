"""Counts by two things at once, with their totals."""

from dataclasses import dataclass
from functools import cached_property

Place = tuple[int, int]
"""Row and column in a table with its totals."""


@dataclass(frozen=True)
class Crosstab:
    """Counts in rows and columns; a single column where nothing is split."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def is_split(self) -> bool:
        """Whether there is more than one column, and so a total of each row."""
        return len(self.columns) > 1

    @cached_property
    def row_totals(self) -> tuple[int, ...]:
        """Of each row."""
        return tuple(sum(row) for row in self.counts)

    @cached_property
    def column_totals(self) -> tuple[int, ...]:
        """Of each column."""
        return tuple(sum(column) for column in zip(*self.counts, strict=True))

    @cached_property
    def total(self) -> int:
        """Of everything."""
        return sum(self.row_totals)

    @cached_property
    def with_totals(self) -> tuple[tuple[int, ...], ...]:
        """The counts with the row totals as a last column and the column totals as a last row.

        Without a split there is no last column, for it would be the only one again.
        """
        if not self.is_split:
            return (*self.counts, (self.total,))
        body = tuple((*row, sum(row)) for row in self.counts)
        return (*body, (*self.column_totals, self.total))
