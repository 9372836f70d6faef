"""Backups of a register in PostgreSQL, by its own `pg_dump` and `pg_restore`."""

import asyncio
import contextlib
import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from register.database import asynchronous
from runtime.settings import SettingsError

ASIDE = "register_being_replaced"
"""The schema that holds the register that was there, until what is put back is verified."""
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
ASKED_TIMES, ASKED_EVERY_S = 5, 0.4


async def dump(url: str, db: AsyncConnection, to: Path) -> None:
    """Writes the register as a connection's snapshot sees it.

    Args:
        url: of the register.
        db: in a transaction that sees one moment.
        to: the file.

    Raises:
        SettingsError: when `pg_dump` is missing or fails.
    """
    await refuse_other_version(db, "pg_dump")
    seen = await db.scalar(text("SELECT pg_export_snapshot()"))
    await _run(url, "pg_dump", "--format=custom", f"--snapshot={seen}", f"--file={to}")


async def refuse_other_version(db: AsyncConnection, program: str) -> None:
    """Makes sure that a client program is of the server's own version.

    A newer one reads the server, and writes what it may not be able to take back.

    Raises:
        SettingsError: naming both versions.
    """
    server = int(await db.scalar(text("SHOW server_version_num")) or 0) // 10_000
    said = await _run("", program, "--version", connects=False)
    found = _VERSION.search(said)
    if found is None or int(found[1]) != server:
        raise SettingsError(
            f"{program} here is of version {found[1] if found else 'unknown'}, and the server of "
            f"{server}: install the client programs of version {server} (Debian: "
            f"postgresql-client-{server}), or put them first in PATH"
        )


async def check_readable(url: str, file: Path) -> None:
    """Reads a dump to its end.

    Raises:
        SettingsError: when that can't be done.
    """
    await _run(url, "pg_restore", f"--file={os.devnull}", f"{file}", connects=False)


@contextlib.asynccontextmanager
async def putting_back(file: Path, url: str, engine: AsyncEngine) -> AsyncIterator[None]:
    """Restores a dump; where the block then raises, what was there before is there again.

    Raises:
        SettingsError: when `pg_restore` is missing or fails, or the role may not make schemas.
    """
    async with engine.begin() as db:
        await refuse_other_version(db, "pg_restore")
        if await db.scalar(text("SELECT to_regnamespace(:name)"), {"name": ASIDE}):
            raise SettingsError(
                f"a restore was cut short, and the register from before it is the schema {ASIDE}: "
                "DROP SCHEMA public CASCADE and rename that one to public, then try again"
            )
        await db.exec_driver_sql(f"ALTER SCHEMA public RENAME TO {ASIDE}")
        await db.exec_driver_sql("CREATE SCHEMA public")
    try:
        await _run(
            url,
            "pg_restore",
            *("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"),
            f"{file}",
        )
        yield
    except BaseException:
        async with engine.begin() as db:
            await db.exec_driver_sql("DROP SCHEMA public CASCADE")
            await db.exec_driver_sql(f"ALTER SCHEMA {ASIDE} RENAME TO public")
        raise
    async with engine.begin() as db:
        await db.exec_driver_sql(f"DROP SCHEMA {ASIDE} CASCADE")


async def refuse_in_use(engine: AsyncEngine) -> None:
    """Makes sure that no other program is connected.

    Raises:
        SettingsError: when one is.
    """
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND usename IS NOT NULL"
    )
    for _ in range(ASKED_TIMES):
        async with engine.connect() as db:
            if not await db.scalar(others):
                return
        await asyncio.sleep(ASKED_EVERY_S)  # a program that has just ended may still be listed
    raise SettingsError(
        "the register is in use: stop worker, listener and whatever else is connected first"
    )


async def _run(url: str, program: str, *arguments: str, connects: bool = True) -> str:
    """What it printed."""
    path = shutil.which(program)
    if path is None:
        raise SettingsError(
            f"{program} is not installed here: install the client programs of your server's "
            "version of PostgreSQL (Debian: postgresql-client-16)"
        )
    conninfo, secrets = _connection(url) if url else ("", {})
    running = await asyncio.create_subprocess_exec(
        path,
        *arguments,
        *(("--no-password", f"--dbname={conninfo}") if connects else ()),
        # Not among the arguments, which every user of the machine can read.
        env={**os.environ, **secrets, "LC_ALL": "C"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        printed, said = await running.communicate()
    except asyncio.CancelledError:
        running.terminate()
        await running.wait()
        raise
    if running.returncode:
        lines = [line for line in said.decode(errors="replace").splitlines() if "error:" in line]
        reason = " ".join((lines or ["it gave no reason"])[0].split())
        raise SettingsError(f"{program} failed: {reason}{_advice(said.decode(errors='replace'))}")
    return printed.decode(errors="replace")


def _advice(said: str) -> str:
    if "version mismatch" in said or "unrecognized configuration parameter" in said:
        return ". Use the client programs of the server's own version of PostgreSQL"
    if "permission denied" in said or "must be owner" in said:
        return ". DATABASE_URL must be that of the register's owner here"
    return ""


def _connection(url: str) -> tuple[str, dict[str, str]]:
    """What may stand among arguments, and what may not."""
    parsed = asynchronous(url)
    given = parsed.translate_connect_args(username="user", database="dbname")
    given |= {name: value for name, value in parsed.query.items() if isinstance(value, str)}
    password = given.pop("password", None)
    return make_conninfo(**given), {"PGPASSWORD": str(password)} if password else {}
