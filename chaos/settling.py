"""The end: everything is mended, and everybody waits until all is announced. Then it is counted."""

import asyncio
import time

from bench.testbed import Testbed
from chaos.kept import Recorded, Running, posted, recorded, running
from chaos.ledger import Ledger
from chaos.reckoning import Reckoning, reckoned, unannounced

SETTLED_WITHIN_S = 150.0
"""A bulletin that failed often waits a minute for its next attempt (workflows/retries.py)."""
LOOK_EVERY_S = 2.0
FOR_A_LAST_LOOK_S = 120.0
"""For what the listener tells a case that forgot it: it looks once a minute (intake/sweeper.py)."""


async def settled(bed: Testbed, ledger: Ledger, kills: int) -> tuple[Reckoning, float]:
    """The reckoning once all is announced, or when that takes too long; and the seconds it took."""
    began = time.monotonic()
    until = began + SETTLED_WITHIN_S
    while await _is_to_come(bed):
        if time.monotonic() > until:
            break
        await asyncio.sleep(LOOK_EVERY_S)
    until = time.monotonic() + FOR_A_LAST_LOOK_S
    while not (result := await _counted(bed, ledger, kills)).is_sound:
        if time.monotonic() > until:
            break
        await asyncio.sleep(LOOK_EVERY_S)
    return result, time.monotonic() - began


async def _is_to_come(bed: Testbed) -> bool:
    """Whether anything that is recorded is not to be seen yet."""
    visible = {message.key for message in await posted(bed)}
    return bool(unannounced(await recorded(bed), visible))


async def _counted(bed: Testbed, ledger: Ledger, kills: int) -> Reckoning:
    # Clocks may speak between one look and the next, so all three are read until they agree.
    register: Recorded = await recorded(bed)
    temporal: Running = await running(bed)
    return reckoned(ledger, register, temporal, await posted(bed), kills)
