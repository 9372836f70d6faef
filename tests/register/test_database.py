"""How the register's database is opened: durable on SQLite, and only what it is made for."""

from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from register.database import BUSY_MS, asynchronous, open_engine
from runtime.settings import SettingsError


async def pragma(engine_url: str, name: str) -> object:
    engine = open_engine(engine_url)
    async with engine.connect() as db:
        value = (await db.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
    await engine.dispose()
    return value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL: a commit survives a power cut
        ("foreign_keys", 1),
        ("busy_timeout", BUSY_MS),
    ],
)
async def test_sqlite_is_set_to_keep_what_it_has_confirmed(
    tmp_path: Path, name: str, value: object
) -> None:
    assert await pragma(f"sqlite:///{tmp_path}/register.db", name) == value


async def test_every_connection_of_the_pool_is_set(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/register.db")
    reader = engine.execution_options(readonly=True)

    async with reader.connect() as one, reader.connect() as other:
        for db in (one, other):
            assert (await db.exec_driver_sql("PRAGMA synchronous")).scalar_one() == 2

    await engine.dispose()


def modes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in folder.glob("register.db*")}


async def test_its_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/register.db")

    async with engine.begin() as db:
        await db.exec_driver_sql("CREATE TABLE kept (id int)")
        found = modes(tmp_path)

    await engine.dispose()
    assert found == dict.fromkeys(["register.db", "register.db-wal", "register.db-shm"], 0o600)


async def test_files_that_others_could_read_are_closed_to_them(tmp_path: Path) -> None:
    names = ["register.db", "register.db-wal", "register.db-shm"]
    for name in names:
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o644)

    await open_engine(f"sqlite:///{tmp_path}/register.db").dispose()

    assert modes(tmp_path) == dict.fromkeys(names, 0o600)


async def test_a_folder_given_for_the_file_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    await open_engine(f"sqlite:///{tmp_path}").dispose()

    assert tmp_path.stat().st_mode & 0o777 == 0o755


async def test_a_database_in_memory_makes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert await pragma("sqlite:///:memory:", "foreign_keys") == 1

    assert list(tmp_path.iterdir()) == []


async def test_readers_don_t_wait_for_a_writer(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/register.db")
    async with engine.begin() as db:
        await db.exec_driver_sql("CREATE TABLE kept (id int)")

    async with engine.begin() as writer:
        await writer.exec_driver_sql("INSERT INTO kept VALUES (1)")
        async with engine.execution_options(readonly=True).connect() as reader:
            rows = await reader.exec_driver_sql("SELECT count(*) FROM kept")
            assert rows.scalar_one() == 0

    await engine.dispose()


async def test_the_folder_of_the_file_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    await open_engine(f"sqlite:///{tmp_path}/new/register.db").dispose()

    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///x.db", "sqlite+aiosqlite"),
        ("sqlite+pysqlite:///x.db", "sqlite+aiosqlite"),
        ("postgresql://h/d", "postgresql+psycopg"),
        ("postgresql+psycopg2://h/d", "postgresql+psycopg"),
    ],
)
def test_each_database_has_its_driver(url: str, driver: str) -> None:
    assert asynchronous(url).drivername == driver
    assert asynchronous(url).database == make_url(url).database


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:MARKER@h/d",
        "postgresql:MARKER",
        "postgresql://u:p@h:MARKER/d",
        "postgresql://u:MARKER@MARKER:MARKER@h:5x/d",
        "MARKER",
    ],
)
def test_a_url_that_can_t_be_read_is_named_and_not_repeated(url: str) -> None:
    with pytest.raises(SettingsError) as refused:
        open_engine(url)

    assert "DATABASE_URL" in str(refused.value)
    assert "MARKER" not in f"{refused.value!r} {refused.value.__cause__!r}"
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_a_folder_that_can_t_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(SettingsError, match=r"DATABASE_URL: can't make the folder .*file"):
        open_engine(f"sqlite:///{tmp_path}/file/below/register.db")
