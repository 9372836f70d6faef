"""Finds out that a key is missing before a case needs it: what can't be read doesn't ring."""

import asyncio

import structlog
from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client
from temporalio.service import RPCError

from encryption.codec import UnreadableError
from register.standing import Standing

EVERY_S = 300

log = structlog.stdlib.get_logger(__name__)


async def look_for_ever(client: Client, standing: Standing) -> None:
    """Looks at once, and then every few minutes, for as long as the worker runs."""
    while True:
        try:
            await look(client, standing)
        except (RPCError, SQLAlchemyError, OSError):
            log.warning("keys_not_looked_at", exc_info=True)
        await asyncio.sleep(EVERY_S)


async def look(client: Client, standing: Standing) -> None:
    """Reads the summaries of the oldest and of the newest open case.

    A key that was taken out too early shows in the one, keys of another installation in the other.
    What can't be read is logged by the codec, and `has_the_keys` knows of it.
    """
    for reference in await standing.ends():
        try:
            described = await client.get_workflow_handle(reference).describe()
            await described.static_summary()
        except UnreadableError:
            continue
