"""Cases a second, opened and lived to their end, beside a bare workflow of as many parts.

Both are driven through Temporal's client, since the floor has no Slack to be pressed in: what the
product adds is its rules, encryption, the register, and its messages in the local Slack.
"""

import asyncio
import contextlib
import statistics
import sys
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHandle

from bench.bare import TASK_QUEUE, Bare, Plan
from bench.life import StuckError
from bench.results import Measure, amount
from bench.steps import REPORTER, STEPS, report
from bench.testbed import Testbed
from chat.ports import NotConfirmedError
from domain.steps import Decision
from domain.taxonomy import Source
from intake.desk import CaseDesk
from intake.opening import CaseOpener
from register.choices import Choices
from register.database import open_engine
from register.reservations import Reservations
from register.store import Store
from runtime.settings import organisation

AT_ONCE = 8
SHARE = 0.7
"""Of what a bare workflow does, that the product should do."""
LOOK_EVERY_S = 0.05
REST_WITHIN_S = 120.0
TRIES = 20

LENGTH_OF_A_START = 3
"""Events before a worker has answered."""

Handle = WorkflowHandle[Any, Any]
ResultT = TypeVar("ResultT")


class Lived(Protocol):
    """Something that is opened, and lives in steps."""

    async def open(self) -> Handle:
        """Starts one; durable when this returns."""

    async def live(self, each: Handle) -> None:
        """Takes its steps, each once the one before is done, and waits for the end."""


class Cases:
    """Cases of the product, asked for as its listener asks."""

    def __init__(self, bed: Testbed) -> None:
        """Uses the register and the Temporal of the testbed."""
        self._bed = bed
        self._engine = open_engine(bed.database_url)
        self._opener = CaseOpener(bed.client, Reservations(self._engine), organisation())
        self._desk = CaseDesk(bed.client, self._opener, Store(self._engine), Choices(self._engine))

    async def open(self, discovered_at: datetime | None = None) -> Handle:
        """Opens a case of something discovered an hour ago, unless another moment is given."""
        discovered = discovered_at or datetime.now(UTC) - timedelta(hours=1)
        opening = await self._opener.open(
            str(uuid.uuid4()), report(discovered), source=Source.SLACK, reporter=REPORTER
        )
        self._bed.shown.append(opening.reference)
        return self._bed.client.get_workflow_handle(opening.reference)

    async def live(self, each: Handle) -> None:
        """Takes every step, and waits until all is announced and the workflow ends."""
        for step in STEPS:
            await self._take(each.id, step(datetime.now(UTC)))
        await each.result()

    async def _take(self, reference: str, step: Decision) -> None:
        once = str(uuid.uuid4())
        for _ in range(TRIES):
            with contextlib.suppress(NotConfirmedError):
                await self._desk.take(reference, step, once=once)
                return
        raise StuckError(f"{reference}: {step.kind} was not confirmed")

    async def close(self) -> None:
        """Lets go of the register."""
        await self._engine.dispose()


class Bares:
    """Workflows with nothing in them."""

    def __init__(self, client: Client, plan: Plan) -> None:
        """Starts them with a client that encrypts nothing."""
        self._client = client
        self._plan = plan

    async def open(self) -> Handle:
        """Starts one."""
        return await self._client.start_workflow(
            Bare.run, self._plan, id=f"bare-{uuid.uuid4()}", task_queue=TASK_QUEUE
        )

    async def live(self, each: Handle) -> None:
        """Takes every step, and waits for the end."""
        for _ in range(self._plan.steps - 1):
            await each.execute_update(Bare.step)
        await each.result()


@dataclass(frozen=True)
class Rates:
    """What a round did, a second."""

    opens: float
    lives: float


async def lives(bed: Testbed, count: int, rounds: int, done: Callable[[], None]) -> list[Measure]:
    """So many cases and bare workflows a round, several at once, in turn."""
    cases = Cases(bed)
    client = await Client.connect(bed.temporal_address)
    try:
        plan = await _plan_of(cases)
        done()
        of_cases, of_bares = [], []
        async with _bare_worker(bed.temporal_address):
            bares = Bares(client, plan)
            await bares.live(await bares.open())
            for _ in range(rounds):
                of_bares.append(await _rates(bares, count))
                of_cases.append(await _rates(cases, count))
                done()
    finally:
        await cases.close()
    return [
        *_beside(
            "opens", "Cases opened and announced", of_cases, of_bares, lambda each: each.opens
        ),
        *_beside("lives", "Whole lives", of_cases, of_bares, lambda each: each.lives),
    ]


@contextlib.asynccontextmanager
async def _bare_worker(address: str) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.bare", address)
    try:
        yield
    finally:
        process.kill()
        await process.wait()


def _beside(
    name: str,
    label: str,
    cases: Sequence[Rates],
    bares: Sequence[Rates],
    rate: Callable[[Rates], float],
) -> list[Measure]:
    ours, floor = statistics.median(map(rate, cases)), statistics.median(map(rate, bares))
    share = statistics.median(rate(c) / rate(b) for c, b in zip(cases, bares, strict=True))
    return [
        amount(name, f"{label}, a second", round(ours, 1)),
        amount(f"{name}_floor", "… bare workflows, the floor", round(floor, 1)),
        amount(f"{name}_share", "… share of the floor", round(share, 2), at_least=SHARE),
    ]


async def _plan_of(cases: Cases) -> Plan:
    """What a life consists of, counted in the history of one."""
    handle = await cases.open()
    await cases.live(handle)
    counts = Counter([event.event_type async for event in handle.fetch_history_events()])
    return Plan(
        steps=1 + counts[EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED],
        records=counts[EventType.EVENT_TYPE_MARKER_RECORDED],
        announcements=counts[EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED],
        timers=counts[EventType.EVENT_TYPE_TIMER_STARTED],
    )


async def _rates(what: Lived, count: int) -> Rates:
    began = time.perf_counter()
    handles = await several(what.open, count)
    await asyncio.gather(*map(_at_rest, handles))
    opened = time.perf_counter()
    waiting = list(handles)
    await several(lambda: what.live(waiting.pop()), count)
    return Rates(count / (opened - began), count / (time.perf_counter() - opened))


async def several(do: Callable[[], Awaitable[ResultT]], count: int) -> list[ResultT]:
    """Does a thing so many times, a few at once."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one() -> ResultT:
        async with room:
            return await do()

    return await asyncio.gather(*(one() for _ in range(count)))


async def _at_rest(handle: Handle) -> None:
    """Waits until a worker has done everything that the start asks for."""
    async with asyncio.timeout(REST_WITHIN_S):
        while True:
            raw = (await handle.describe()).raw_description
            has_begun = raw.workflow_execution_info.history_length > LENGTH_OF_A_START
            if (
                has_begun
                and not raw.pending_activities
                and not raw.HasField("pending_workflow_task")
            ):
                return
            await asyncio.sleep(LOOK_EVERY_S)
