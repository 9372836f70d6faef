"""How long nobody's step is recorded after the worker was killed."""

import asyncio
import time
from collections.abc import Callable

from sqlalchemy import select

from bench.life import LIFE, take
from bench.reporting import opened, submitted
from bench.results import Measure, Target, durations
from bench.testbed import Testbed
from register.schema import CaseRow

WITHIN_MS = 15_000
GIVE_UP_S = 60.0
LOOK_EVERY_S = 0.02
CARD_WITHIN_S = 60.0


async def killed(bed: Testbed, rounds: int, done: Callable[[], None]) -> list[Measure]:
    """Kills the worker, starts another at once, and has somebody press *Claim* meanwhile."""
    seconds = []
    for _ in range(rounds):
        priya = bed.person("priya")
        report = await submitted(priya, await opened(priya))
        bed.shown.append(report.reference)
        await priya.wait_for_dm(report.reference, CARD_WITHIN_S)
        await bed.system.kill_part("worker")
        began = time.perf_counter()
        starting = asyncio.create_task(bed.system.start_part("worker"))
        await take(bed.person("owen"), LIFE[0], report.reference)
        await _recorded(bed, report.reference, 2)
        seconds.append(time.perf_counter() - began)
        await starting
        done()
    label = "Worker killed → next step recorded"
    return [durations("killed", label, [seconds], Target("max", WITHIN_MS))]


async def _recorded(bed: Testbed, reference: str, events: int) -> None:
    query = select(CaseRow.events).where(CaseRow.reference == reference)
    async with asyncio.timeout(GIVE_UP_S):
        while True:
            async with bed.register.connect() as db:
                if (await db.scalar(query) or 0) >= events:
                    return
            await asyncio.sleep(LOOK_EVERY_S)
