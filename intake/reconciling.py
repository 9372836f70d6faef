"""Gives an older register back what Temporal remembers, after a backup was put back.

A case's history has every message that it took, so replaying it makes every event again, at the
moment at which it was taken (`workflow.now()`), just as it was sent to the register.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import structlog
from temporalio.client import Client, WorkflowExecution
from temporalio.worker import (
    Interceptor,
    Replayer,
    StartLocalActivityInput,
    UnsandboxedWorkflowRunner,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)

from domain.bulletin import Recording
from register.chain import RegisterConflictError
from register.reservations import Reservations
from register.store import Store
from workflows.breach import Breach

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Reconciled:
    """What came of it."""

    events: int = 0
    """Given back."""
    cases: tuple[str, ...] = ()
    """That had lost some."""
    unreadable: tuple[str, ...] = ()
    """Whose history could not be replayed, or denies what the register has."""
    unrecorded: tuple[str, ...] = ()
    """Reported and acknowledged, and without any event: their histories have none either."""


class Reconciler:
    """Compares the register with every history that Temporal still has."""

    def __init__(
        self, client: Client, store: Store, reservations: Reservations, series: str
    ) -> None:
        """Reads histories through the client, which has the keys; of cases `BR-…` for series BR."""
        self._client = client
        self._query = f"WorkflowType = 'Breach' AND WorkflowId STARTS_WITH '{series}-'"
        self._store = store
        self._reservations = reservations

    async def reconcile(self) -> Reconciled:
        """Records whatever a history has and the register has not; running it again is harmless.

        Raises:
            RPCError: when Temporal does not answer.
        """
        events, cases, unreadable = 0, set[str](), set[str]()
        async for run in self._runs():
            try:
                given = await self._give_back(await self._recordings(run))
            except RegisterConflictError:
                unreadable.add(run.id)
            except Exception as error:  # noqa: BLE001  one case must not keep the others back
                log.warning("history_not_replayed", case=run.id, error=type(error).__name__)
                unreadable.add(run.id)
            else:
                events += given
                cases |= {run.id} if given else set()
        unrecorded = tuple(await self._reservations.without_events())
        return Reconciled(events, tuple(sorted(cases)), tuple(sorted(unreadable)), unrecorded)

    async def _runs(self) -> AsyncIterator[WorkflowExecution]:
        """Every run of every case, the oldest first: a case may have had several."""
        found = [run async for run in self._client.list_workflows(self._query)]
        for run in sorted(found, key=lambda each: each.start_time):
            yield run

    async def _recordings(self, run: WorkflowExecution) -> list[Recording]:
        seen: list[Recording] = []
        handle = self._client.get_workflow_handle(run.id, run_id=run.run_id)
        replayer = Replayer(
            workflows=[Breach],
            data_converter=self._client.data_converter,
            # What is seen must leave the workflow; a replay does nothing that a sandbox would keep.
            workflow_runner=UnsandboxedWorkflowRunner(),
            interceptors=[_Listening(seen)],
        )
        await replayer.replay_workflow(await handle.fetch_history())
        return seen

    async def _give_back(self, recordings: list[Recording]) -> int:
        given = 0
        for recording in recordings:
            await self._reservations.give_back(recording.case.opening)
            given += await self._store.record(recording.case, recording.event)
        return given


class _Listening(Interceptor):
    """Hears what a workflow sends to the register."""

    def __init__(self, seen: list[Recording]) -> None:
        self._seen = seen

    def workflow_interceptor_class(
        self, _: WorkflowInterceptorClassInput
    ) -> type[WorkflowInboundInterceptor]:
        seen = self._seen

        class Outbound(WorkflowOutboundInterceptor):
            def start_local_activity(self, input: StartLocalActivityInput) -> Any:  # noqa: A002
                seen.extend(each for each in input.args if isinstance(each, Recording))
                return super().start_local_activity(input)

        class Inbound(WorkflowInboundInterceptor):
            def init(self, outbound: WorkflowOutboundInterceptor) -> None:
                super().init(Outbound(outbound))

        return Inbound
