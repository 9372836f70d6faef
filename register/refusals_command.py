"""`python -m register refusals`: who tried what they have no right to."""

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

import typer
from rich.console import Console
from rich.table import Table

from domain.clocks import LONDON, london
from domain.dates import parse_day
from domain.references import is_reference
from register import versions
from register.refusals import Refusals, Refused
from register.search.command import EXIT_BAD_INPUT, WIDTH
from register.search.form import Format
from runtime.settings import database_url
from runtime.terminal import columns

_COLUMNS = ("at", "until", "times", "person", "tried", "reference", "reason")


class _BadOptionError(Exception):
    """An option is wrong; the words name it and say what to write."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for, as it was typed."""

    since: str | None
    case: str | None
    limit: int


async def list_refusals(wanted: Wanted, form: Format) -> int:
    """Prints them, the newest first; CSV alone on standard output, and all else on standard error.

    The exit status is 2 for an option that can't be read.
    """
    try:
        since, case = _day(wanted.since), _reference(wanted.case)
        if wanted.limit < 1:
            raise _BadOptionError("--limit: give a number from 1")
    except _BadOptionError as error:
        typer.echo(f"error: {error}", err=True)
        return EXIT_BAD_INPUT
    async with versions.opened(database_url()) as engine:
        with versions.usable():
            found = await Refusals(engine).find(since=since, reference=case, limit=wanted.limit + 1)
    shown = found[: wanted.limit]
    if form is Format.CSV:
        _print_csv(shown)
    elif shown:
        _print_table(shown)
    if not shown:
        typer.echo("Nobody was refused.", err=form is Format.CSV)
    if len(found) > len(shown):
        typer.echo(f"These are the last {wanted.limit:,}; --limit gives more.", err=True)
    return 0


def _day(typed: str | None) -> datetime | None:
    """The midnight in London that begins a day."""
    if typed is None:
        return None
    try:
        return datetime.combine(parse_day(typed), time(0), LONDON)
    except ValueError:
        raise _BadOptionError("--since: write a day, for example 1/4/2026") from None


def _reference(typed: str | None) -> str | None:
    if typed is None:
        return None
    name = typed.strip().upper()
    if not is_reference(name):
        raise _BadOptionError("--case: write the whole reference, for example BR-2026-0042")
    return name


def _print_csv(found: Sequence[Refused]) -> None:
    """Codes and member IDs, and times in London as ISO has them: nothing that was typed."""
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for each in found:
        tried = each.attempt
        times = (each.at.astimezone(LONDON).isoformat(), each.until.astimezone(LONDON).isoformat())
        rows.writerow(
            (*times, each.times, tried.person, tried.tried, tried.reference, tried.bar.value)
        )


def _print_table(found: Sequence[Refused]) -> None:
    table = Table()
    for heading in ("When", "Times", "Person", "Tried", "Case or referral", "Reason"):
        table.add_column(heading, overflow="fold")
    for each in found:
        tried = each.attempt
        table.add_row(
            london(each.at),
            f"{each.times:,}",
            tried.person,
            tried.tried.replace("_", " "),
            tried.reference or "",
            tried.bar.label,
        )
    Console(width=columns(WIDTH)).print(table, markup=False)
