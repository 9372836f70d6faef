"""`starter.py training import FILE`: the record first, then the actions that it completes."""

import asyncio
import hashlib
from datetime import timedelta
from pathlib import Path

import typer
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError

from register.training.command import Wishes, import_file
from runtime.settings import payload_keys
from runtime.temporal import TASK_QUEUE, address, connect
from workflows.training import TrainingImported

CONNECT_WITHIN_S = 15
LONGEST_RUN = timedelta(days=6)
"""The weekly reminders look again at what such a run could not do."""
EXIT_NOT_COMPLETED = 1


async def import_training(file: Path, wishes: Wishes) -> int:
    """Imports a learning system's file, and has the worker complete what it completes.

    The exit status is 2, and nothing is imported, when something is wrong with the file; 1 when it
    was imported, and Temporal does not answer.
    """
    keyring = payload_keys()
    status = await import_file(file, wishes)
    if status or wishes.dry_run:
        return status
    try:
        client = await asyncio.wait_for(connect(keyring), CONNECT_WITHIN_S)
        await begin_completing(client, await asyncio.to_thread(file.read_bytes))
    except (TimeoutError, RPCError):
        typer.echo(
            f"That is imported. Temporal does not answer at {address()}, so remedial actions that "
            "ask for a course are completed later: soon after it and the worker run again.",
            err=True,
        )
        return EXIT_NOT_COMPLETED
    return 0


async def begin_completing(
    client: Client, content: bytes, *, task_queue: str = TASK_QUEUE, prefix: str = ""
) -> str:
    """Begins the run for a file, unless it is under way; its workflow's id.

    Raises:
        RPCError: when Temporal does not answer.
    """
    name = f"{prefix}training-import-{hashlib.sha256(content).hexdigest()[:16]}"
    await client.start_workflow(
        TrainingImported.run,
        id=name,
        task_queue=task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        execution_timeout=LONGEST_RUN,
        rpc_timeout=timedelta(seconds=CONNECT_WITHIN_S),
        static_summary="Training was imported",
    )
    return name
