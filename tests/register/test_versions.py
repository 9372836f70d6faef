"""The version of the tables: a program starts only on a register that fits it."""

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import AsyncEngine

import register.all_tables  # noqa: F401  they are Base's
from register import versions
from register.database import open_engine
from register.foreign import refuse_foreign
from register.tables import Base
from register.versions import WrongVersionError
from runtime.settings import SettingsError


async def columns(engine: AsyncEngine) -> dict[str, set[str]]:
    """The columns that the tables in the database have."""
    found = {}
    async with engine.connect() as db:
        for table in Base.metadata.tables:
            found[table] = set((await db.exec_driver_sql(f"SELECT * FROM {table}")).keys())  # noqa: S608
    return found


async def test_an_empty_database_is_older_and_the_message_says_what_to_do(empty_url: str) -> None:
    engine = open_engine(empty_url)

    with pytest.raises(WrongVersionError, match=r"older .* `python -m register upgrade`"):
        await versions.check(engine)

    await engine.dispose()


def test_the_versions_are_those_that_alembic_goes_through() -> None:
    script = ScriptDirectory(str(versions.MIGRATIONS))

    assert versions.known_versions() == tuple(
        each.revision for each in reversed([*script.walk_revisions()])
    )


async def test_an_upgraded_database_fits(engine: AsyncEngine) -> None:
    await versions.check(engine)


async def test_upgrading_again_changes_nothing(engine: AsyncEngine) -> None:
    await versions.upgrade(engine)

    await versions.check(engine)


async def test_a_database_of_a_newer_program_is_left_alone(engine: AsyncEngine) -> None:
    async with engine.begin() as db:
        await db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(WrongVersionError, match=r"newer .*9999"):
        await versions.check(engine)
    with pytest.raises(WrongVersionError, match=r"newer .*9999"):
        await versions.upgrade(engine)


async def test_the_migrations_make_the_tables_that_the_program_knows(engine: AsyncEngine) -> None:
    assert await columns(engine) == {
        name: {column.name for column in table.columns}
        for name, table in Base.metadata.tables.items()
    }


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://register:MARKER@127.0.0.1:1/register", "Connection refused"),
        ("postgresql://register:MARKER@/register?host=/nowhere", "No such file"),
        ("sqlite:////dev/null", "DATABASE_URL"),
    ],
)
async def test_a_database_that_can_t_be_used_is_one_line_without_the_password(
    url: str, words: str
) -> None:
    engine = open_engine(url)

    for use in (versions.check, versions.upgrade):
        with pytest.raises(SettingsError) as refused:
            await use(engine)
        message = str(refused.value)
        assert message.startswith("DATABASE_URL: ")
        assert words in message
        assert "MARKER" not in message
        assert "\n" not in message

    await engine.dispose()


async def test_a_database_of_something_else_is_left_alone(empty_url: str) -> None:
    engine = open_engine(empty_url)
    async with engine.begin() as db:
        await db.exec_driver_sql("CREATE TABLE payroll (id INTEGER)")

    with pytest.raises(SettingsError, match="not the register's: the table payroll"):
        await versions.upgrade(engine)

    async with engine.begin() as db:
        assert await db.run_sync(lambda there: inspect(there).get_table_names()) == ["payroll"]
        await db.exec_driver_sql("DROP TABLE payroll")
        await db.exec_driver_sql("CREATE VIEW wages AS SELECT 1 AS one")
    with pytest.raises(SettingsError, match="not the register's: the view wages"):
        await versions.upgrade(engine)
    await engine.dispose()


async def test_a_table_that_came_beside_a_register_does_not_keep_it_from_being_upgraded(
    engine: AsyncEngine,
) -> None:
    async with engine.begin() as db:
        await db.run_sync(refuse_foreign)
        await db.exec_driver_sql("CREATE TABLE payroll (id INTEGER)")

    await versions.upgrade(engine)

    async with engine.begin() as db:
        with pytest.raises(SettingsError, match="payroll"):
            await db.run_sync(refuse_foreign)
