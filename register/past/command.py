"""`python -m register import FILE`: what it will do is shown first, and asked about."""

import asyncio
import signal
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy.exc import IntegrityError

from domain.absence import london_day
from domain.taxonomy import Classification
from domain.words import UnknownWordError, words_of
from register import versions
from register.anchoring import anchor_now
from register.database import is_missing, using
from register.exports import this_login
from register.past import showing
from register.past.columns import Column, MappingError, mapped
from register.past.csvfile import read_csv
from register.past.examining import Examination, PastIncident
from register.past.recording import ChangedError, Comparison, Importer, PastIncidents
from register.past.sheet import WORKBOOKS, Sheet, SheetError
from register.past.workbook import read_workbook
from runtime.settings import database_url, organisation

EXIT_NOT_IMPORTED = 1
EXIT_BAD_INPUT = 2
TURN = 500
"""Rows that are read before Ctrl-C is looked at."""


@dataclass(frozen=True)
class Wishes:
    """How the file is to be read, and what is to be done with it."""

    columns: tuple[str, ...] = ()
    """`Column=field` each."""
    sheet: str | None = None
    classification: str | None = None
    """What rows are that don't say."""
    yes: bool = False
    dry_run: bool = False


class RefusedError(Exception):
    """Nothing is imported; each line says why, and what to do."""

    def __init__(self, *lines: str, code: int = EXIT_BAD_INPUT) -> None:
        """The lines, and the exit status."""
        super().__init__("; ".join(lines))
        self.lines, self.code = lines, code


async def import_file(file: Path, wishes: Wishes) -> int:
    """Imports a file's incidents.

    The exit status is 2 when something is wrong, with the file or the register, and 1 when a person
    said no or another program got in between; in either case nothing is imported.
    """
    try:
        return await _imported(file, wishes)
    except RefusedError as refused:
        for line in refused.lines:
            typer.echo(f"{file}: {line}", err=True)
        return refused.code


async def _imported(file: Path, wishes: Wishes) -> int:
    sheet, columns = _opened(file, wishes)
    showing.mapping(file, sheet, columns)
    _check_columns(columns, wishes)
    incidents = await _examined(sheet, columns, wishes)
    url = database_url()
    if not wishes.dry_run:
        await _made_if_missing(url)
    async with versions.opened(url) as engine:
        past = PastIncidents(engine)
        with showing.progress("Comparing", len(incidents)) as advance:
            found = await past.compare(incidents, advance)
        _check_unchanged(found)
        showing.summary(found, named=any(each.field == "reference" for each in columns))
        if sheet.example:
            showing.example_warning()
        if wishes.dry_run or not found.new:
            typer.echo("Nothing was imported." if wishes.dry_run else "There is nothing to import.")
            return 0
        if not wishes.yes and not _confirmed(len(found.new)):
            raise RefusedError("nothing was imported", code=EXIT_NOT_IMPORTED)
        references = await _recorded(past, incidents, len(found.new), example=sheet.example)
        await anchor_now(engine, url)
    showing.done(references)
    return 0


async def _made_if_missing(url: str) -> None:
    """Makes a register where there is none: past incidents may be the first that it holds."""
    if not is_missing(url):
        return
    async with using(url) as engine:
        await versions.upgrade(engine)
    typer.echo(f"There was no register at {engine.url.database}: a new one was made.", err=True)


def _opened(file: Path, wishes: Wishes) -> tuple[Sheet, list[Column]]:
    try:
        is_workbook = file.suffix.lower() in WORKBOOKS
        sheet = read_workbook(file, wishes.sheet) if is_workbook else read_csv(file)
        return sheet, mapped(sheet.header, wishes.columns)
    except SheetError as error:
        raise RefusedError(str(error)) from error
    except MappingError as error:
        raise RefusedError(*error.problems) from error


def _check_columns(columns: list[Column], wishes: Wishes) -> None:
    """What must be clear about the columns before their cells can be."""
    fields = {column.field for column in columns}
    problems = []
    if "discovered_on" not in fields:
        problems.append(
            "no column says when an incident was discovered: name it with "
            '--map "Column=discovered_on"'
        )
    if "classification" not in fields and not wishes.classification:
        problems.append(
            "no column says what the incidents are: name it with --map "
            '"Column=classification", or say it for all of them, for example with '
            "--classification breach"
        )
    if wishes.yes and not wishes.dry_run:
        problems += [
            f"“{column.name}” is read as {column.field} only because the names are alike: say "
            f'--map "{column.name}={column.field}", or "{column.name}=" to leave it out'
            for column in columns
            if column.guessed
        ]
    if problems:
        raise RefusedError(*problems)


async def _examined(sheet: Sheet, columns: list[Column], wishes: Wishes) -> list[PastIncident]:
    today = london_day(datetime.now(UTC))
    examination = Examination(columns, organisation(), today, _classification(wishes))
    incidents = []
    try:
        with showing.progress("Reading", sheet.size) as advance:
            for done, row in enumerate(sheet.rows()):
                if past := examination.examined(row):
                    incidents.append(past)
                if done % TURN == 0:
                    advance(TURN)
                    await asyncio.sleep(0)
    except SheetError as error:
        raise RefusedError(*map(str, examination.slips), str(error)) from error
    if slips := examination.slips:
        lines = len({slip.line for slip in slips})
        raise RefusedError(
            *map(str, slips),
            f"nothing was imported: {lines:,} of {lines + len(incidents):,} rows must be put right",
        )
    return incidents


def _classification(wishes: Wishes) -> Classification | None:
    if wishes.classification is None:
        return None
    try:
        return words_of("a finding", Classification).find(wishes.classification)
    except UnknownWordError as error:
        raise RefusedError(f"--classification: {error}") from error


def _check_unchanged(found: Comparison) -> None:
    if not found.changed:
        return
    raise RefusedError(
        *(
            f"line {past.line}: {past.name} was imported before and said something else in "
            f"{', '.join(fields)}: give it back what it said, or another reference"
            for past, fields in found.changed
        ),
        "nothing was imported: what is recorded is not changed by an import",
    )


def _confirmed(many: int) -> bool:
    if not sys.stdin.isatty():
        raise RefusedError(
            "nothing was imported: this is not a terminal, so nobody could be asked; look at it "
            "with --dry-run, and import it with --yes"
        )
    # The loop's own handler would keep Ctrl-C to itself while we wait for an answer.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return typer.confirm(f"Import {many:,} incidents?")
    except typer.Abort:
        return False
    finally:
        signal.signal(signal.SIGINT, before)


async def _recorded(
    past: PastIncidents, incidents: list[PastIncident], new: int, *, example: bool
) -> list[str]:
    try:
        with showing.progress("Importing", new) as advance:
            return await past.record(incidents, Importer(this_login(), example), advance)
    except (ChangedError, IntegrityError):
        raise RefusedError(
            "nothing was imported: another program imported some of these just now; run it again",
            code=EXIT_NOT_IMPORTED,
        ) from None
