"""Work with the register or Temporal that must answer within Slack's 3 seconds."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import WorkflowUpdateRPCTimeoutOrCancelledError

from chat.ports import NotConfirmedError
from encryption.codec import UnreadableError

ANSWER_WITHIN_S = 2.2
"""Slack waits 3 seconds for an acknowledgement; the rest is for the way there and back."""

ResultT = TypeVar("ResultT")
log = structlog.stdlib.get_logger(__name__)


async def in_time(work: Coroutine[Any, Any, ResultT], within_s: float | None = None) -> ResultT:
    """The result of some work with the register or Temporal.

    Work that is late goes on behind the person's back: it may be repeated, and a driver that waits
    for a locked database does not let itself be cancelled in time.

    Raises:
        NotConfirmedError: when there is none within `within_s` seconds, by default ANSWER_WITHIN_S.
    """
    working = asyncio.ensure_future(work)
    try:
        return await asyncio.wait_for(asyncio.shield(working), within_s or ANSWER_WITHIN_S)
    except (
        TimeoutError,
        OSError,
        SQLAlchemyError,
        WorkflowUpdateRPCTimeoutOrCancelledError,
        UnreadableError,
    ) as error:
        log.warning("not_confirmed_in_time", error=type(error).__name__)
        raise NotConfirmedError from error
    finally:
        if not working.done():
            working.add_done_callback(_note_late_failure)


def _note_late_failure(working: asyncio.Future[Any]) -> None:
    """Takes note of an error that came too late for anybody to be told."""
    if not working.cancelled() and working.exception():
        log.info("late_work_failed", error=type(working.exception()).__name__)
