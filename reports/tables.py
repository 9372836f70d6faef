"""What an answer consists of, whatever form it is given in: tables of aggregates, and words.

There is no place here for rows about single incidents, and none that a reader would not see.
"""

import re
from dataclasses import dataclass
from datetime import datetime

NIL = "Nil"
"""How people are shown that nothing was counted; programs are given 0."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Withheld:
    """A figure that is not given."""

    mark: str
    """What stands in its place: `<5`, or `*` where it only keeps another one from being found."""


Cell = str | int | Withheld


@dataclass(frozen=True)
class Table:
    """A table with a header row; a last row of totals where there is one."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    notes: tuple[str, ...] = ()
    """What its reader must know, a sentence or two each."""

    def __post_init__(self) -> None:
        """Refuses rows of another width than the header, which would shift figures.

        Raises:
            ValueError: that is a slip in the code of a report.
        """
        if any(len(row) != len(self.columns) for row in self.all_rows):
            raise ValueError(f"{self.title}: a row is not as wide as the header")

    @property
    def all_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows, and the totals as the last of them."""
        return self.rows if self.total is None else (*self.rows, self.total)

    def is_numeric(self, column: int) -> bool:
        """Whether every cell of a column is a figure, given or withheld."""
        return bool(self.rows) and all(not isinstance(row[column], str) for row in self.rows)


@dataclass(frozen=True)
class Report:
    """A whole answer."""

    title: str
    at: datetime
    """When the register was read (UTC)."""
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    """What holds for all of it: the window, what is counted, what is not."""
    values: Table | None = None
    """What CSV gives, where that is not simply the first table without its totals."""
    organisation: str = ""

    @property
    def table_of_values(self) -> Table:
        """The one table that CSV gives.

        Raises:
            ValueError: for a report without tables, which has no CSV.
        """
        if self.values is not None:
            return self.values
        if not self.tables:
            raise ValueError(f"{self.title}: there is no table to give as CSV")
        return self.tables[0]


def shown(cell: Cell) -> str:
    """A cell as people read it: Nil for none, thousands apart, no control characters."""
    if isinstance(cell, Withheld):
        return cell.mark
    if isinstance(cell, int):
        return f"{cell:,}" if cell else NIL
    return printable(cell)


def printable(text: str) -> str:
    """Text without what would move a terminal's cursor, break a line or turn its direction."""
    return _UNPRINTABLE.sub(" ", text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))
