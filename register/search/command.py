"""`python -m register search`: incidents by reference, Area, type, stage, days, or overdue."""

import csv
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime

import typer
from rich.console import Console
from rich.table import Table

from domain.clocks import LONDON, london
from domain.organisation import Organisation
from domain.taxonomy import Classification, IncidentType, Labelled, Stage
from register import versions
from register.search.asking import Asked, AskedWronglyError, question_of
from register.search.finding import Answer, Found, search
from register.search.form import Format
from runtime.settings import database_url, organisation
from runtime.terminal import columns

EXIT_BAD_INPUT = 2
WIDTH = 180
"""Columns where neither a terminal nor COLUMNS says."""
NARROW = 120
"""With fewer columns a table would break words."""


async def search_incidents(asked: Asked, form: Format) -> int:
    """Prints what is found; CSV alone on standard output, and all else on standard error.

    The exit status is 2 for a question that can't be put.
    """
    units, now = organisation(), datetime.now(UTC)
    try:
        question = question_of(asked, units, now)
    except AskedWronglyError as error:
        for problem in error.problems:
            typer.echo(f"error: {problem}", err=True)
        return EXIT_BAD_INPUT
    async with versions.opened(database_url()) as engine:
        answer = await search(engine, question)
    if form is Format.CSV:
        _print_csv(answer)
    elif answer.found:
        _print_found(answer, units, now)
    for reference in answer.unrecorded:
        typer.echo(
            f"{reference} was reported, and its case has recorded nothing yet; the listener starts "
            "it again within a minute if it does not run.",
            err=form is Format.CSV,
        )
    if not answer.found and not answer.unrecorded:
        typer.echo("Nothing in the register matches.", err=form is Format.CSV)
    if answer.more:
        typer.echo(f"These are the first {question.limit:,}; --limit gives more.", err=True)
    return 0


def _print_csv(answer: Answer) -> None:
    """Codes, and days and times in London as ISO has them: nothing that a spreadsheet would run."""
    names = [field.name for field in fields(Found)]
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(names)
    for each in answer.found:
        rows.writerow([_plain(getattr(each, name)) for name in names])


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.astimezone(LONDON).isoformat() if isinstance(value, datetime) else value


def _print_found(answer: Answer, units: Organisation, now: datetime) -> None:
    width = columns(WIDTH)
    if width >= NARROW:
        _print_table(answer, units, now, width)
        return
    for each in answer.found:
        for line in _stacked(each, units, now, width):
            typer.echo(line)


def _stacked(each: Found, units: Organisation, now: datetime, width: int) -> Iterator[str]:
    """Below each other, where a table would break words."""
    said = (
        f"discovered {each.discovered_on:%d %b %Y}",
        units.area_name(each.area) if each.area else "",
        _label(IncidentType, each.incident_type),
        _stage(each),
        _label(Classification, each.classification),
        f"next deadline {_deadline(each.next_due, now)}" if each.next_due else "",
    )
    yield _name(each)
    indent = "  "
    yield from textwrap.wrap(
        "; ".join(filter(None, said)), width, initial_indent=indent, subsequent_indent=indent
    )


def _print_table(answer: Answer, units: Organisation, now: datetime, width: int) -> None:
    table = Table()
    # What people copy stays whole on any width; the others fold.
    longest = max(len(each.reference) for each in answer.found)
    table.add_column("Reference", min_width=longest, overflow="fold")
    for heading in ("Area", "Type", "Stage", "Finding", "Discovered", "Next deadline"):
        table.add_column(heading, overflow="fold")
    for each in answer.found:
        table.add_row(
            _name(each),
            units.area_name(each.area) if each.area else "",
            _label(IncidentType, each.incident_type),
            _stage(each),
            _label(Classification, each.classification),
            f"{each.discovered_on:%d %b %Y}",
            _deadline(each.next_due, now),
        )
    Console(width=width).print(table, markup=False)


def _name(found: Found) -> str:
    if found.drill:
        return f"{found.reference} (exercise)"
    return f"{found.reference} ({found.imported_as})" if found.imported_as else found.reference


def _stage(found: Found) -> str:
    stage = _label(Stage, found.stage)
    return f"{stage}; removed {found.removed_on:%d %b %Y}" if found.removed_on else stage


def _label(words: type[Labelled], code: str | None) -> str:
    """What people read; a code that this version does not know is shown as it is."""
    return next((each.label for each in words if each.value == code), code or "")


def _deadline(due: datetime | None, now: datetime) -> str:
    if due is None:
        return ""
    return f"{london(due)}, overdue" if due < now else london(due)
