"""CSV: plain figures, one header, and no cell that a spreadsheet would run."""

import csv
import io
import re

from reports.tables import Cell, Table, Withheld

_RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet takes for a formula (OWASP, CSV injection), or one of ours
that was made inert; the wide forms are run as well where East Asian keyboards are usual."""
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def as_csv(table: Table) -> str:
    """The header and the rows of a table, without its totals; figures are plain numbers."""
    rows = [[inert(column) for column in table.columns]]
    rows += [[_cell(cell) for cell in row] for row in table.rows]
    return "".join(map(_line, rows))


def _line(cells: list[str]) -> str:
    written = io.StringIO()
    # Only with this line end does the writer quote both of its characters in a cell.
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue().removesuffix("\r\n") + "\n"


def inert(text: str) -> str:
    """A text that a spreadsheet only shows: an apostrophe goes before one that it would run."""
    return f"'{text}" if _RUNS.match(text) and not _NUMBER.fullmatch(text) else text


def as_it_was(text: str) -> str:
    """Takes the apostrophe of `inert` away again."""
    return text[1:] if text.startswith("'") and _RUNS.match(text[1:]) else text


def _cell(cell: Cell) -> str:
    if isinstance(cell, Withheld):
        return cell.mark
    return str(cell) if isinstance(cell, int) else inert(cell)
