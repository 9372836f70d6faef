"""Has recommendations follow what was corrected in their audits: at once, or by the next sweep."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from operator import itemgetter

import structlog
from temporalio.client import (
    Client,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.service import RPCError, RPCStatusCode

from domain.audits.audit import AuditChange
from domain.audits.recommendation import RecommendationAuditChanged
from register.audits.correcting import AuditCorrections
from register.audits.recording import Recommendations
from workflows.recommendation import AuditRecommendation

ANSWER_WITHIN = timedelta(seconds=10)
"""Without a worker nobody answers; the next sweep asks again."""

log = structlog.stdlib.get_logger(__name__)


class AuditFollower:
    """Tells the workflows of recommendations; what is over follows in the register."""

    def __init__(
        self, client: Client, corrections: AuditCorrections, recommendations: Recommendations
    ) -> None:
        """Asks Temporal through the client."""
        self._client = client
        self._corrections = corrections
        self._recommendations = recommendations

    async def resume_ended(self) -> int:
        """Has all that are behind follow, each change once and in order; says how many steps."""
        behind = await self._corrections.behind()
        told = (
            self._follow(name, [change for _, change in changes])
            for name, changes in groupby(behind, key=itemgetter(0))
        )
        return sum(await asyncio.gather(*told))

    async def _follow(self, name: str, changes: Sequence[AuditChange]) -> int:
        done = 0
        for change in changes:
            try:
                if not await self._follow_one(name, change):
                    break
            except (
                WorkflowUpdateFailedError,
                WorkflowUpdateRPCTimeoutOrCancelledError,
                RPCError,
            ) as error:
                # The next sweep goes on here.
                log.warning(
                    "audit_change_not_followed", recommendation=name, error=type(error).__name__
                )
                break
            done += 1
        return done

    async def _follow_one(self, name: str, change: AuditChange) -> bool:
        number = int(name.rpartition("-")[2])
        step = RecommendationAuditChanged(
            by=change.by, reason=change.reason, audit=change.audit, corrected=change.of(number)
        )
        handle = self._client.get_workflow_handle(name)
        try:
            await handle.execute_update(
                AuditRecommendation.follow,
                step,
                id=f"change-{change.number}",
                rpc_timeout=ANSWER_WITHIN,
            )
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            # One that is open has no workflow for a moment: it is begun, and then told.
            return await self._recommendations.follow(name, step)
        return True
