"""What thousands of open cases cost: the worker's memory, and how late reminders are."""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from bench.lives import Cases, several
from bench.machine import memory_mb
from bench.results import Measure, Target, amount, durations
from bench.testbed import Testbed
from register.delivery_schema import AnnouncementRow, DeliveryRow
from register.schema import EventRow

REMINDED_AFTER = timedelta(hours=12)
"""From the discovery to OST's first reminder, by organisation.toml."""
LEAD, EACH = timedelta(seconds=5), timedelta(seconds=0.2)
"""Before the first reminder, and for each case that is opened to be reminded of."""
EVERY = timedelta(seconds=0.2)
LATE_MS = 1_000
QUIET_WITHIN_S = 900.0
LOOK_EVERY_S = 0.5


async def standing(
    bed: Testbed, count: int, reminded: int, done: Callable[[], None]
) -> list[Measure]:
    """Opens the cases, and then as many again as are reminded of, five a second."""
    cases = Cases(bed)
    try:
        before = memory_mb(bed.system.pid("worker"))
        began = time.perf_counter()
        await several(cases.open, count)
        await _until_told(bed, "report", await bed.cases_in_register())
        seconds = time.perf_counter() - began
        memory = memory_mb(bed.system.pid("worker"))
        done()
        moments = await _opened_to_be_reminded(cases, reminded)
        await _until_told(bed, "alert", reminded)
        recorded, told = await _late(bed, moments)
        done()
    finally:
        await cases.close()
    label = f"{count:,} open cases"
    return [
        amount("standing_seconds", f"{label}: opened and announced in", round(seconds), "s"),
        amount("standing_memory_before", "The worker's memory before", round(before), "MB"),
        amount("standing_memory", f"{label}: the worker's memory", round(memory), "MB"),
        durations(
            "reminder_recorded",
            f"{label}: reminder recorded after its time",
            [recorded],
            Target("p99", LATE_MS),
        ),
        durations("reminder_told", f"{label}: reminder told after its time", [told]),
    ]


async def _opened_to_be_reminded(cases: Cases, count: int) -> dict[str, datetime]:
    """When each is to be reminded of, by reference."""
    first = datetime.now(UTC) + LEAD + count * EACH
    waiting = [first + number * EVERY for number in reversed(range(count))]
    moments: dict[str, datetime] = {}

    async def one() -> None:
        moment = waiting.pop()
        handle = await cases.open(moment - REMINDED_AFTER)
        moments[handle.id] = moment

    await several(one, count)
    return moments


async def _until_told(bed: Testbed, kind: str, count: int) -> None:
    """Waits until so many events of a kind are recorded, and everything is announced."""
    recorded = select(func.count()).where(EventRow.kind == kind)
    waiting = select(func.count()).select_from(AnnouncementRow)
    async with asyncio.timeout(QUIET_WITHIN_S):
        while True:
            async with bed.register.connect() as db:
                if await db.scalar(recorded) == count and not await db.scalar(waiting):
                    return
            await asyncio.sleep(LOOK_EVERY_S)


async def _late(bed: Testbed, moments: Mapping[str, datetime]) -> tuple[list[float], list[float]]:
    """Seconds after its time until each reminder was recorded, and had reached somebody."""
    query = (
        select(EventRow.reference, EventRow.recorded_at, func.min(DeliveryRow.at))
        .join(
            DeliveryRow,
            (DeliveryRow.reference == EventRow.reference) & (DeliveryRow.number == EventRow.number),
        )
        .where(EventRow.kind == "alert")
        .group_by(EventRow.reference, EventRow.recorded_at)
    )
    async with bed.register.connect() as db:
        rows = (await db.execute(query)).all()
    late = [(row[1] - moments[row[0]], row[2] - moments[row[0]]) for row in rows]
    return [each.total_seconds() for each, _ in late], [each.total_seconds() for _, each in late]
