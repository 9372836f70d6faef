"""Waiting until Temporal's list of workflows has noticed that one has ended."""

import asyncio

from intake.resuming import Resumer


async def resume_one(resumer: Resumer) -> None:
    """Sweeps as the listener does, again and again, until a case was resumed."""
    async with asyncio.timeout(20):
        while await resumer.resume_ended() == 0:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
