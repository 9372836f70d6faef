"""`starter.py sample FILE`: records a sample check from a file."""

from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy.exc import SQLAlchemyError

from domain.absence import london_day
from domain.samples.check import Kept, SampleCheck, share
from intake.samplefile import read_sample_file
from register import versions
from register.exports import this_login
from register.samples.keeping import SampleChecks
from runtime.settings import database_url, organisation

EXIT_NOT_CONFIRMED, EXIT_BAD_INPUT = 1, 2
SAID = {
    Kept.RECORDED: "Recorded.",
    Kept.ALREADY: "It was recorded already, just like this.",
    Kept.REPLACED: "Recorded, in place of what it was before.",
}


async def sample(file: Path, *, replace: bool = False, example: bool = False) -> int:
    """Records the check that a file describes, once however often it is given.

    The exit status is 2, and nothing is recorded, when anything in the file is wrong or the check
    is recorded already with other numbers. It is 1 when the register does not do its part.
    """
    units, now = organisation(), datetime.now(UTC)
    check = read_sample_file(file, units, london_day(now))
    if not isinstance(check, SampleCheck):
        for problem in check:
            typer.echo(f"{file}: {problem.field}: {problem.message}", err=True)
        return EXIT_BAD_INPUT
    try:
        async with versions.opened(database_url()) as engine:
            kept = await SampleChecks(engine).record(
                check, by=this_login(), at=now, replace=replace, example=example
            )
    except SQLAlchemyError as error:
        typer.echo(
            f"Not confirmed ({type(error).__name__}): the register is busy or can't be written to; "
            "see DATABASE_URL. Give the same file again; it will not be recorded twice.",
            err=True,
        )
        return EXIT_NOT_CONFIRMED
    if kept is Kept.DIFFERS:
        typer.echo(
            f"{file}: this check is recorded already, with other numbers; nothing was changed. If "
            "these are right, say --replace: what they replace stays on record.",
            err=True,
        )
        return EXIT_BAD_INPUT
    typer.echo(
        f"{SAID[kept]} {units.area_name(check.area)}, checked on {check.checked_on}: "
        f"{check.with_failure:,} of {check.files:,} files held a failure "
        f"({share(check.with_failure, check.files)}), {check.caught:,} of them caught."
    )
    return 0
