"""`python -m register backup`: a verified copy, and what is said of it."""

from pathlib import Path

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from register import versions
from register.anchor import Marks, anchor_if_any, read_whole
from register.backup import postgresql, sqlite
from register.backup.files import SQLITE, check_free, draft, kind_of
from register.database import file_of, open_copy
from register.reading import CHAINS, snapshot
from register.verification import Checked, verified, verify
from runtime.files import put_in_place
from runtime.settings import SettingsError, database_url
from runtime.terminal import progress_bar

EXIT_NOT_INTACT = 1


async def back_up(file: Path, *, overwrite: bool) -> int:
    """Writes a verified copy of the register to a file.

    The exit status is 1 for a register that is not intact: its copy has another name then, so that
    it takes no good copy's place.

    Raises:
        SettingsError: when that can't be done.
    """
    url = database_url()
    check_free(file, overwrite=overwrite)
    anchor = anchor_if_any(url)
    _refuse_what_it_copies(file, url, anchor)
    # The anchor first: a copy that is made afterwards has all that it names.
    marks = read_whole(anchor, CHAINS) if anchor else None
    async with versions.opened(url) as engine:
        with draft(file) as beside, versions.usable():
            if kind_of(url) == SQLITE:
                checked = await _copy_sqlite(url, beside, marks or ())
            else:
                checked = await _dump_postgresql(url, engine, beside, marks or ())
            version = await versions.version(engine)
            faults = [each.fault for each in checked if each.fault]
            name = file.with_name(f"{file.name}.not-intact") if faults else file
            put_in_place(beside, name)
    events = ", ".join(f"{each.events:,} {each.chain}" for each in checked)
    typer.echo(f"{name}: {events}, version {version}, {name.stat().st_size / 1e6:,.1f} MB")
    if marks is None:
        typer.echo("No anchor was looked at: newest events that were removed don't show.")
    for fault in faults:
        typer.echo(f"NOT INTACT: {fault}", err=True)
    if faults:
        return EXIT_NOT_INTACT
    typer.echo("It is intact. It holds the cases in clear: keep it as you keep them.")
    return 0


async def _copy_sqlite(url: str, beside: Path, marks: Marks) -> list[Checked]:
    with progress_bar() as progress:
        task = progress.add_task("Copying")
        await sqlite.copy(
            url, beside, lambda done, total: progress.update(task, completed=done, total=total)
        )
    engine = open_copy(beside)
    try:
        with progress_bar() as progress:
            task = progress.add_task("Verifying")
            return await verify(engine, marks, lambda count: progress.advance(task, count))
    finally:
        await engine.dispose()


async def _dump_postgresql(
    url: str, engine: AsyncEngine, beside: Path, marks: Marks
) -> list[Checked]:
    """What is verified is the very snapshot that is written."""
    async with snapshot(engine).connect() as db:
        with progress_bar() as progress:
            task = progress.add_task("Verifying")
            checked = await verified(db, marks, lambda count: progress.advance(task, count))
        await postgresql.dump(url, db, beside)
    await postgresql.check_readable(url, beside)
    return checked


def _refuse_what_it_copies(file: Path, url: str, anchor: Path | None) -> None:
    precious = {"the register itself": file_of(url) if kind_of(url) == SQLITE else None}
    precious["the register's anchor"] = anchor
    for what, kept in precious.items():
        if kept and kept.exists() and file.exists() and file.samefile(kept):
            raise SettingsError(f"{file} is {what}: give another name")
