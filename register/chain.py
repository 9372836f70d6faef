"""Appending events to a hash chain: the one place where events are recorded (docs/adr/0019)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel
from sqlalchemy import func, insert, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.retention import RemovalEvent, Removed
from register.chain_schema import LONGEST_ACTOR, ChainedEvent, ChainHeadRow
from register.database import insert_into
from register.hashing import Kept, canonical, content_digest, event_hash, instant, new_salt
from register.reading import REMOVED


class RegisterConflictError(Exception):
    """Two different events claim the same place in a case, or it was never given a reference."""


class Step(Protocol):
    """What an event is about."""

    @property
    def kind(self) -> str:
        """A word that stays for ever."""

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        """As JSON has it."""


class Event(Protocol):
    """An event of a case or of a referral."""

    @property
    def number(self) -> int:
        """Counts from 1 within its case or referral."""

    @property
    def at(self) -> datetime:
        """By the clock of its workflow; aware."""

    @property
    def actor(self) -> str | None:
        """Slack member ID; None for what no person did."""

    @property
    def step(self) -> Step:
        """What happened."""


EventT = TypeVar("EventT", bound=BaseModel)


class Chain(Generic[EventT]):
    """The events of one table, each with the hash of the one before."""

    def __init__(self, table: type[ChainedEvent], event: type[EventT]) -> None:
        """The table, and what its rows are read as."""
        self._table = table
        self._event = event

    async def add(self, db: AsyncConnection, reference: str, event: Event) -> bool:
        """Adds an event in the caller's transaction; False for one that is there already.

        Writers queue at the chain's head until the transaction ends, so the chain is one line.

        Raises:
            RegisterConflictError: when the place is taken by a different event.
        """
        head = await self._locked_head(db)
        values = self._row(head.position + 1, head.hash, reference, event)
        if not await self._insert(db, values):
            await self._check_same(db, reference, event)
            return False
        await self._move_head(db, values)
        return True

    async def add_new(self, db: AsyncConnection, events: Sequence[tuple[str, Event]]) -> None:
        """Adds events, each with its reference, that nobody can have added before: many at once."""
        head = await self._locked_head(db)
        position, previous = head.position, head.hash
        rows: list[dict[str, Any]] = []
        for reference, event in events:
            position += 1
            rows.append(self._row(position, previous, reference, event))
            previous = rows[-1]["hash"]
        if rows:
            await db.execute(insert(self._table), rows)
            await self._move_head(db, rows[-1])

    async def remove(
        self, db: AsyncConnection, reference: str, step: Removed, at: datetime, by: str
    ) -> int:
        """Removes the content of all events of a case, and adds one that says so; its number."""
        head = await self._locked_head(db)
        await db.execute(
            update(self._table)
            .where(self._table.reference == reference)
            .values(actor=None, details=null(), salt=None)
        )
        newest = select(func.max(self._table.number)).where(self._table.reference == reference)
        number = (await db.scalar(newest) or 0) + 1
        event = RemovalEvent(number=number, at=at, actor=by[:LONGEST_ACTOR], step=step)
        values = self._row(head.position + 1, head.hash, reference, event)
        await db.execute(insert(self._table).values(values))
        await self._move_head(db, values)
        return number

    async def events(self, db: AsyncConnection, reference: str) -> list[EventT]:
        """Every event of a case or referral whose content is still there, in order."""
        rows = await db.execute(
            select(self._table.number, self._table.at, self._table.details)
            .where(
                self._table.reference == reference,
                self._table.details.is_not(None),
                self._table.kind != REMOVED,
            )
            .order_by(self._table.number)
        )
        return [self._read(row.number, row.at, row.details) for row in rows]

    async def _locked_head(self, db: AsyncConnection) -> Any:
        # SQLite ignores FOR UPDATE: its writers have queued at BEGIN IMMEDIATE.
        found = await db.execute(
            select(ChainHeadRow.position, ChainHeadRow.hash)
            .where(ChainHeadRow.name == self._table.__tablename__)
            .with_for_update()
        )
        return found.one()

    async def _move_head(self, db: AsyncConnection, newest: dict[str, Any]) -> None:
        await db.execute(
            update(ChainHeadRow)
            .where(ChainHeadRow.name == self._table.__tablename__)
            .values(position=newest["position"], hash=newest["hash"])
        )

    def _row(self, position: int, previous: str, reference: str, event: Event) -> dict[str, Any]:
        details, salt = canonical(event.step.model_dump(mode="json")), new_salt()
        digest = content_digest(salt, event.actor, details)
        recorded_at = datetime.now(UTC)
        kept = Kept(
            at=instant(event.at),
            digest=digest,
            kind=event.step.kind,
            number=event.number,
            position=position,
            recorded_at=instant(recorded_at),
            reference=reference,
        )
        content = {"actor": event.actor, "details": details, "salt": salt}
        instants = {"at": event.at, "recorded_at": recorded_at}
        return {**kept._asdict(), **instants, **content, "hash": event_hash(kept, previous)}

    async def _insert(self, db: AsyncConnection, values: dict[str, Any]) -> bool:
        """Adds a row unless its case has that event already; whether it was added."""
        statement = (
            insert_into(self._table, db)
            .values(values)
            .on_conflict_do_nothing(index_elements=["reference", "number"])
            .returning(self._table.position)
        )
        # Not `rowcount`: psycopg does not know it here.
        return await db.scalar(statement) is not None

    async def _check_same(self, db: AsyncConnection, reference: str, event: Event) -> None:
        """Compares what the events mean: an older version wrote fewer fields than this one."""
        details = await db.scalar(
            select(self._table.details).where(
                self._table.reference == reference, self._table.number == event.number
            )
        )
        if details is None:  # its content was removed, and nothing is left to compare
            return
        there: object = self._read(event.number, event.at, details)
        if there != event:
            raise RegisterConflictError(f"{reference} already has another event {event.number}")

    def _read(self, number: int, at: datetime, details: dict[str, Any]) -> EventT:
        return self._event.model_validate({"number": number, "at": at, "step": details})
