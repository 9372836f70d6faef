"""`starter.py sample FILE`: records a sample check from a file."""

from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy.exc import SQLAlchemyError

from domain.absence import london_day
from domain.samples.check import Kept, share
from intake.samplefile import SampleFile, read_sample_file
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
MADE_UP = " Example data."


async def sample(file: Path, *, replace: bool = False) -> int:
    """Records the check that a file describes, once however often it is given.

    The exit status is 2, and nothing is recorded, when anything in the file is wrong or the check
    is recorded already with other numbers. It is 1 when the register does not do its part.
    """
    units, now = organisation(), datetime.now(UTC)
    found = read_sample_file(file, units, london_day(now))
    if not isinstance(found, SampleFile):
        for problem in found:
            typer.echo(f"{file}: {problem.field}: {problem.message}", err=True)
        return EXIT_BAD_INPUT
    check = found.check
    try:
        async with versions.opened(database_url()) as engine:
            kept = await SampleChecks(engine).record(
                check, by=this_login(), at=now, replace=replace, example=found.example
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
    made_up = MADE_UP if found.example else ""
    typer.echo(
        f"{SAID[kept]}{made_up} {units.area_name(check.area)}, checked on {check.checked_on}: "
        f"{check.with_failure:,} of {check.files:,} files held a failure "
        f"({share(check.with_failure, check.files)}), {check.caught:,} of them caught."
    )
    return 0


async def remove_example() -> int:
    """Removes the sample checks that are example data, and says how many they were."""
    async with versions.opened(database_url()) as engine:
        removed = await SampleChecks(engine).remove_examples()
    typer.echo(f"Removed the example data of {removed} sample checks.")
    return 0
