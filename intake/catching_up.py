"""Finds what the register has and no workflow knows of, when nobody asks for it again.

A server or worker that is killed between the register's commit and Temporal's history leaves it
(docs/adr/0003). Whoever looks at the case is told that the step is done, but its clocks go on and
nobody is asked for the next one, until the workflow is told.
"""

from datetime import UTC, datetime, timedelta

import structlog
from temporalio.client import Client, WorkflowQueryFailedError, WorkflowUpdateFailedError
from temporalio.service import RPCError, RPCStatusCode

from domain.bulletin import Ahead, Shown
from register.listing import Listing
from register.store import Store
from workflows.breach import Breach

SETTLED = timedelta(seconds=30)
"""A younger event may still be on its way into the history."""
ANSWER_WITHIN = timedelta(seconds=5)

log = structlog.stdlib.get_logger(__name__)


class CatchUp:
    """Compares what was recorded lately with what the workflows know."""

    def __init__(self, client: Client, listing: Listing, store: Store) -> None:
        """Asks Temporal through the client and the register through the others."""
        self._client = client
        self._listing = listing
        self._store = store
        self._upto: int | None = None

    async def resume_ended(self, *, older_than: timedelta = SETTLED) -> int:
        """Tells every case what it does not know of; says how many there were."""
        rows = await self._listing.newest(self._upto, datetime.now(UTC) - older_than)
        newest = {reference: number for _, reference, number in rows}
        told = 0
        for reference, number in newest.items():
            told += await self._tell(reference, number)
        if rows:
            self._upto = rows[-1][0]
        return told

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
        except (WorkflowQueryFailedError, WorkflowUpdateFailedError):
            log.warning("not_caught_up", case=reference)
            return False
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            return False
        return True
