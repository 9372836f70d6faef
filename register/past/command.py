"""`python -m register import FILE`: what it will do is shown first, and asked about."""

import sys
from pathlib import Path

import typer
from sqlalchemy.exc import IntegrityError

from register import versions
from register.anchoring import anchor_now
from register.database import is_missing, using
from register.exports import this_login
from register.past import showing
from register.past.examining import PastIncident
from register.past.reading import RefusedError, Wishes, check_columns, examined, opened
from register.past.recording import ChangedError, Comparison, Importer, PastIncidents
from runtime.settings import database_url
from runtime.terminal import confirmed

EXIT_NOT_IMPORTED = 1


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
    sheet, columns = opened(file, wishes)
    showing.mapping(file, sheet, columns)
    check_columns(columns, wishes)
    incidents = await examined(sheet, columns, wishes)
    url = database_url()
    if not wishes.dry_run:
        await made_if_missing(url)
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


async def made_if_missing(url: str) -> None:
    """Makes a register where there is none: past incidents may be the first that it holds.

    Raises:
        SettingsError: when it can't be made.
    """
    if not is_missing(url):
        return
    async with using(url) as engine:
        await versions.upgrade(engine)
    typer.echo(f"There was no register at {engine.url.database}: a new one was made.", err=True)


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
    return confirmed(f"Import {many:,} incidents?") is True


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
