"""Where the cards of a case stood when its last run ended."""

from datetime import timedelta

import structlog
from temporalio.client import Client, WorkflowQueryFailedError, WorkflowQueryRejectedError
from temporalio.service import RPCError

from domain.bulletin import Cards
from encryption.codec import UnreadableError
from workflows.breach import Breach

log = structlog.stdlib.get_logger(__name__)


async def last_cards(client: Client, reference: str, within: timedelta) -> Cards:
    """Where the cards stood, as far as that can be found out in time.

    A query of a run that has ended needs a worker; without an answer the cards are posted anew.
    """
    handle = client.get_workflow_handle(reference)
    try:
        return (await handle.query(Breach.shown, rpc_timeout=within)).cards
    except (
        RPCError,
        WorkflowQueryFailedError,
        WorkflowQueryRejectedError,
        UnreadableError,
    ) as error:
        log.warning("cards_not_found", case=reference, error=type(error).__name__)
        return Cards()
