"""`starter.py training import FILE`: a learning system's file, all of it or nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer

from domain.absence import london_day
from domain.organisation import Organisation
from register import versions
from register.past import showing
from register.past.columns import Column, MappingError, mapped
from register.past.csvfile import read_csv
from register.past.reading import RefusedError
from register.past.sheet import WORKBOOKS, Sheet, SheetError
from register.past.workbook import read_workbook
from register.training.reading import FIELDS, REQUIRED, Entry, Examination
from register.training.records import TrainingRecords
from register.training.taking_in import Imported
from runtime.settings import database_url, organisation

EXIT_BAD_INPUT = 2


@dataclass(frozen=True)
class Wishes:
    """How the file is to be read, and what is to be done with it."""

    columns: tuple[str, ...] = ()
    """`Column=field` each."""
    sheet: str | None = None
    whole: bool = False
    """Whether it names everybody who is expected to take its courses."""
    others: bool = False
    """Whether courses that organisation.toml does not have are left out."""
    dry_run: bool = False


async def import_file(file: Path, wishes: Wishes) -> int:
    """Imports who is expected to take which course, and who did.

    The exit status is 2, and nothing is imported, when anything is wrong with the file; every
    problem is printed with its line and column, and what the cell reads is not.
    """
    units = organisation()
    try:
        sheet, columns = _opened(file, wishes)
        showing.mapping(file, sheet, columns, FIELDS)
        _check_columns(columns)
        entries, left_out = _examined(sheet, columns, units, wishes)
    except RefusedError as refused:
        for line in refused.lines:
            typer.echo(f"{file}: {line}", err=True)
        return EXIT_BAD_INPUT
    today = london_day(datetime.now(UTC))
    async with versions.opened(database_url()) as engine:
        imported = await TrainingRecords(engine).record(
            entries, today, example=sheet.example, whole=wishes.whole, dry_run=wishes.dry_run
        )
    _say(imported, left_out, wishes, example=sheet.example)
    return 0


def example_entries(file: Path) -> list[Entry]:
    """The entries of a file that says that it is an example.

    Raises:
        RefusedError: when it doesn't, or anything is wrong with it.
    """
    wishes = Wishes()
    sheet, columns = _opened(file, wishes)
    if not sheet.example:
        raise RefusedError("does not say that it is an example: it must begin with `# EXAMPLE`")
    _check_columns(columns)
    return _examined(sheet, columns, organisation(), wishes)[0]


def _opened(file: Path, wishes: Wishes) -> tuple[Sheet, list[Column]]:
    try:
        is_workbook = file.suffix.lower() in WORKBOOKS
        sheet = read_workbook(file, wishes.sheet) if is_workbook else read_csv(file)
        return sheet, mapped(sheet.header, wishes.columns, FIELDS)
    except SheetError as error:
        raise RefusedError(str(error)) from error
    except MappingError as error:
        raise RefusedError(*error.problems) from error


def _check_columns(columns: list[Column]) -> None:
    """What must be clear about the columns before their cells can be."""
    fields = {column.field for column in columns}
    problems = [
        f'no column has {name}: name it with --map "Column={name}"'
        for name in REQUIRED
        if name not in fields
    ]
    problems += [
        f"“{column.name}” is read as {column.field} only because the names are alike: say "
        f'--map "{column.name}={column.field}", or "{column.name}=" to leave it out'
        for column in columns
        if column.guessed
    ]
    if problems:
        raise RefusedError(*problems, "nothing was imported")


def _examined(
    sheet: Sheet, columns: list[Column], units: Organisation, wishes: Wishes
) -> tuple[list[Entry], int]:
    """The entries, and how many lines were left out."""
    examination = Examination(columns, units, london_day(datetime.now(UTC)), wishes.others)
    try:
        entries = [entry for row in sheet.rows() if (entry := examination.examined(row))]
    except SheetError as error:
        raise RefusedError(*map(str, examination.slips), str(error)) from error
    if slips := examination.slips:
        many = len({slip.line for slip in slips})
        lines = f"{many:,} {'line' if many == 1 else 'lines'}"
        raise RefusedError(*map(str, slips), f"nothing was imported: put {lines} right")
    return entries, examination.left_out


def _say(imported: Imported, left_out: int, wishes: Wishes, *, example: bool) -> None:
    said = [
        f"People in the file: {imported.people:,}.",
        f"New completions: {imported.completions:,}; imported before: {imported.known:,}.",
        f"Newly expected to take a course: {imported.expected:,}.",
    ]
    if wishes.whole:
        said.append(f"Expected no longer: {imported.no_longer:,}.")
    if left_out:
        said.append(f"Lines about other courses, left out: {left_out:,}.")
    if example:
        said.append(
            "The file says that it is an example: its people are kept apart, and left out of "
            "everything once there are real ones. `starter.py training remove-example` removes "
            "them."
        )
    if wishes.dry_run:
        said.append("Nothing was imported: that was a dry run.")
    for line in said:
        typer.echo(line)


async def remove_example() -> int:
    """Removes all example data of training."""
    async with versions.opened(database_url()) as engine:
        removed = await TrainingRecords(engine).remove_example()
    typer.echo(f"Removed the example data of {removed:,} people.")
    return 0
