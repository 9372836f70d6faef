"""Whether the register verifies: whole when the watchdog starts and each day, else what is new."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from register.anchor import SETTING, Marks, read_whole
from register.diagnosis import Fault
from register.reading import CHAINS, snapshot
from register.verification import Checked, verified
from runtime.settings import SettingsError
from watchdog.findings import Finding, Kind

WHOLE_EVERY = timedelta(days=1)


def not_intact(checked: Iterable[Checked]) -> list[Finding]:
    """The chains with a fault; `register verify` says more, of referrals too much for a channel."""
    return [_finding(each.chain, each.fault) for each in checked if each.fault]


def _finding(chain: str, fault: Fault) -> Finding:
    where = f"the first at position {fault.position:,} of" if fault.position else "in"
    what = f"The register is not as it was written: there are faults, {where} its chain “{chain}”"
    return Finding(Kind.REGISTER_NOT_INTACT, what, part=chain)


class ChainWatch:
    """Verifies one register."""

    def __init__(self, engine: AsyncEngine, anchor: Path | None) -> None:
        """Reads the register in snapshots; without an anchor, only the chain."""
        self._engine = snapshot(engine)
        self._anchor = anchor
        self._whole_at: datetime | None = None
        self._last: list[Checked] = []

    async def look(self, now: datetime) -> list[Finding]:
        """What is wrong with it.

        Raises:
            SQLAlchemyError: when the register does not answer.
        """
        # The anchor first: a snapshot that is taken afterwards has all that it names.
        try:
            marks = await asyncio.to_thread(self._marks)
        except SettingsError:
            what = f"The register's anchor, which {SETTING} names, can't be read"
            return [Finding(Kind.ANCHOR_MISSING, what)]
        is_due = self._whole_at is None or now - self._whole_at >= WHOLE_EVERY
        # What was not intact is gone through again: somebody may have mended it.
        since = [] if is_due else [each for each in self._last if not each.fault]
        async with self._engine.connect() as db:
            self._last = await verified(db, marks or (), lambda _: None, since)
        self._whole_at = now if is_due else self._whole_at
        missing = Finding(Kind.ANCHOR_MISSING, "The register's anchor is not where it should be")
        return [*not_intact(self._last), *([missing] if marks is None else [])]

    def _marks(self) -> Marks | None:
        return read_whole(self._anchor, CHAINS) if self._anchor else ()
