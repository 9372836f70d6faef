"""`python -m register retention`, `hold`, `release` and `holds`: what is said, and when."""

import contextlib
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import typer

from domain.absence import london_day
from domain.clocks import london
from domain.retention import Retention
from register import versions
from register.anchoring import anchor_now
from register.database import asynchronous, file_of
from register.exports import this_login
from register.retention.due import Due, Schedule, what_is_due
from register.retention.holding import HoldError, Holds, checked_reason
from register.retention.removing import Remover, check_may_remove
from runtime.settings import database_url, organisation
from runtime.terminal import progress_bar

EXIT_BAD_INPUT = 2


async def run_retention(*, yes: bool) -> int:
    """Lists what is due, and removes it where that was said."""
    url, retention = database_url(), organisation().retention
    schedule = Schedule(retention, london_day(datetime.now(UTC)))
    async with versions.opened(url) as engine:
        with versions.usable():
            remover = Remover(engine, schedule, this_login())
            if yes:
                await check_may_remove(engine)
            due = await what_is_due(engine, schedule)
            _list(due, retention)
            many = sum(len(each.references) for each in due)
            if not yes:
                typer.echo(f"{many:,} due. Nothing was removed: --yes removes them.")
                return 0
            try:
                removed = await _removed(remover, due)
            finally:
                await anchor_now(engine, url)
    _forget_log(url)
    left = f"; {many - removed:,} are not due any more" if removed < many else ""
    typer.echo(f"{removed:,} removed{left}.")
    return 0


def _list(due: list[Due], retention: Retention) -> None:
    for each in due:
        kept = retention.kept_for(each.rule)
        typer.echo(f"{each.rule.label}, kept for {kept}: {len(each.references):,} due")
        for reference in each.references:
            typer.echo(f"  {reference}")
        for reference in each.held:
            typer.echo(f"  {reference} is on hold, and stays")


async def _removed(remover: Remover, due: list[Due]) -> int:
    removed = 0
    with progress_bar() as progress:
        total = sum(len(each.references) for each in due)
        task = progress.add_task("Removing", total=total)
        for each in due:
            for reference in each.references:
                removed += await remover.remove(each.rule, reference)
                progress.advance(task)
    return removed


def _forget_log(url: str) -> None:
    """Empties SQLite's write-ahead log, which still holds what was removed; where nobody reads."""
    if asynchronous(url).get_backend_name() != "sqlite":
        return
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(file_of(url))) as db,
    ):
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def place(typed: str, reason: str) -> int:
    """Places a hold."""
    reference = typed.strip().upper()
    said = f"{reference} is on hold until somebody releases it."
    return await _done(lambda holds, why: holds.place(reference, why, this_login()), reason, said)


async def release(typed: str, reason: str) -> int:
    """Releases a hold."""
    reference = typed.strip().upper()
    said = f"{reference} is not on hold any longer; retention may remove it when it is due."
    return await _done(lambda holds, why: holds.release(reference, why, this_login()), reason, said)


async def list_holds() -> int:
    """Lists the holds that are in force."""
    async with versions.opened(database_url()) as engine:
        with versions.usable():
            found = await Holds(engine).in_force()
    for hold in found:
        typer.echo(f"{hold.reference}  {london(hold.placed_at)}  {hold.placed_by}  {hold.reason}")
    if not found:
        typer.echo("Nothing is on hold.")
    return 0


async def _done(act: Callable[[Holds, str], Awaitable[None]], reason: str, said: str) -> int:
    try:
        checked = checked_reason(reason)
        async with versions.opened(database_url()) as engine:
            with versions.usable():
                await act(Holds(engine), checked)
    except HoldError as error:
        typer.echo(f"error: {error}", err=True)
        return EXIT_BAD_INPUT
    typer.echo(said)
    return 0
