"""Finds open cases whose workflow was ended from outside, and lets them go on from the register.

Temporal's UI and command line can terminate a workflow, and its database can be lost; the clocks of
the law run on all the same. Only people end a case, by closing or withdrawing it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from temporalio.client import (
    Client,
    WorkflowExecutionStatus,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from intake.cards import last_cards
from intake.opening import CaseOpener
from intake.whose import CASE
from register.listing import Listing
from register.store import Store

ENDED_FROM_OUTSIDE = (
    WorkflowExecutionStatus.TERMINATED,
    WorkflowExecutionStatus.CANCELED,
    WorkflowExecutionStatus.FAILED,
    WorkflowExecutionStatus.TIMED_OUT,
)
ANSWER_WITHIN = timedelta(seconds=15)
"""For the query of a run that has ended; a worker may just be starting."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Ending:
    """That a workflow which should run does not."""

    at: datetime | None
    """When it ended (UTC); None for one that is unknown to Temporal."""


async def ending(client: Client, workflow_id: str, of: str) -> Ending | None:
    """How a workflow of that type that should run was ended; None for one that was not.

    What ended under its id and is of another type was never ours.
    """
    try:
        described = await client.get_workflow_handle(workflow_id).describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return Ending(None)
        raise
    if described.workflow_type != of and described.status is not WorkflowExecutionStatus.RUNNING:
        return Ending(None)
    return Ending(described.close_time) if described.status in ENDED_FROM_OUTSIDE else None


class Resumer:
    """Compares the open cases of the register with the workflows that run."""

    def __init__(self, client: Client, listing: Listing, store: Store, opener: CaseOpener) -> None:
        """Asks Temporal through the client and the register through the others."""
        self._client = client
        self._listing = listing
        self._store = store
        self._opener = opener

    async def resume_ended(self) -> int:
        """Starts every open case again that has no workflow any more; says how many."""
        running = {
            found.id
            async for found in self._client.list_workflows(
                f"WorkflowType = '{CASE}' AND ExecutionStatus = 'Running'"
            )
        }
        resumed = 0
        for reference in await self._listing.open_references():
            # Temporal's list may lag behind, so the case itself is asked before anything is done.
            if reference in running:
                continue
            if ended := await ending(self._client, reference, CASE):
                resumed += await self._resume(reference, ended)
        return resumed

    async def _resume(self, reference: str, ended: Ending) -> bool:
        case = await self._store.acknowledged(reference)
        if case is None or case.is_over:
            return False
        try:
            if not case.events:
                await self._opener.begin_again(case.opening)
                return True
            cards = await last_cards(self._client, reference, ANSWER_WITHIN)
            await self._opener.resume(case, cards, ended.at)
        except WorkflowAlreadyStartedError:
            return False
        return True
