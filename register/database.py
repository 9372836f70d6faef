"""Opening the register's database, SQLite or PostgreSQL, the same way everywhere."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from sqlite3 import SQLITE_BUSY
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, AdaptedConnection, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from runtime.settings import SettingsError

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

BUSY_MS = 10_000
"""How long a writer waits for another one before SQLite says that it is locked."""
ASK_AGAIN_S = 0.002
"""A commit with full sync takes about as long."""


def open_engine(url: str, *, must_exist: bool = False) -> AsyncEngine:
    """An engine for the register at a SQLAlchemy URL such as `sqlite:///.data/register.db`.

    SQLite is set to WAL with full sync: a commit survives a power cut, and readers never wait.

    Raises:
        SettingsError: when the URL can't be read, or the file's folder not be made; with
            `must_exist`, when there is no such file: a slip in its name must not make a second,
            empty register. The URL itself is not repeated: it may hold a password.
    """
    parsed = asynchronous(url)
    if parsed.get_backend_name() != "sqlite":
        return create_async_engine(parsed, pool_pre_ping=True)
    if must_exist and is_missing(url):
        raise SettingsError(
            f"DATABASE_URL: there is no register at {parsed.database}. Check the name, or run "
            "`python -m register upgrade` to make it"
        )
    if parsed.database:
        _make_folder(Path(parsed.database).parent)
        _make_private(parsed.database)
    engine = create_async_engine(parsed)
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "begin", _begin_as_writer)
    return engine


def insert_into(
    table: Any, bind: AsyncConnection | AsyncEngine
) -> "postgresql.Insert | sqlite.Insert":
    """An insert of the database's own kind, which knows what to do `on_conflict`."""
    # Here, since commands that only read would load the other database's dialect as well.
    from sqlalchemy.dialects import postgresql, sqlite

    if bind.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


@contextlib.asynccontextmanager
async def using(url: str, *, must_exist: bool = False) -> AsyncIterator[AsyncEngine]:
    """The same as `open_engine`, closed at the end."""
    engine = open_engine(url, must_exist=must_exist)
    try:
        yield engine
    finally:
        await engine.dispose()


def is_missing(url: str) -> bool:
    """Whether the URL names a SQLite file that is not there."""
    parsed = asynchronous(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return False
    return parsed.database != ":memory:" and not Path(parsed.database).exists()


def file_of(url: str) -> Path:
    """The file of a register in SQLite.

    Raises:
        SettingsError: when it is in memory, and there is no file.
    """
    name = asynchronous(url).database
    if not name or name == ":memory:" or name.startswith("file:"):
        raise SettingsError("DATABASE_URL names no file: write sqlite:///path/to/register.db")
    return Path(name)


def open_copy(file: Path) -> AsyncEngine:
    """An engine on a file of SQLite that nobody writes to: it reads, and leaves nothing beside."""
    engine = create_async_engine(
        URL.create(
            "sqlite+aiosqlite",
            database=f"file:{quote(str(file.resolve()))}",
            query={"mode": "ro", "immutable": "1", "uri": "true"},
        )
    )
    event.listen(engine.sync_engine, "connect", _leave_transactions_to_us)
    event.listen(engine.sync_engine, "begin", _begin_as_reader)
    return engine


def turns(engine: AsyncEngine) -> AbstractAsyncContextManager[object]:
    """What this process's writers hold while they write, so that they go in the order they came.

    SQLite has no queue: a writer that finds it locked sleeps and tries again, and of 50 at once
    some would try for seconds (docs/performance.md). PostgreSQL needs no turns.
    """
    return asyncio.Lock() if engine.dialect.name == "sqlite" else contextlib.nullcontext()


def asynchronous(url: str) -> URL:
    """The URL with the asynchronous driver that the register uses for that database.

    Raises:
        SettingsError: when it can't be read, or names another kind of database.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # Not chained: the parser quotes what it stumbles over, which may be the password.
        raise SettingsError(
            "DATABASE_URL can't be read. Write postgresql://user:password@host:port/database, "
            "and @ : / in the password as %40 %3A %2F"
        ) from None
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
    name = drivers.get(parsed.get_backend_name())
    if name is None:
        raise SettingsError("DATABASE_URL must begin with sqlite:/// or postgresql://")
    return parsed.set(drivername=name)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingsError(
            f"DATABASE_URL: can't make the folder {folder}: {error.strerror}"
        ) from error


def _make_private(name: str) -> None:
    """Makes the file for its owner alone; SQLite gives the files beside it the same permissions."""
    if name == ":memory:" or name.startswith("file:"):
        return
    # What can't be done here, SQLite can't do either, and says so; a file of another owner's is
    # theirs to share.
    with contextlib.suppress(OSError):
        Path(name).touch(mode=0o600)
    for file in (Path(name), Path(f"{name}-wal"), Path(f"{name}-shm")):
        with contextlib.suppress(OSError):
            if file.is_file():
                file.chmod(0o600)


def _leave_transactions_to_us(connection: Any, _: Any) -> None:
    # The driver's own transaction handling begins too late for BEGIN IMMEDIATE below.
    connection.isolation_level = None


def _begin_as_reader(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _set_pragmas(connection: Any, record: Any) -> None:
    _leave_transactions_to_us(connection, record)
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MS}",  # first: to become WAL, the file must wait its turn as well
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_as_writer(connection: Connection) -> None:
    """Takes the write lock at once, so that two writers queue instead of failing at commit.

    SQLite's own waiting sleeps for up to a tenth of a second, in which other programs' writers
    pass: a listener waited seconds so for a worker. So we ask ourselves, and much more often.
    """
    if connection.get_execution_options().get("readonly", False):
        connection.exec_driver_sql("BEGIN")
        return
    give_up_at = time.monotonic() + BUSY_MS / 1000
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        while not _began(connection, or_raise=time.monotonic() > give_up_at):
            _sleep(connection, ASK_AGAIN_S)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MS}")


def _began(connection: Connection, *, or_raise: bool) -> bool:
    """Whether the write lock was free."""
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        # Of the extended codes, the low byte says what they are a kind of.
        kind = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if or_raise or kind != SQLITE_BUSY:
            raise
        return False
    return True


def _sleep(connection: Connection, seconds: float) -> None:
    """Lets others go on meanwhile, though the driver's events are not asynchronous."""
    driver = cast(AdaptedConnection, connection.connection.dbapi_connection)
    driver.run_async(lambda _: asyncio.sleep(seconds))
