"""One person reports while nothing else happens."""

import asyncio
import time
from collections.abc import Callable

from bench.reporting import OpenForm, Reported, opened, submitted
from bench.results import Measure, Target, durations
from bench.testbed import Testbed
from localslack.driver import Message, Person

OST = "breach-ost"
PAUSE_S = 0.1
"""Between opening the form and pressing: a person writes meanwhile, and the machine is idle."""
CARD_WITHIN_S = 60.0
"""Long past the target: a late card is to be measured, not to end the measurement."""


async def attended(bed: Testbed, count: int, done: Callable[[], None]) -> list[Measure]:
    """Report after report, each once the last one has been shown to everybody."""
    priya, owen = bed.person("priya"), bed.person("owen")
    forms: list[OpenForm] = []
    reports: list[Reported] = []
    cards: list[float] = []
    for _ in range(count):
        form = await opened(priya)
        card = asyncio.create_task(_next_card(owen, await _last(owen)))
        await asyncio.sleep(PAUSE_S)
        began = time.perf_counter()
        report = await submitted(priya, form)
        cards.append(await card - began)
        await priya.wait_for_dm(report.reference, CARD_WITHIN_S)
        bed.shown.append(report.reference)
        forms.append(form)
        reports.append(report)
        done()
    return [
        durations("form", "/breach → form", [[form.seconds for form in forms]]),
        durations(
            "reference",
            "Report → reference",
            [[report.seconds for report in reports]],
            Target("p95", 150),
        ),
        durations("card", "Report → card in OST's channel", [cards], Target("p95", 1000)),
    ]


async def unattended(bed: Testbed, count: int, done: Callable[[], None]) -> list[Measure]:
    """The same while no worker runs; once there is one again, all of it is shown to everybody."""
    priya = bed.person("priya")
    reports: list[Reported] = []
    await bed.system.stop_part("worker")
    for _ in range(count):
        form = await opened(priya)
        await asyncio.sleep(PAUSE_S)
        report = await submitted(priya, form)
        bed.shown.append(report.reference)
        reports.append(report)
        done()
    await bed.system.start_part("worker")
    for report in reports:
        await priya.wait_for_dm(report.reference, CARD_WITHIN_S)
    return [
        durations(
            "reference_without_worker",
            "Report → reference, no worker running",
            [[report.seconds for report in reports]],
            Target("p95", 150),
        )
    ]


async def _last(owen: Person) -> str:
    """The time stamp of the newest message in OST's channel."""
    messages = await owen.messages(OST)
    return messages[-1].ts if messages else ""


async def _next_card(owen: Person, after: str) -> float:
    """When the next card shows in OST's channel, by the performance counter."""

    def newer(messages: list[Message]) -> Message | None:
        return messages[-1] if messages and messages[-1].ts > after else None

    await owen.wait_until(OST, newer, CARD_WITHIN_S)
    return time.perf_counter()
