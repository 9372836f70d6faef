"""What is in the register's place in a database and is not the register's: never touched."""

from collections.abc import Iterator

from sqlalchemy import Connection, inspect, text

from register.all_tables import NAMES
from runtime.settings import SettingsError

_ROUTINES = text(
    "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
    "AND prorettype <> 'trigger'::regtype ORDER BY proname LIMIT 1"
)


def refuse_foreign(connection: Connection) -> None:
    """Makes sure that the database (in PostgreSQL: its schema in use) has nothing of others.

    Raises:
        SettingsError: naming the first thing that is not the register's.
    """
    found = next(_foreign(connection), None)
    if found is not None:
        raise SettingsError(
            f"DATABASE_URL: the database has something that is not the register's: {found}. "
            "Give the register a database of its own; nothing was changed"
        )


def _foreign(connection: Connection) -> Iterator[str]:
    there = inspect(connection)
    yield from (f"the table {name}" for name in sorted({*there.get_table_names()} - NAMES))
    yield from (f"the view {name}" for name in sorted(there.get_view_names()))
    if connection.dialect.name != "postgresql":
        return
    views = there.get_materialized_view_names()
    tables = there.get_foreign_table_names()  # type: ignore[attr-defined]
    yield from (f"the view {name}" for name in sorted(views))
    yield from (f"the table {name}" for name in sorted(tables))
    yield from (f"the function {name}" for name in connection.scalars(_ROUTINES))
