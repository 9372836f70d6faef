"""The version of the register's tables: brought up to date by a command, checked at every start."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from register.database import using
from runtime.settings import SettingsError

MIGRATIONS = Path(__file__).parent / "migrations"


class WrongVersionError(SettingsError):
    """The database's tables are not of the version that this program knows."""


async def upgrade(engine: AsyncEngine, *, role: str | None = None) -> None:
    """Brings the tables up to date; may be run again.

    Args:
        engine: of the register, in PostgreSQL by the role that owns it.
        role: the role of the programs, which is granted what they need and no more.

    Raises:
        WrongVersionError: when the database is newer than this program.
        SettingsError: when the database can't be used.
    """
    # Here, since every command begins with this module: these take longer than an answer.
    from register.grants import grant
    from register.incidents import count_cases

    with usable():
        async with engine.begin() as db:
            await db.run_sync(_upgrade)
            if role:
                await db.run_sync(grant, role)
        await count_cases(engine)


@contextlib.asynccontextmanager
async def opened(url: str) -> AsyncIterator[AsyncEngine]:
    """The register's database, made sure to fit this program; closed at the end.

    Raises:
        WrongVersionError: saying which is older, and what to do.
    """
    async with using(url, must_exist=True) as engine:
        await check(engine)
        yield engine


async def check(engine: AsyncEngine) -> None:
    """Makes sure that program and database fit.

    Raises:
        WrongVersionError: saying which is older, and what to do.
        SettingsError: when the database can't be used.
    """
    found = await version(engine)
    match compared(found):
        case Fit.OLDER:
            raise WrongVersionError(
                "DATABASE_URL: the register's database is older than this program: run "
                "`python -m register upgrade`"
            )
        case Fit.NEWER:
            raise WrongVersionError(_NEWER.format(found=found))


class Fit(StrEnum):
    """What the tables that are there are to this program."""

    RIGHT = "right"
    OLDER = "older_than_this_program"
    NEWER = "newer_than_this_program"


def compared(found: str | None) -> Fit:
    """How a version of the tables, None where there are none, compares with this program's."""
    known = known_versions()
    if found == known[-1]:
        return Fit.RIGHT
    return Fit.OLDER if found is None or found in known else Fit.NEWER


async def version(engine: AsyncEngine) -> str | None:
    """The version of the tables that are there; None where there are none.

    Raises:
        SettingsError: when the database can't be used.
    """
    with usable():
        return await version_found(engine)


async def version_found(engine: AsyncEngine) -> str | None:
    """The same for who says in other words why the database can't be used.

    Raises:
        DBAPIError: when it can't; see `usable`.
    """
    async with engine.connect() as db:
        return await db.run_sync(_found)


def is_known(number: str) -> bool:
    """Whether a version is this program's or an older one."""
    return number in known_versions()


@lru_cache(maxsize=1)
def known_versions() -> tuple[str, ...]:
    """The versions that this program knows, the oldest first, by the names of the migrations."""
    files = (MIGRATIONS / "versions").glob("[0-9]*.py")
    return tuple(sorted(file.name.partition("_")[0] for file in files))


_NEWER = (
    "the register's database is newer than this program (version {found}): "
    "install the newer program"
)


@contextlib.contextmanager
def usable(what: str = "DATABASE_URL: the register") -> Iterator[None]:
    """Says in one line why a database can't be used; its words hold no password."""
    try:
        yield
    except DBAPIError as error:
        reason = " ".join(str(error.orig).split())
        raise SettingsError(f"{what} can't be used: {reason}") from error


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    from register.foreign import refuse_foreign

    found = _found(connection)
    is_ours = found is not None and is_known(found)
    if not is_ours:
        refuse_foreign(connection)
    if found is not None and not is_ours:
        raise WrongVersionError(_NEWER.format(found=found))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _found(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
