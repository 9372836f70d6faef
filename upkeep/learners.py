"""Has Slack asked who is who, soon after somebody new is in the training record.

An import begins that itself. This is for what Temporal was not there for, such as example data that
was loaded before the first start: until the next weekly reminders nobody would see their training,
and no action be completed by it.
"""

import asyncio
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError

from register.training.records import TrainingRecords
from workflows.training import TrainingImported

EVERY_S, AFTER_A_RUN_S = 10, 60
"""While Slack refuses, each run ends with somebody still to be looked up."""
NAME = "training-look-up"
"""The id of the run: one at a time."""
LONGEST_RUN = timedelta(days=1)
"""Whatever it could not do, the next one does."""

log = structlog.stdlib.get_logger(__name__)


async def look_up_for_ever(client: Client, records: TrainingRecords, task_queue: str) -> None:
    """Looks every few seconds, after a run each minute, for as long as the worker runs."""
    while True:
        begun = None
        try:
            begun = await look_up(client, records, task_queue)
        except (RPCError, SQLAlchemyError, OSError) as error:
            log.warning("learners_not_looked_up", error=type(error).__name__)
        await asyncio.sleep(AFTER_A_RUN_S if begun else EVERY_S)


async def look_up(
    client: Client, records: TrainingRecords, task_queue: str, *, prefix: str = ""
) -> str | None:
    """Begins a run where somebody is new, unless one is under way; its workflow's id.

    Raises:
        RPCError: when Temporal does not answer.
        SQLAlchemyError: when the register does not.
    """
    if not await records.is_anybody_new():
        return None
    name = f"{prefix}{NAME}"
    await client.start_workflow(
        TrainingImported.run,
        id=name,
        task_queue=task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        execution_timeout=LONGEST_RUN,
        static_summary="Look up new people of the training record",
    )
    return name
