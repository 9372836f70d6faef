"""`starter.py sample FILE...`: records sample checks from files."""

from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy.exc import SQLAlchemyError

from domain.absence import london_day
from domain.organisation import Organisation
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


async def sample(*files: Path, replace: bool = False) -> int:
    """Records the check that each file describes, once however often it is given.

    The exit status is 2 when anything in a file is wrong, and then nothing is recorded of any; or
    when a check is recorded already with other numbers, which holds up no other. It is 1 when the
    register does not do its part.
    """
    units, now = organisation(), datetime.now(UTC)
    read = [(file, read_sample_file(file, units, london_day(now))) for file in files]
    found = [(file, each) for file, each in read if isinstance(each, SampleFile)]
    if len(found) < len(files):
        for file, problems in read:
            for problem in () if isinstance(problems, SampleFile) else problems:
                typer.echo(f"{file}: {problem.field}: {problem.message}", err=True)
        return EXIT_BAD_INPUT
    try:
        async with versions.opened(database_url()) as engine:
            checks = SampleChecks(engine)
            taken = [
                await _recorded(checks, file, each, now, units, replace=replace)
                for file, each in found
            ]
    except SQLAlchemyError as error:
        typer.echo(
            f"Not confirmed ({type(error).__name__}): the register is busy or can't be written to; "
            "see DATABASE_URL. Give the same again; nothing will be recorded twice.",
            err=True,
        )
        return EXIT_NOT_CONFIRMED
    return 0 if all(taken) else EXIT_BAD_INPUT


async def _recorded(
    checks: SampleChecks,
    file: Path,
    found: SampleFile,
    now: datetime,
    units: Organisation,
    *,
    replace: bool,
) -> bool:
    check = found.check
    kept = await checks.record(
        check, by=this_login(), at=now, replace=replace, example=found.example
    )
    if kept is Kept.DIFFERS:
        typer.echo(
            f"{file}: this check is recorded already, with other numbers; it was not changed. If "
            "these are right, say --replace: what they replace stays on record.",
            err=True,
        )
        return False
    made_up = MADE_UP if found.example else ""
    typer.echo(
        f"{SAID[kept]}{made_up} {units.area_name(check.area)}, checked on {check.checked_on}: "
        f"{check.with_failure:,} of {check.files:,} files held a failure "
        f"({share(check.with_failure, check.files)}), {check.caught:,} of them caught."
    )
    return True


async def remove_example() -> int:
    """Removes the sample checks that are example data, and says how many they were."""
    async with versions.opened(database_url()) as engine:
        removed = await SampleChecks(engine).remove_examples()
    typer.echo(f"Removed the example data of {removed} sample checks.")
    return 0
