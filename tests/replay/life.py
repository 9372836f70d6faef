"""Taking a case through its life at the desk, faster than by pressing buttons."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from chat.ports import RefusedError
from domain.absence import london_day
from domain.case import Case
from domain.report import Report
from domain.steps import Decision
from domain.taxonomy import Source
from drill.stack import Stack
from intake.desk import CaseDesk
from tests.domain.samples import PRIYA, REPORT


class Life:
    """One case in a stack; steps are taken at the desk that the listeners use."""

    def __init__(self, env: WorkflowEnvironment, stack: Stack) -> None:
        """Takes steps in the stack, and lets time go by on the server."""
        self.env = env
        self.stack = stack
        self.desk = CaseDesk(stack.client, stack.opener, stack.store, stack.choices)
        self.reference = ""
        self._taken = 0

    async def report(self, discovered: timedelta = timedelta(hours=1), **changes: Any) -> None:
        """Reports what was discovered so long ago."""
        at = datetime.now(UTC) - discovered
        report: Report = REPORT.model_copy(
            update={"discovered_at": at, "occurred_at": at - timedelta(hours=48)} | changes
        )
        opening = await self.stack.opener.open(
            f"recorded {at.isoformat()}", report, source=Source.SLACK, reporter=PRIYA.user_id
        )
        self.reference = opening.reference
        await self.until(lambda _: True)

    async def take(self, *steps: Decision, **changes: Any) -> None:
        """Takes steps, the last one with changes to what the sample says."""
        for step in steps:
            self._taken += 1
            changed = step.model_copy(update=changes) if step is steps[-1] else step
            try:
                await self.desk.take(self.reference, changed, once=f"{self._taken}")
            except RefusedError as error:
                refusal = error.refusal
                raise ValueError(f"{step.kind}: {refusal.field}: {refusal.text}") from error

    async def until(self, right: Callable[[Case], bool]) -> Case:
        """Waits until the register has the case as it should be."""
        async with asyncio.timeout(20):
            while True:
                case = await self.stack.store.case(self.reference)
                if case is not None and right(case):
                    return case
                await asyncio.sleep(0.02)

    async def pass_time(self, **amount: float) -> None:
        """Lets time go by for the case."""
        await self.env.fast_forward(self.handle, timedelta(**amount))

    async def now(self) -> datetime:
        """The case's own time at its last step (UTC)."""
        return (await self.stack.store.events(self.reference))[-1].at

    async def day(self, after: int = 0) -> date:
        """A day in London, so many days after the case's last step."""
        return london_day(await self.now() + timedelta(days=after))

    async def ended(self) -> None:
        """Waits until the workflow has ended."""
        await self.handle.result()

    async def announced(self) -> None:
        """Waits until everything that was begun is done, and in the history."""
        async with asyncio.timeout(20):
            described = await self.handle.describe()
            while described.raw_description.pending_activities:
                await asyncio.sleep(0.05)
                described = await self.handle.describe()

    @property
    def handle(self) -> WorkflowHandle[Any, Any]:
        """The workflow of the case, whichever run it is in."""
        return self.stack.client.get_workflow_handle(self.reference)
