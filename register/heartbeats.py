"""The signs of life of our programs: what hangs can't say so, and whoever watches reads it here."""

import asyncio
import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from register.database import insert_into, turns
from register.heartbeat_schema import HeartbeatRow
from runtime.health import OK, Probe

LISTENER, WORKER = "listener", "worker"
EVERY_S = 20
FORGOTTEN_AFTER = timedelta(days=1)

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Heartbeat:
    """What a process said last."""

    program: str
    at: datetime
    """UTC, by the clock of its own machine."""
    key_missing: bool


class Heartbeats:
    """The signs of life in one register."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)
        self._reader = engine.execution_options(readonly=True)

    async def beat(self, program: str, *, key_missing: bool = False) -> None:
        """Says that this process is alive, and forgets others of long ago."""
        now = datetime.now(UTC)
        said = {"at": now, "key_missing": key_missing}
        keys = {"program": program, "process": f"{platform.node()}:{os.getpid()}"}
        async with self._turn, self._engine.begin() as db:
            row = insert_into(HeartbeatRow, db).values(keys | said)
            await db.execute(row.on_conflict_do_update(index_elements=list(keys), set_=said))
            await db.execute(delete(HeartbeatRow).where(HeartbeatRow.at < now - FORGOTTEN_AFTER))

    async def all(self) -> list[Heartbeat]:
        """What every process said last, up to a day ago."""
        row = HeartbeatRow
        async with self._reader.connect() as db:
            found = await db.execute(select(row.program, row.at, row.key_missing))
            return [Heartbeat(*each) for each in found]


async def beat_for_ever(heartbeats: Heartbeats, program: str, has_the_keys: Probe) -> None:
    """Says so every 20 seconds, for as long as the event loop goes round."""
    while True:
        try:
            await heartbeats.beat(program, key_missing=await has_the_keys() != OK)
        except (SQLAlchemyError, OSError) as error:
            log.warning("heartbeat_not_written", error=type(error).__name__)
        await asyncio.sleep(EVERY_S)
