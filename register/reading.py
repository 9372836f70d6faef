"""Reading chains as their rows stand in the database, in one snapshot and without the ORM."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, cast, column, func, select, table
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from register.chain_schema import ChainHeadRow
from register.hashing import Kept

CHAINS = {"events": "cases", "referral_events": "referrals"}
"""The tables of events, and of what is made of them."""
BATCH = 2000
REMOVED = "removed"
"""The kind of the event that says that what came before it was removed."""
_OF_REMOVAL = ("position", "reference", "number", "kind", "details")


class Stored(NamedTuple):
    """An event as its row stands there; its content is None where it was removed."""

    kept: Kept
    hash: str
    salt: str | None
    actor: str | None
    details: str | None
    """The text of its JSON."""


def snapshot(engine: AsyncEngine) -> AsyncEngine:
    """An engine whose transactions see one moment, whoever writes meanwhile, and write nothing."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(readonly=True)
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


async def batches(db: AsyncConnection, chain: str, behind: int = 0) -> AsyncIterator[list[Stored]]:
    """The events of a chain behind a position, in order, some thousands at a time."""
    statement = _whole(db, chain).order_by(column("position"))
    if behind:
        statement = statement.where(column("position") > behind)
    found = await db.stream(statement, execution_options={"yield_per": BATCH})
    async for rows in found.partitions():
        yield _stored(rows)


async def after(db: AsyncConnection, chain: str, position: int) -> Stored | None:
    """The next event after a position."""
    statement = _whole(db, chain).where(column("position") > position)
    found = await db.execute(statement.order_by(column("position")).limit(1))
    return next(iter(_stored(found.all())), None)


async def hashes(db: AsyncConnection, chain: str) -> AsyncIterator[tuple[int, str]]:
    """The position and the stored hash of every event."""
    wanted: list[ColumnElement[Any]] = [column("position"), column("hash")]
    statement = select(*wanted).select_from(table(chain)).order_by(column("position"))
    found = await db.stream(statement, execution_options={"yield_per": BATCH})
    async for position, own in found:
        yield position, own


async def hash_of(db: AsyncConnection, chain: str, position: int) -> str | None:
    """The stored hash of the event at a position; None where there is none."""
    statement: Select[Any] = select(column("hash")).select_from(table(chain))
    own: str | None = await db.scalar(statement.where(column("position") == position))
    return own


async def erased(db: AsyncConnection, chain: str) -> tuple[int, str, str] | None:
    """The first event without content whose record has no later event that removed it.

    Its position, kind and reference.
    """
    event, later = (table(chain, *map(column, _OF_REMOVAL)).alias(name) for name in ("e", "l"))
    removal = select(later.c.number).where(
        later.c.reference == event.c.reference,
        later.c.number > event.c.number,
        later.c.kind == REMOVED,
        later.c.details.is_not(None),
    )
    found = await db.execute(
        select(event.c.position, event.c.kind, event.c.reference)
        .where(event.c.details.is_(None), ~removal.exists())
        .order_by(event.c.position)
        .limit(1)
    )
    row = found.first()
    return None if row is None else (row.position, row.kind, row.reference)


async def heads(db: AsyncConnection) -> dict[str, tuple[int, str]]:
    """The position and hash that each chain's head names."""
    found = await db.execute(select(ChainHeadRow.name, ChainHeadRow.position, ChainHeadRow.hash))
    return {name: (position, own) for name, position, own in found}


def _stored(rows: Sequence[Sequence[Any]]) -> list[Stored]:
    return [Stored(Kept._make(row[:7]), *row[7:11]) for row in rows]


def _whole(db: AsyncConnection, chain: str) -> Select[Any]:
    """Whole events, their columns in the order of `Kept` and `Stored`."""
    names = ("digest", "kind", "number", "position")
    columns: list[ColumnElement[Any]] = [
        _written(db, "at"),
        *(column(name) for name in names),
        _written(db, "recorded_at"),
        *(column(name) for name in ("reference", "hash", "salt", "actor")),
        cast(column("details"), Text),
    ]
    return select(*columns).select_from(table(chain))


def _written(db: AsyncConnection, name: str) -> ColumnElement[str]:
    """An instant as hashes have it, from the very characters that SQLite holds."""
    if db.dialect.name == "sqlite":
        return func.replace(column(name), " ", "T").op("||")("Z")
    return func.to_char(func.timezone("UTC", column(name)), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
