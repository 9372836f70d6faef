"""Whether each open case has a workflow that goes on. Temporal is only asked, never told."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from domain.clocks import london
from watchdog.findings import Finding, Kind

CASE = "Breach"
RUNNING = f"WorkflowType = '{CASE}' AND TaskQueue = '{{}}' AND ExecutionStatus = 'Running'"
STUCK = f"{RUNNING} AND TemporalReportedProblems IS NOT NULL"
REFERRALS = RUNNING.replace(CASE, "Disciplinary")
RECOMMENDATION = "AuditRecommendation"
RECOMMENDED = RUNNING.replace(CASE, RECOMMENDATION)
STUCK_RECOMMENDED = f"{RECOMMENDED} AND TemporalReportedProblems IS NOT NULL"
STUCK_REFERRALS = f"{REFERRALS} AND TemporalReportedProblems IS NOT NULL"
ANSWER_WITHIN = timedelta(seconds=10)
POLLED_WITHIN = timedelta(minutes=2)
"""A worker asks at least once a minute; Temporal remembers one that is gone for five."""
GOES_ON = (WorkflowExecutionStatus.RUNNING, WorkflowExecutionStatus.CONTINUED_AS_NEW)


class Running(Enum):
    """That something runs under a reference."""

    OURS = auto()
    NOT_OURS = auto()


@dataclass(frozen=True)
class Ended:
    """The workflow of a case that the register has as open."""

    reference: str
    how: str
    at: datetime | None
    """None where Temporal does not know the case."""


def gone(ended: Iterable[Ended]) -> list[Finding]:
    """Cases whose clocks nobody keeps."""
    return [
        Finding(
            Kind.CASE_GONE,
            f"{each.reference}: its workflow {each.how}, while the register has the case as open; "
            + (f"its clocks stopped on {london(each.at)}" if each.at else "its clocks stand still"),
            about=each.reference,
            since=each.at,
        )
        for each in ended
    ]


def taken(references: Iterable[str]) -> list[Finding]:
    """Cases and reports in whose place something else runs."""
    what = "{}: something that is not ours runs in Temporal under this reference, so ours can't"
    return [Finding(Kind.REFERENCE_TAKEN, what.format(each), about=each) for each in references]


def never_started(reported: Mapping[str, datetime]) -> list[Finding]:
    """Reports that got a reference, which nobody was shown, and no case."""
    what = "{}: it was reported, and its case has not been started"
    return [
        Finding(Kind.CASE_GONE, what.format(each), about=each, part="new", since=at)
        for each, at in reported.items()
    ]


def stuck(references: Iterable[str]) -> list[Finding]:
    """Cases whose workflow task fails again and again."""
    what = "{}: its workflow is stuck on a task that keeps failing; its clocks stand still"
    return [Finding(Kind.CASE_STUCK, what.format(each), about=each) for each in references]


def unattended(last_polls: Collection[datetime], task_queue: str, now: datetime) -> list[Finding]:
    """Whether a worker asks Temporal for work, by when each that is known did so last (UTC)."""
    if any(now - each <= POLLED_WITHIN for each in last_polls):
        return []
    since = max(last_polls, default=None)
    return [Finding(Kind.NO_WORKER, f"No worker asks Temporal for {task_queue}", since=since)]


class Workflows:
    """Asks one Temporal namespace."""

    def __init__(self, client: Client, task_queue: str) -> None:
        """Asks through the client."""
        self._client = client
        self._task_queue = task_queue

    async def look(
        self, references: Collection[str], reported: Mapping[str, datetime], now: datetime
    ) -> list[Finding]:
        """What is wrong with the workflows of these open cases, and with their workers.

        Args:
            references: of the open cases.
            reported: reports that should have a case by now, with when they came (UTC).
            now: UTC.

        Raises:
            RPCError: when Temporal does not answer.
        """
        running, problems = await self._ids(RUNNING), await self._ids(STUCK)
        # Temporal's list may lag behind, so the case itself is asked.
        all_of_them = (*references, *reported)
        asked = {each: await self._state(each) for each in all_of_them if each not in running}
        ended = {name: each for name, each in asked.items() if isinstance(each, Ended)}
        return [
            *gone(each for name, each in ended.items() if name not in reported),
            *never_started({name: at for name, at in reported.items() if name in ended}),
            *taken(name for name, state in asked.items() if state is Running.NOT_OURS),
            *stuck(sorted(problems.intersection(references))),
            *unattended(await self._polls(), self._task_queue, now),
        ]

    async def referrals(self, references: Collection[str]) -> tuple[list[Ended], list[str]]:
        """Of open referrals, those whose workflow has ended, and those whose task keeps failing.

        Raises:
            RPCError: when Temporal does not answer.
        """
        if not references:
            return [], []
        running, problems = await self._ids(REFERRALS), await self._ids(STUCK_REFERRALS)
        asked = [await self._state(each) for each in references if each not in running]
        ended = [each for each in asked if isinstance(each, Ended)]
        return ended, sorted(problems.intersection(references))

    async def recommendations(
        self, names: Collection[str]
    ) -> tuple[list[Ended], list[str], list[str]]:
        """Of open recommendations: whose workflow ended, is stuck, or is something else.

        Raises:
            RPCError: when Temporal does not answer.
        """
        if not names:
            return [], [], []
        running, problems = await self._ids(RECOMMENDED), await self._ids(STUCK_RECOMMENDED)
        unseen = [each for each in names if each not in running]
        asked = {each: await self._state(each, RECOMMENDATION) for each in unseen}
        ended = [each for each in asked.values() if isinstance(each, Ended)]
        others = [name for name, state in asked.items() if state is Running.NOT_OURS]
        return ended, sorted(problems.intersection(names)), others

    async def _ids(self, query: str) -> set[str]:
        asked = query.format(self._task_queue)
        listed = self._client.list_workflows(asked, rpc_timeout=ANSWER_WITHIN)
        return {found.id async for found in listed}

    async def _state(self, reference: str, kind: str = CASE) -> "Ended | Running":
        handle = self._client.get_workflow_handle(reference)
        try:
            described = await handle.describe(rpc_timeout=ANSWER_WITHIN)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return Ended(reference, "is not known to Temporal", None)
            raise
        status = described.status
        if status is None or status in GOES_ON:
            is_ours = (described.workflow_type, described.task_queue) == (kind, self._task_queue)
            return Running.OURS if is_ours else Running.NOT_OURS
        return Ended(reference, f"ended as {status.name.lower()}", described.close_time)

    async def _polls(self) -> list[datetime]:
        answer = await self._client.workflow_service.describe_task_queue(
            DescribeTaskQueueRequest(
                namespace=self._client.namespace,
                task_queue=TaskQueue(name=self._task_queue),
                task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
            ),
            timeout=ANSWER_WITHIN,
        )
        return [each.last_access_time.ToDatetime(tzinfo=UTC) for each in answer.pollers]
