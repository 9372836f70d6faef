"""A report for a terminal: colours and lines there, plain text where the output goes elsewhere."""

import io

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from reports.tables import Report, Table, printable, shown

PLAIN_WIDTH = 100
"""Columns that words are wrapped at where neither a terminal nor COLUMNS says."""
WIDEST = 1000
"""Tables are not wrapped where nothing limits them: a line is a row."""


def as_text(report: Report, width: int | None = None, *, in_terminal: bool = False) -> str:
    """The whole report, that many columns wide if anybody says; plain for a file or a pipe."""
    written = io.StringIO()
    console = Console(
        file=written,
        width=width or PLAIN_WIDTH,
        force_terminal=in_terminal,
        color_system="standard" if in_terminal else None,
    )
    for_tables = console if width else Console(file=written, width=WIDEST, color_system=None)
    _print_report(report, console, for_tables)
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"


def _print_report(report: Report, console: Console, for_tables: Console) -> None:
    # Text, never a string: a string would be read as markup.
    _say(console, report.title, "bold")
    for paragraph in report.paragraphs:
        console.print()
        _say(console, paragraph)
    for table in report.tables:
        console.print()
        _say(console, table.title, "bold")
        _print_table(table, for_tables)
        _print_notes(table.notes, console)
    if report.notes:
        console.print()
        _print_notes(report.notes, console)


def _print_table(table: Table, console: Console) -> None:
    drawn = RichTable(box=box.SIMPLE if console.is_terminal else box.ASCII2, show_edge=False)
    for at, column in enumerate(table.columns):
        drawn.add_column(
            Text(printable(column)),
            justify="right" if table.is_numeric(at) else "left",
            overflow="fold",
        )
    for row in table.rows:
        drawn.add_row(*(Text(shown(cell)) for cell in row))
    if table.total is not None:
        drawn.add_section()
        drawn.add_row(*(Text(shown(cell), "bold") for cell in table.total))
    console.print(drawn)


def _print_notes(notes: tuple[str, ...], console: Console) -> None:
    if not notes:
        return
    listed = RichTable.grid(padding=(0, 1))
    for note in notes:
        listed.add_row(Text(" ·"), Text(printable(note)))
    console.print(listed)


def _say(console: Console, words: str, style: str = "") -> None:
    console.print(Text(printable(words), style))
