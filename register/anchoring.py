"""Keeping the anchor up with the register, beside the work: recording never waits for it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from register.anchor import Mark, Marks, anchor_if_any, locked, marked, newest, read, write
from register.hashing import genesis
from register.reading import CHAINS, hash_of, heads, snapshot
from runtime.settings import SettingsError

EVERY_S = 2
"""How far the anchor may be behind the register while a program runs."""
AFTER_TROUBLE_S = 60

log = structlog.stdlib.get_logger(__name__)


@contextlib.asynccontextmanager
async def anchored(engine: AsyncEngine, file: Path) -> AsyncIterator[None]:
    """Keeps the anchor up with the register until the end, and once more then."""
    stop = asyncio.Event()
    keeping = asyncio.create_task(_kept_until(stop, Anchoring(engine, file)))
    try:
        yield
    finally:
        # Not cancelled: a write that has begun ends first.
        stop.set()
        await keeping


async def anchor_now(engine: AsyncEngine, url: str) -> None:
    """Anchors what a command has just recorded, if this program knows of an anchor."""
    if file := anchor_if_any(url):
        await Anchoring(engine, file).try_once()


async def _kept_until(stop: asyncio.Event, keeper: "Anchoring") -> None:
    while not stop.is_set():
        well = await keeper.try_once()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), EVERY_S if well else AFTER_TROUBLE_S)
    await keeper.try_once()


class Anchoring:
    """The anchor of one register."""

    def __init__(self, engine: AsyncEngine, file: Path) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = snapshot(engine)
        self._file = file
        self._written: dict[str, tuple[int, str]] = {}

    async def try_once(self) -> bool:
        """Brings the anchor up to date; False, and a line in the log, when that can't be done."""
        try:
            return await self._once()
        except (OSError, SettingsError, SQLAlchemyError):
            log.exception("anchor_not_written")
            return False

    async def _once(self) -> bool:
        # The file first: it never names an event that is not committed, so a register that is read
        # afterwards has them all.
        before = await asyncio.to_thread(read, self._file)
        async with self._engine.connect() as db:
            found = await heads(db)
            if before is not None and found == self._written:
                return True
            for chain in CHAINS:
                if not await _agrees(db, chain, newest(before or (), chain), found.get(chain)):
                    log.error("register_disagrees_with_anchor", chain=chain)
                    return False
        if await asyncio.to_thread(self._write, before, found):
            self._written = found
        return True

    def _write(self, before: Marks | None, found: dict[str, tuple[int, str]]) -> bool:
        """Writes the heads, unless another program has written since `before` was read."""
        with locked(self._file):
            if read(self._file) != before:
                return False
            marks, now = before or (), datetime.now(UTC).replace(microsecond=0)
            for chain, (position, own) in found.items():
                last = newest(marks, chain)
                if last is None or last.position < position:
                    marks = marked(marks, Mark(now, chain, position, own))
            if not before:
                begun = {chain: position for chain, (position, _) in found.items()}
                say = log.warning if any(begun.values()) else log.info
                say("anchor_begun", **begun)
            if marks != before:
                write(self._file, marks)
        return True


async def _agrees(
    db: AsyncConnection, chain: str, last: Mark | None, head: tuple[int, str] | None
) -> bool:
    """Whether the anchor's newest event is still in the register: never anchor what it denies."""
    if head is None:
        return False
    if last is None:
        return True
    if last.position == 0:
        return last.hash == genesis(chain)
    if last.position > head[0]:
        return False
    return await hash_of(db, chain, last.position) == last.hash
