"""Reading a file of past incidents: all of it is in order, or every problem is named."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.absence import london_day
from domain.taxonomy import Classification
from domain.words import UnknownWordError, words_of
from register.past import showing
from register.past.columns import Column, MappingError, mapped
from register.past.csvfile import read_csv
from register.past.examining import Examination, PastIncident
from register.past.sheet import WORKBOOKS, Sheet, SheetError
from register.past.workbook import read_workbook
from runtime.settings import organisation

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


def opened(file: Path, wishes: Wishes) -> tuple[Sheet, list[Column]]:
    """The table of a file, and how its columns are read.

    Raises:
        RefusedError: when it can't be read, or columns are not clear.
    """
    try:
        is_workbook = file.suffix.lower() in WORKBOOKS
        sheet = read_workbook(file, wishes.sheet) if is_workbook else read_csv(file)
        return sheet, mapped(sheet.header, wishes.columns)
    except SheetError as error:
        raise RefusedError(str(error)) from error
    except MappingError as error:
        raise RefusedError(*error.problems) from error


def check_columns(columns: list[Column], wishes: Wishes) -> None:
    """What must be clear about the columns before their cells can be.

    Raises:
        RefusedError: naming all that is not.
    """
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


async def examined(sheet: Sheet, columns: list[Column], wishes: Wishes) -> list[PastIncident]:
    """Every row's incident.

    Raises:
        RefusedError: naming all that is wrong, by line and column.
    """
    today = london_day(datetime.now(UTC))
    examination = Examination(
        columns, organisation(), today, _classification(wishes), example=sheet.example
    )
    incidents = []
    try:
        with showing.progress("Reading", sheet.size) as advance:
            done = 0
            for done, row in enumerate(sheet.rows(), start=1):
                if past := examination.examined(row):
                    incidents.append(past)
                if done % TURN == 0:
                    advance(TURN)
                    await asyncio.sleep(0)
            advance(done % TURN)
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
