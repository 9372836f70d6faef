"""The register in a fresh database for each test: SQLite in a file, and a real PostgreSQL."""

import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import LiteralString, cast

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.ext.asyncio import AsyncEngine

from register import versions
from register.database import open_engine
from register.reservations import Reservations
from register.store import Store
from tests import postgresql

_counter = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """Makes an empty database in a PostgreSQL server of the version that production runs."""
    with postgresql.running() as server:
        socket = str(server.get_postmaster_info().socket_dir)

        def execute(*statements: LiteralString) -> None:
            with psycopg.connect(host=socket, user="postgres", autocommit=True) as admin:
                for statement in statements:
                    admin.execute(statement)

        def new_database() -> str:
            name = f"register_{next(_counter)}"
            with psycopg.connect(host=socket, user="postgres", autocommit=True) as admin:
                admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            return f"postgresql://postgres@/{name}?host={socket}"

        # What is tested here is not whether it survives a power cut.
        execute("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield new_database


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without any tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data/register.db"
    return cast(Callable[[], str], request.getfixturevalue("postgres"))()


@pytest.fixture
async def engine(empty_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on a register with its tables."""
    engine = open_engine(empty_url)
    await versions.upgrade(engine)
    yield engine
    await engine.dispose()


@pytest.fixture
async def engines(engine: AsyncEngine, empty_url: str) -> AsyncIterator[list[AsyncEngine]]:
    """Four engines on the same register, as four programs would have."""
    others = [open_engine(empty_url) for _ in range(3)]
    yield [engine, *others]
    for other in others:
        await other.dispose()


@pytest.fixture
def reservations(engine: AsyncEngine) -> Reservations:
    return Reservations(engine)


@pytest.fixture
def store(engine: AsyncEngine) -> Store:
    return Store(engine)
