"""The register in a fresh database for each test: SQLite in a file, and a real PostgreSQL."""

import itertools
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import cast

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from register import versions
from register.database import file_of, open_engine
from register.reservations import Reservations
from register.store import Store
from tests import postgresql

_counter = itertools.count(1)


class Databases:
    """A PostgreSQL server of the version that production runs; called, it makes a database."""

    def __init__(self, socket: str) -> None:
        self._socket = socket
        # What is tested here is not whether it survives a power cut.
        self._execute(sql.SQL("ALTER SYSTEM SET fsync = off"), sql.SQL("SELECT pg_reload_conf()"))

    def __call__(self) -> str:
        """The URL of a new database without any tables."""
        name = f"register_{next(_counter)}"
        self._execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return f"postgresql://postgres@/{name}?host={self._socket}"

    def copy(self, template: str, to: str) -> None:
        """Puts a copy in the place of a database; nobody may be connected to either."""
        source, name = (sql.Identifier(cast(str, make_url(url).database)) for url in (template, to))
        self._execute(
            sql.SQL("DROP DATABASE {}").format(name),
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, source),
        )

    def _execute(self, *statements: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(host=self._socket, user="postgres", autocommit=True) as admin:
            for statement in statements:
                admin.execute(statement)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Databases]:
    """Makes empty databases."""
    with postgresql.running() as server:
        yield Databases(str(server.get_postmaster_info().socket_dir))


@pytest.fixture(scope="session")
async def postgres_register(postgres: Databases) -> str:
    """A register with its tables, to be copied: making them takes five times as long."""
    url = postgres()
    engine = open_engine(url)
    await versions.upgrade(engine)
    await engine.dispose()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without any tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data/register.db"
    return cast(Callable[[], str], request.getfixturevalue("postgres"))()


@pytest.fixture
def register_url(empty_url: str, request: pytest.FixtureRequest) -> str:
    """The same with the register's tables in it."""
    if empty_url.startswith("sqlite"):
        file = file_of(empty_url)
        file.parent.mkdir()
        shutil.copy(request.getfixturevalue("empty_register"), file)
    else:
        postgres = cast(Databases, request.getfixturevalue("postgres"))
        postgres.copy(request.getfixturevalue("postgres_register"), empty_url)
    return empty_url


@pytest.fixture
async def engine(register_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on a register with its tables."""
    engine = open_engine(register_url)
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
