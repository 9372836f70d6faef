"""The book of refusals: kept in the register behind people's backs, so that no answer waits for it.

The first refusal of its kind is written at once. What the same person is refused again within the
minute is counted in memory and written as one row when the minute is over, so that somebody who
presses a thousand times fills neither the disk nor the database's queue. A listener that is killed
loses at most what was counted since; that there were refusals stands in the register by then.
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import structlog
from sqlalchemy.exc import SQLAlchemyError

from domain.references import is_reference
from domain.refusal import Attempt, Bar
from register.refusals import Refusals, Refused
from runtime.metrics import REFUSALS

MINUTE_S = 60.0
MOST_KINDS = 30
"""Rows that one person can make in a minute; beyond it, all else of theirs is one more."""
MOST_WAITING = 5_000
"""Rows that wait for a register that does not answer; beyond it they are dropped, and that is
logged."""
AGAIN_IN_S = 5.0
LAST_WITHIN_S = 5.0
"""How long a program that stops still tries to write what is left."""
LONGEST_ID = 32
"""Characters of a Slack member ID in the register."""
MANY = "many"
"""What somebody tried who tried too much to list."""

log = structlog.stdlib.get_logger(__name__)


class RefusalBook:
    """Keeps what people were refused. Use as an asynchronous context manager."""

    def __init__(
        self,
        refusals: Refusals,
        clock: Callable[[], float] = time.monotonic,
        minute_s: float = MINUTE_S,
    ) -> None:
        """Writes to the register; `clock` gives seconds."""
        self._refusals = refusals
        self._clock = clock
        self._minute_s = minute_s
        self._waiting: dict[Attempt, Refused] = {}
        self._written: dict[Attempt, float] = {}
        """When the last row of each kind was written, or begun to be; for a minute."""
        self._dropped = 0
        self._came, self._stop = asyncio.Event(), asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None

    def note(self, attempt: Attempt) -> None:
        """Takes note of a refusal. It never waits and never raises."""
        attempt = self._listed(_plain(attempt))
        REFUSALS.labels(attempt.bar.value).inc()
        now, known = datetime.now(UTC), self._waiting.get(attempt)
        if known:
            self._waiting[attempt] = replace(known, until=now, times=known.times + 1)
        elif len(self._waiting) < MOST_WAITING:
            self._waiting[attempt] = Refused(attempt, now, now)
            self._came.set()
        else:
            self._dropped += 1

    def _listed(self, attempt: Attempt) -> Attempt:
        """The attempt itself or, of somebody who tries everything at once, one for all of them."""
        lately = self._waiting.keys() | self._written.keys()
        if attempt in lately:
            return attempt
        theirs = Counter(each.person for each in lately)[attempt.person]
        return attempt if theirs < MOST_KINDS else Attempt(attempt.person, MANY, Bar.TOO_MANY)

    async def __aenter__(self) -> Self:
        """Begins to keep what is noted."""
        self._keeping = asyncio.create_task(self._keep_for_ever())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Writes what is left, as far as the register takes it in time."""
        self._stop.set()
        self._came.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_WITHIN_S):
                if self._keeping:
                    await self._keeping
                await self._keep(list(self._waiting))
        if self._waiting:
            log.error("refusals_dropped", number=len(self._waiting))

    async def _keep_for_ever(self) -> None:
        while not self._stop.is_set():
            self._came.clear()
            if await self._keep(self._due()):
                await _until(self._came, self._pause_s())
            else:
                await _until(self._stop, AGAIN_IN_S)

    def _due(self) -> list[Attempt]:
        """What is to be written now: the first of its kind, or what a minute has gathered."""
        over = self._clock() - self._minute_s
        self._written = {each: at for each, at in self._written.items() if at > over}
        return [each for each in self._waiting if each not in self._written]

    def _pause_s(self) -> float | None:
        """Seconds until something that waits is due; None while nothing does."""
        ends = [self._written[each] for each in self._waiting if each in self._written]
        return max(0.0, min(ends) + self._minute_s - self._clock()) if ends else None

    async def _keep(self, due: list[Attempt]) -> bool:
        """Writes them; whether the register took them. What it did not take waits on."""
        rows = [self._waiting.pop(each) for each in due if each in self._waiting]
        if not rows:
            return True
        self._written |= dict.fromkeys(due, self._clock())
        try:
            await self._refusals.record(rows)
        except (SQLAlchemyError, OSError) as error:
            self._take_back(rows)
            log.warning("refusals_not_recorded", number=len(rows), error=type(error).__name__)
            return False
        if self._dropped:
            log.error("refusals_dropped", number=self._dropped)
            self._dropped = 0
        return True

    def _take_back(self, rows: list[Refused]) -> None:
        for row in rows:
            self._written.pop(row.attempt, None)
            newer = self._waiting.get(row.attempt)
            both = replace(row, until=newer.until, times=row.times + newer.times) if newer else row
            self._waiting[row.attempt] = both


def _plain(attempt: Attempt) -> Attempt:
    """Within the columns, and without a reference that can't be one: it may have been typed."""
    name = attempt.reference
    known = name if name and is_reference(name) else None
    return replace(attempt, person=attempt.person[:LONGEST_ID], reference=known)


async def _until(event: asyncio.Event, within_s: float | None) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), within_s)
