"""All that comes as an example: loaded, removed, and offered to whoever starts an empty register.

It is marked in every table: answers say what they are made of, and all of it can be removed.
"""

from pathlib import Path

import typer
from sqlalchemy import and_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.past import EXAMPLE
from intake.example_kinds import COMMAND, KINDS
from register import versions
from register.anchoring import anchor_now
from register.database import is_missing, using
from register.incident_schema import IncidentRow
from register.past.command import made_if_missing
from register.past.reading import RefusedError
from register.referral_schema import ReferralCountRow
from register.retention.removing import check_may_remove
from register.schema import CaseRow
from runtime.interrupt import EXIT_INTERRUPTED
from runtime.settings import database_url, for_this_folder
from runtime.terminal import confirmed

EXIT_NOT_LOADED = 1
FOLDER = Path(__file__).resolve().parents[1] / "examples"


async def load(*, beside_records: bool = False) -> int:
    """Loads all of it; what is there already is not loaded again.

    The exit status is 1, and nothing is loaded, when the register holds a record of its own, whose
    figures would count the example as well, unless that is wanted; or when another program wrote
    the same just now. It is 2 when a file is wrong.
    """
    url = database_url()
    await made_if_missing(url)
    async with versions.opened(url) as engine:
        with versions.usable():
            if not beside_records and await _would_mix(engine):
                typer.echo(
                    "Nothing was loaded: this register has incidents of its own, and figures would "
                    "count the example's beside them. --beside-records loads it all the same.",
                    err=True,
                )
                return EXIT_NOT_LOADED
            try:
                return await _load_all(engine)
            finally:
                await anchor_now(engine, url)


async def _load_all(engine: AsyncEngine) -> int:
    typer.echo("Example data:")
    for kind in KINDS:
        try:
            loaded = await kind.load(engine, FOLDER / kind.file)
        except RefusedError as refused:
            for line in refused.lines:
                typer.echo(f"examples/{kind.file}: {line}", err=True)
            return refused.code
        except IntegrityError:
            typer.echo("Not all was loaded: another program loads it too. Run it again.", err=True)
            return EXIT_NOT_LOADED
        said = f"{loaded:,}" if loaded else "there already"
        typer.echo(f"  {kind.what}: {said} (examples/{kind.file})")
    removing = for_this_folder(f"{COMMAND} remove")
    typer.echo(f"It is marked as such, and `{removing}` removes all of it.")
    return 0


async def remove() -> int:
    """Removes all that is marked as an example, also what people loaded from files of their own.

    In PostgreSQL with roles of their own, this takes the DATABASE_URL of the register's owner.
    """
    url = database_url()
    async with versions.opened(url) as engine:
        with versions.usable():
            await check_may_remove(engine)
            try:
                removed = [(kind, await kind.remove(engine)) for kind in KINDS]
            finally:
                await anchor_now(engine, url)
    said = ", ".join(f"{kind.what} {many:,}" for kind, many in removed if many)
    if said:
        typer.echo(f"Removed the example data: {said}.")
    else:
        typer.echo(f"There was no example data in {engine.url.database}.")
    return 0


async def offer() -> int:
    """Asks whether an empty register shall have it: what `make run` does at its first start.

    The exit status is that of loading, 0 for a no or where there is nothing to ask, and 130 when
    nobody answered.
    """
    if not await _is_empty():
        return 0
    removing, loading = (for_this_folder(f"{COMMAND} {each}") for each in ("remove", "load"))
    typer.echo(
        "The register is empty. There is example data to try it with: past incidents and audits\n"
        "with the figures of a published answer to a Freedom of Information request, invented\n"
        "training and a sample check. It is marked as an example wherever it counts, and\n"
        f"`{removing}` removes it."
    )
    answer = confirmed("Load the example data?")
    if answer is None:
        typer.echo("\nNobody answered, so nothing was loaded; the next `make run` asks again.")
        return EXIT_INTERRUPTED
    if not answer:
        typer.echo(f"Not loaded; `{loading}` does so later.")
        return 0
    async with using(database_url()) as engine:
        await versions.upgrade(engine)
    return await load()


async def _is_empty() -> bool:
    """Whether nothing was ever recorded in it; of one of another version we can't say."""
    url = database_url()
    if is_missing(url):
        return True
    async with using(url) as engine:
        found = await versions.version(engine)
        if found is None or versions.compared(found) is not versions.Fit.RIGHT:
            return found is None
        tables = (CaseRow, ReferralCountRow, *(kind.row for kind in KINDS))
        async with engine.execution_options(readonly=True).connect() as db:
            return not any([await db.scalar(select(select(row).exists())) for row in tables])


async def _would_mix(engine: AsyncEngine) -> bool:
    """Whether there are incidents of its own, and none of an example beside them yet."""
    name = IncidentRow.imported_as
    own = select(IncidentRow.reference).where(or_(name.is_(None), ~name.startswith(EXAMPLE)))
    example = select(IncidentRow.reference).where(and_(name >= EXAMPLE, name.startswith(EXAMPLE)))
    async with engine.execution_options(readonly=True).connect() as db:
        is_own = or_(select(CaseRow.reference).exists(), own.exists())
        return bool(await db.scalar(select(and_(is_own, ~example.exists()))))
