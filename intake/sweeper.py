"""Once a minute: starts what was reserved but never started, and resumes what was ended by hand."""

import asyncio
from datetime import timedelta
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError
from temporalio.service import RPCError

from intake.opening import CaseOpener
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
        except (SQLAlchemyError, RPCError, OSError):
            log.warning("sweep_failed", exc_info=True)
        await asyncio.sleep(EVERY_S)


async def sweep(
    reservations: Reservations, opener: CaseOpener, *, older_than: timedelta = SETTLED
) -> int:
    """Starts every case whose listener died between reference and workflow; says how many."""
    openings = await reservations.not_started(older_than)
    for opening in openings:
        await opener.start(opening)
        log.warning("unacknowledged_report_started", case=opening.reference)
    return len(openings)
