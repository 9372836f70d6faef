"""The floor of a life: a workflow with as many parts as a case, and nothing in any of them.

`python -m bench.bare ADDRESS` is its worker, a process of its own like the product's.
"""

import asyncio
import sys
from dataclasses import dataclass
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import Worker

TASK_QUEUE = "bench-bare"
LONG = timedelta(days=1)
BRIEFLY = timedelta(seconds=10)


@dataclass(frozen=True)
class Plan:
    """How many parts a life has, over all."""

    steps: int
    """The report, and each update."""
    records: int
    """Local activities."""
    announcements: int
    """Activities."""
    timers: int


@activity.defn
async def nothing() -> None:
    """Writes nothing and posts nothing."""


@workflow.defn(name="BenchBare")
class Bare:
    """Does with each step its share of the plan, in the order in which a case does it."""

    def __init__(self) -> None:
        """Nothing is done yet."""
        self._taken = self._recorded = self._announced = 0
        self._timers: list[asyncio.Task[None]] = []

    @workflow.run
    async def run(self, plan: Plan) -> None:
        """Takes a first step by itself, and announces what is taken until the last one is."""
        self._plan = plan
        await self._take()
        while self._announced < plan.announcements:
            await workflow.wait_condition(lambda: self._share(plan.announcements) > self._announced)
            await workflow.execute_activity(nothing, start_to_close_timeout=BRIEFLY)
            self._announced += 1
        await workflow.wait_condition(
            lambda: self._recorded >= plan.records and workflow.all_handlers_finished()
        )
        for timer in self._timers:
            timer.cancel()

    @workflow.update
    async def step(self) -> None:
        """What a person presses."""
        await workflow.wait_condition(lambda: self._taken > 0)
        await self._take()

    async def _take(self) -> None:
        self._taken += 1
        while len(self._timers) < self._share(self._plan.timers):
            self._timers.append(asyncio.create_task(workflow.sleep(LONG)))
        while self._recorded < self._share(self._plan.records):
            self._recorded += 1
            await workflow.execute_local_activity(nothing, start_to_close_timeout=BRIEFLY)

    def _share(self, of: int) -> int:
        """How many should be there by now, evenly over the steps; one at the first."""
        return -(-of * self._taken // self._plan.steps)


async def _work(address: str) -> None:
    client = await Client.connect(address)
    await Worker(client, task_queue=TASK_QUEUE, workflows=[Bare], activities=[nothing]).run()


if __name__ == "__main__":
    asyncio.run(_work(sys.argv[1]))
