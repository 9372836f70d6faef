"""`python -m reports ico-pack BR-2026-0001`: the ICO pack of one case."""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from register import versions
from register.exports import Exports, this_login
from register.store import Store
from register.training.records import TrainingRecords
from reports.asking import AskedWrongError, asked_word
from reports.giving import Destination, write_whole
from reports.ico_pack.form import ReportType
from reports.ico_pack.making import PersonalDataError, made
from reports.ico_pack.record import Record
from reports.ico_pack.rendering import REPORT, PackFormat, parameters, rendered
from reports.rendering import Format
from reports.tables import printable
from runtime.settings import database_url, organisation

EXIT_PERSONAL_DATA = 1
LONGEST_REFERENCE = 40
LEAVE_OUT = (
    "What is recorded stays as it is. With --leave-out each of these texts has a mark in its "
    "place, for you to write that field by hand on the ICO’s form."
)


@dataclass(frozen=True)
class PackOptions:
    """What was typed."""

    reference: str
    follow_up: bool | None = None
    leave_out: bool = False
    form: str = PackFormat.DOCX.value
    output: Path | None = None
    overwrite: bool = False

    @property
    def kind(self) -> ReportType | None:
        """Which report was asked for; None for the one that comes next."""
        if self.follow_up is None:
            return None
        return ReportType.FOLLOW_UP if self.follow_up else ReportType.INITIAL


async def give_pack(options: PackOptions) -> int:
    """Makes the pack, records the export, and gives it; 1 while it would hold personal data.

    Raises:
        SettingsError: for whatever else is wrong, in one line; nothing was given then.
    """
    form = asked_word("--format", options.form, PackFormat) or PackFormat.DOCX
    as_format = Format.DOCX if form is PackFormat.DOCX else Format.TABLE
    Destination(as_format, options.output, options.overwrite).check()
    units = organisation()
    async with versions.opened(database_url()) as engine:
        record = await _record(engine, options.reference.strip().upper())
        involved = await TrainingRecords(engine).person(record.case.involved)
        now, leave_out = datetime.now(UTC), options.leave_out
        try:
            pack = made(record, units, now, options.kind, leave_out=leave_out, involved=involved)
        except PersonalDataError as error:
            _refuse(record.case.reference, error)
            return EXIT_PERSONAL_DATA
        content = rendered(pack, form)
        await Exports(engine).record(
            actor=this_login(),
            report=REPORT,
            parameters=parameters(pack, record, leave_out=leave_out),
            format=form.value,
            content=content,
        )
    _give(content, options)
    return 0


async def _record(engine: AsyncEngine, reference: str) -> Record:
    store = Store(engine)
    case = await store.case(reference)
    if case is None:
        raise AskedWrongError(
            f"“{printable(reference)[:LONGEST_REFERENCE]}” is no case of this register. Write the "
            "reference as it stands on the card, for example BR-2026-0001; an imported incident "
            "has no pack"
        )
    return Record.of(case.opening, await store.events(reference))


def _refuse(reference: str, error: PersonalDataError) -> None:
    say = f"{reference}: no pack is made, since it would hold what looks like personal data:"
    for line in (say, *(f"  {each}" for each in error.found), LEAVE_OUT):
        typer.echo(line, err=True)


def _give(content: bytes, options: PackOptions) -> None:
    if options.output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    write_whole(options.output, content, overwrite=options.overwrite)
    typer.echo(f"Written to {options.output}.", err=True)
