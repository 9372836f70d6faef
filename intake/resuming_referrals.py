"""Lets HR's open referrals go on whose workflow was ended from outside, as it is with cases."""

import structlog
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from domain.discipline.proceeding import Proceeding
from intake.resuming import ending
from register.referrals import Referrals
from runtime.temporal import TASK_QUEUE
from workflows.disciplinary import Disciplinary

REFERRAL = "Disciplinary"
"""The type of a referral's workflow."""

log = structlog.stdlib.get_logger(__name__)


class ReferralResumer:
    """Compares the open referrals of the restricted store with the workflows that run."""

    def __init__(
        self, client: Client, referrals: Referrals, *, task_queue: str = TASK_QUEUE
    ) -> None:
        """Asks Temporal through the client, and the store."""
        self._client = client
        self._referrals = referrals
        self._task_queue = task_queue

    async def resume_ended(self) -> int:
        """Starts every open referral again that has no workflow any more; says how many."""
        resumed = 0
        for proceeding in await self._referrals.open_ones():
            if await ending(self._client, proceeding.reference, REFERRAL):
                resumed += await self._resume(proceeding)
        return resumed

    async def _resume(self, proceeding: Proceeding) -> bool:
        drill = "DRILL · " if proceeding.referral.drill else ""
        try:
            await self._client.start_workflow(
                Disciplinary.run,
                proceeding,
                id=proceeding.reference,
                task_queue=self._task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
                static_summary=f"{drill}Resumed · Restricted to HR",
            )
        except WorkflowAlreadyStartedError:
            return False
        log.warning("referral_resumed", referral=proceeding.reference)
        return True
