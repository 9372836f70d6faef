"""Opening the register's database, SQLite or PostgreSQL, the same way everywhere."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BUSY_MS = 10_000
"""How long a writer waits for another one before SQLite says that it is locked."""


def open_engine(url: str) -> AsyncEngine:
    """An engine for the register at a SQLAlchemy URL such as `sqlite:///.data/register.db`.

    SQLite is set to WAL with full sync: a commit survives a power cut, and readers never wait.
    """
    parsed = asynchronous(url)
    if parsed.get_backend_name() != "sqlite":
        return create_async_engine(parsed, pool_pre_ping=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_async_engine(parsed)
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "begin", _begin_as_writer)
    return engine


def asynchronous(url: str) -> URL:
    """The URL with the asynchronous driver that the register uses for that database."""
    parsed = make_url(url)
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
    name = drivers.get(parsed.get_backend_name())
    if name is None:
        raise ValueError("the register needs sqlite:///… or postgresql://…")
    return parsed.set(drivername=name)


def _set_pragmas(connection: Any, _: Any) -> None:
    # The driver's own transaction handling begins too late for BEGIN IMMEDIATE below.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_as_writer(connection: Connection) -> None:
    """Takes the write lock at once, so that two writers queue instead of failing at commit."""
    readonly = connection.get_execution_options().get("readonly", False)
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")
