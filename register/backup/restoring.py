"""`python -m register restore`: what it makes sure of, and what it says."""

import asyncio
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy import column, func, select, table
from sqlalchemy.ext.asyncio import AsyncEngine

from register import versions
from register.anchor import Marks, anchor_if_any, read_whole
from register.anchoring import anchor_now
from register.backup import postgresql, sqlite
from register.backup.files import POSTGRESQL, SQLITE, database_of, kind_of
from register.database import file_of, open_copy, using
from register.exports import this_login
from register.foreign import refuse_foreign
from register.grants import application_role, grant
from register.reading import CHAINS
from register.verification import Checked, verify
from runtime.settings import SettingsError, database_url
from runtime.terminal import progress_bar

EXIT_NOT_RESTORED = 1


@dataclass(frozen=True)
class Restoring:
    """What may be lost in restoring."""

    replace: bool = False
    yes: bool = False
    new_anchor: bool = False


class RefusedError(Exception):
    """A person said no."""


async def restore(file: Path, wishes: Restoring) -> int:
    """Makes a backup the register.

    The exit status is 1 when it is not intact, or a person said no; nothing has changed then.

    Raises:
        SettingsError: when that can't be done; nothing has changed then either.
    """
    url = database_url()
    kind = database_of(file)
    if kind != kind_of(url):
        raise SettingsError(f"{file} is of {kind}, and DATABASE_URL names another kind of database")
    anchor = anchor_if_any(url)
    whole = () if wishes.new_anchor else CHAINS
    marks = (read_whole(anchor, whole) if anchor else None) or ()
    try:
        await _make_way(url, wishes)
        if kind == SQLITE:
            checked = await _restore_sqlite(file, url, marks, wishes)
        else:
            checked = await _restore_postgresql(file, url, marks, wishes)
    except _NotIntactError as error:
        for fault in error.faults:
            typer.echo(f"NOT INTACT: {fault}", err=True)
        typer.echo(f"{file} was not restored, and nothing has changed.", err=True)
        return EXIT_NOT_RESTORED
    except RefusedError:
        typer.echo("Nothing was restored.", err=True)
        return EXIT_NOT_RESTORED
    await _settle_anchor(anchor, file, url, wishes)
    events = ", ".join(f"{each.events:,} {each.chain}" for each in checked)
    typer.echo(f"Restored from {file}, and verified there: {events}.")
    typer.echo("Where Temporal remembers more, `python starter.py reconcile` gives it back.")
    async with using(url, must_exist=True) as engine:
        try:
            await versions.check(engine)
        except versions.WrongVersionError:
            typer.echo("It is of an older version: run `python -m register upgrade` now.")
    return 0


class _NotIntactError(Exception):
    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


async def _restore_sqlite(file: Path, url: str, marks: Marks, wishes: Restoring) -> list[Checked]:
    engine = open_copy(file)
    try:
        with versions.usable(f"the backup {file}"):
            await _accepted(engine, file, marks, wishes)
    finally:
        await engine.dispose()
    await asyncio.to_thread(sqlite.put_back, file, url)
    async with using(url) as engine:
        with versions.usable():
            return await _accepted(engine, file, marks, wishes)


async def _restore_postgresql(
    file: Path, url: str, marks: Marks, wishes: Restoring
) -> list[Checked]:
    await postgresql.check_readable(url, file)
    async with using(url) as engine:
        with versions.usable():
            async with postgresql.putting_back(file, url, engine):
                checked = await _accepted(engine, file, marks, wishes)
                if role := application_role():
                    async with engine.begin() as db:
                        await db.run_sync(grant, role)
            return checked


async def _accepted(
    engine: AsyncEngine, file: Path, marks: Marks, wishes: Restoring
) -> list[Checked]:
    """Makes sure that it is a register, intact, and not denied by the anchor.

    Raises:
        SettingsError: saying what is to be done.
        _NotIntactError: naming the faults.
    """
    version = await versions.version_found(engine)
    if version is None:
        raise SettingsError(f"{file} is no backup of the register: it has no version")
    if not versions.is_known(version):
        raise SettingsError(
            f"{file} is newer than this program (version {version}): install the newer program"
        )
    with progress_bar() as progress:
        task = progress.add_task("Verifying")
        checked = await verify(engine, (), lambda count: progress.advance(task, count))
        if faults := [str(each.fault) for each in checked if each.fault]:
            raise _NotIntactError(faults)
        if not marks or wishes.new_anchor:
            return checked
        against = await verify(engine, marks, lambda _: None)
    for each in against:
        if each.fault:
            raise SettingsError(
                f"the anchor denies this backup: {each.fault}. If this state is to be put back all "
                "the same, say --new-anchor: the old anchor is kept beside, and a new one begun"
            )
    return checked


async def _make_way(url: str, wishes: Restoring) -> None:
    """Makes sure that what is there may be replaced.

    Raises:
        SettingsError: when it may not, something of others is there, or programs use it.
        RefusedError: when a person said no.
    """
    if kind_of(url) == SQLITE:
        if not file_of(url).exists():
            return
        await asyncio.to_thread(sqlite.refuse_in_use, url)
    async with using(url) as engine:
        with versions.usable():
            if kind_of(url) == POSTGRESQL:
                await postgresql.refuse_in_use(engine)
            async with engine.connect() as db:
                await db.run_sync(refuse_foreign)
            cases = None
            if await versions.version(engine) is not None:
                async with engine.connect() as db:
                    events = table("events", column("reference"))
                    cases = await db.scalar(select(func.count(func.distinct(events.c.reference))))
    if not cases:
        return
    if not wishes.replace:
        raise SettingsError(
            f"the register that DATABASE_URL names is not empty: it has {cases:,} cases. Restore "
            "into an empty one; or say --replace, and what is there is gone"
        )
    if wishes.yes:
        return
    if not sys.stdin.isatty():
        raise SettingsError("this is not a terminal, so nobody can be asked: say --yes as well")
    if not await asyncio.to_thread(
        typer.confirm, f"Replace the register that is there, with its {cases:,} cases, for good?"
    ):
        raise RefusedError


async def _settle_anchor(anchor: Path | None, file: Path, url: str, wishes: Restoring) -> None:
    """Sets the old anchor aside where that was asked for, and anchors what is there now."""
    if anchor and wishes.new_anchor:
        await asyncio.to_thread(_set_aside, anchor, file)
    async with using(url) as engine:
        await anchor_now(engine, url)


def _set_aside(anchor: Path, file: Path) -> None:
    """Keeps the old anchor under another name, with a line that says why."""
    if not anchor.exists():
        return
    now = datetime.now(UTC)
    aside = anchor.with_name(f"{anchor.name}.before-{now:%Y%m%dT%H%M%SZ}")
    why = f"{this_login()}: the register was put back from {file.name}"
    with anchor.open("a", encoding="ascii", errors="backslashreplace") as writing:
        writing.write(f"# Set aside on {now:%Y-%m-%dT%H:%M:%SZ} by {why}\n")
    anchor.rename(aside)
    typer.echo(f"The old anchor is now {aside}; a new one begins.")
