"""Once a minute: starts what was reserved but never started, and resumes what was ended by hand."""

import asyncio
import contextlib
from datetime import timedelta
from typing import Protocol

import structlog

from intake.opening import CaseOpener
from intake.whose import ReferenceTakenError
from register.reservations import Reservations

EVERY_S = 60
SETTLED = timedelta(seconds=30)
"""A younger submission may still be on its way."""

log = structlog.stdlib.get_logger(__name__)


class Resumes(Protocol):
    """Whatever lets go on what was ended from outside."""

    async def resume_ended(self) -> int:
        """Does so; says how many."""


async def sweep_for_ever(
    reservations: Reservations, opener: CaseOpener, *resumers: Resumes
) -> None:
    """Looks once a minute, for as long as the listener runs."""
    while True:
        try:
            await sweep(reservations, opener)
            for resumer in resumers:
                await resumer.resume_ended()
        except Exception:
            # Whatever it was, without the next round nothing is started or resumed any more.
            log.warning("sweep_failed", exc_info=True)
        await asyncio.sleep(EVERY_S)


async def sweep(
    reservations: Reservations, opener: CaseOpener, *, older_than: timedelta = SETTLED
) -> int:
    """Starts every case whose listener died between reference and workflow; says how many."""
    started = 0
    for opening in await reservations.not_started(older_than):
        # One whose reference is taken, which the log and the watchdog say, holds up no other.
        with contextlib.suppress(ReferenceTakenError):
            await opener.start(opening)
            log.warning("unacknowledged_report_started", case=opening.reference)
            started += 1
    return started
