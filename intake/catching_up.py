"""Finds what the register has and no workflow knows of, when nobody asks for it again.

A server or worker that is killed between the register's commit and Temporal's history leaves it
(docs/adr/0003), and so does *Reset* in Temporal's UI. Whoever looks at the case is told that the
step is done, but its clocks go on and nobody is asked for the next one, until the workflow is told.
"""

from datetime import UTC, datetime, timedelta

import structlog
from temporalio.client import (
    Client,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.service import RPCError, RPCStatusCode

from domain.bulletin import Ahead, Shown
from encryption.codec import UnreadableError
from intake.whose import CASE
from register.listing import Listing
from register.store import Store
from workflows.breach import Breach

SETTLED = timedelta(seconds=30)
"""A younger event may still be on its way into the history."""
LIST_MAY_LAG = timedelta(minutes=5)
"""Temporal's list of runs behind its histories, and its clock behind ours."""
ANSWER_WITHIN = timedelta(seconds=5)

DID_NOT_ANSWER = (
    RPCError,
    UnreadableError,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
MOST_SILENT = 3
"""With more, no worker answers for any: the round is over, and begins again."""

log = structlog.stdlib.get_logger(__name__)


class CatchUp:
    """Compares what was recorded lately with what the workflows know."""

    def __init__(self, client: Client, listing: Listing, store: Store) -> None:
        """Asks Temporal through the client and the register through the others."""
        self._client = client
        self._listing = listing
        self._store = store
        self._upto: int | None = None
        self._looked_at: datetime | None = None
        self._not_told: set[str] = set()

    async def resume_ended(self, *, older_than: timedelta = SETTLED) -> int:
        """Tells every case what it does not know of; says how many there were."""
        began = datetime.now(UTC)
        rows = await self._listing.newest(self._upto, began - older_than)
        newest = await self._listing.events_of({*self._not_told, *await self._reset()})
        newest |= {reference: number for _, reference, number in rows}
        told, self._not_told = 0, set()
        for reference, number in newest.items():
            try:
                told += await self._tell(reference, number)
            except DID_NOT_ANSWER as error:
                # One that is stuck must not keep the others back; it is asked again next time.
                log.warning("not_caught_up", case=reference, error=type(error).__name__)
                self._not_told.add(reference)
                if len(self._not_told) > MOST_SILENT:
                    raise
        if rows:
            self._upto = rows[-1][0]
        self._looked_at = began
        return told

    async def _reset(self) -> set[str]:
        """Cases with a run that was terminated since: *Reset* does so, and begins at an older step.

        What the new run has forgotten may be long ago in the register.
        """
        query = f"WorkflowType = '{CASE}' AND ExecutionStatus = 'Terminated'"
        if self._looked_at:
            since = self._looked_at - LIST_MAY_LAG
            query += f" AND CloseTime > '{since.isoformat()}'"
        return {run.id async for run in self._client.list_workflows(query)}

    async def _tell(self, reference: str, number: int) -> bool:
        handle = self._client.get_workflow_handle(reference)
        try:
            shown: Shown = await handle.query(Breach.shown, rpc_timeout=ANSWER_WITHIN)
            known = shown.case.events
            if known >= number:
                return False
            events = [each for each in await self._store.events(reference) if each.number > known]
            log.warning("register_was_ahead", case=reference, number=number)
            ahead = Ahead(events=tuple(events))
            await handle.execute_update(Breach.catch_up, ahead, rpc_timeout=ANSWER_WITHIN)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            return False
        return True
