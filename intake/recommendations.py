"""Begins the workflows of open recommendations: just entered or reopened, or ended from outside."""

import asyncio
import contextlib

import structlog
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from domain.audits.confirming import EDITION
from domain.audits.recommendation import Recommendation
from intake.whose import ReferenceTakenError, recommendation_is_ours
from register.audits.reading import AuditShelf
from register.audits.recording import Recommendations
from runtime.temporal import TASK_QUEUE
from workflows.recommendation import AuditRecommendation

RUNNING = "WorkflowType = 'AuditRecommendation' AND ExecutionStatus = 'Running'"

log = structlog.stdlib.get_logger(__name__)


class RecommendationStarter:
    """Starts them, each once at a time."""

    def __init__(self, client: Client, *, task_queue: str = TASK_QUEUE) -> None:
        """Starts with the client."""
        self._client = client
        self._task_queue = task_queue

    async def start(self, *recommendations: Recommendation) -> int:
        """Starts those that do not run; says how many that were.

        Raises:
            RPCError: when Temporal does not answer.
            ReferenceTakenError: when something that is not ours runs in the place of one of them.
        """
        begun = await asyncio.gather(
            *(self._start(each) for each in recommendations), return_exceptions=True
        )
        # One that can't be begun keeps no other from it.
        for each in begun:
            if isinstance(each, BaseException):
                raise each
        return sum(each for each in begun if isinstance(each, bool))

    async def _start(self, recommendation: Recommendation) -> bool:
        audit, number = recommendation.audit.reference, recommendation.number
        try:
            await self._client.start_workflow(
                AuditRecommendation.run,
                # What ran under older rules goes on under these.
                recommendation.model_copy(update={"edition": EDITION}),
                id=recommendation.name,
                task_queue=self._task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
                static_summary=(
                    f"Audit {audit} · recommendation {number} · {recommendation.priority.label}"
                ),
            )
        except WorkflowAlreadyStartedError:
            try:
                await recommendation_is_ours(self._client, recommendation.name, self._task_queue)
            except ReferenceTakenError:
                log.error("reference_taken", recommendation=recommendation.name)
                raise
            return False
        return True


class RecommendationResumer:
    """Compares the open recommendations of the register with the workflows that run."""

    def __init__(
        self,
        client: Client,
        shelf: AuditShelf,
        recommendations: Recommendations,
        starter: RecommendationStarter,
    ) -> None:
        """Asks Temporal through the client and the register through the others."""
        self._client = client
        self._shelf = shelf
        self._recommendations = recommendations
        self._starter = starter

    async def resume_ended(self) -> int:
        """Starts every open recommendation that has no workflow; says how many."""
        waiting = await self._shelf.open_ones()
        if not waiting:
            return 0
        running = {found.id async for found in self._client.list_workflows(RUNNING)}
        resumed = 0
        for each in waiting:
            if each.name not in running:
                resumed += await self._resume(each.name)
        return resumed

    async def _resume(self, name: str) -> bool:
        # Read again: what ran a moment ago may have been settled meanwhile. While one runs, a
        # start is refused, however late Temporal's list is.
        recommendation = await self._recommendations.get(name)
        if recommendation is None or recommendation.is_over:
            return False
        begun = 0
        # The log and the watchdog say whose place is taken; the others go on.
        with contextlib.suppress(ReferenceTakenError):
            begun = await self._starter.start(recommendation)
        if begun:
            log.warning("recommendation_resumed", recommendation=name)
        return bool(begun)
