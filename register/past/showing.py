"""What a person sees of an import: how the columns are read, what it comes to, how far it is."""

import contextlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from register.past.columns import FIELDS, Column
from register.past.recording import Advance, Comparison
from register.past.sheet import Sheet
from runtime.terminal import columns as columns_of_output
from runtime.terminal import progress_bar

WIDTH = 100
"""Columns where neither a terminal nor COLUMNS says."""


def mapping(
    file: Path, sheet: Sheet, columns: list[Column], fields: Collection[str] = tuple(FIELDS)
) -> None:
    """How each column is read, and which fields have none."""
    console = _console()
    table = Table("Column", "Read as", "Why", title=escape(f"{file.name}: {sheet.form}"))
    for column in columns:
        name = escape(column.name or f"(column {column.place + 1}, without a name)")
        why = f"[bold]{escape(column.how)}: please check[/]" if column.guessed else column.how
        table.add_row(name, column.field or "[dim]ignored[/]", why)
    console.print(table)
    missing = [field for field in fields if field not in {column.field for column in columns}]
    if missing:
        console.print(f"No column for: {', '.join(missing)}.", highlight=False)


def summary(found: Comparison, *, named: bool) -> None:
    """What the import would come to.

    Args:
        found: the rows beside what is recorded.
        named: whether the incidents have references of their own.
    """
    console = _console()
    days = [past.given["discovered_on"] for past in found.new]
    referred = [past.referral.referred_on for past in found.new if past.referral]
    lines = [f"{len(days):,} new incidents{_by_year(days, 'discovered')}."]
    if referred:
        lines.append(f"{len(referred):,} disciplinary referrals{_by_year(referred, 'referred')}.")
    if found.known:
        lines.append(f"{found.known:,} were imported before and are skipped.")
    if found.known_referred:
        lines.append(
            f"{found.known_referred:,} of these have disciplinary columns. Referrals are counted "
            "only together with their incident, when that is new."
        )
    if not named:
        lines.append(
            "No column has their former references, so each row is known by what it says: a row "
            "that is corrected later would be imported as another incident."
        )
    for line in lines:
        console.print(line, highlight=False)


def example_warning() -> None:
    """For a file that says it is an example."""
    _console().print(
        "[bold]This file says that it is an example. In a real register its incidents would be "
        "counted in every answer. `starter.py example remove` removes them.[/]",
        highlight=False,
    )


def done(references: list[str]) -> None:
    """What was imported; each year's numbers follow on one another."""
    years: dict[str, list[str]] = {}
    for each in references:
        years.setdefault(each.rpartition("-")[0], []).append(each)
    named = [
        first if first == last else f"{first} to {last}"
        for first, last in ((of[0], of[-1]) for _, of in sorted(years.items()))
    ]
    said = f"Imported {len(references):,} incidents: {', '.join(named)}."
    _console().print(said, highlight=False)


@contextlib.contextmanager
def progress(what: str, total: int) -> Iterator[Advance]:
    """Shows how far it is, on a terminal."""
    with progress_bar() as bar:
        task = bar.add_task(what, total=total)
        yield lambda many: bar.advance(task, many)


def _by_year(days: Iterable[date], what: str) -> str:
    years = Counter(day.year for day in days)
    counts = ", ".join(f"{year}: {years[year]:,}" for year in sorted(years))
    return f", by the year in which they were {what}: {counts}" if counts else ""


def _console() -> Console:
    return Console(width=columns_of_output(WIDTH))
