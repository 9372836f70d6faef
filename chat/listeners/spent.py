"""The direct message from which a step was taken: it says so, and offers the step no longer.

Cards are kept by the case itself; a direct message is nobody's but its reader's.
"""

from datetime import UTC, datetime
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from chat.elements import context
from chat.origin import pressed_message
from chat.ports import Desk, NotConfirmedError
from chat.text import moment
from domain.policy import hindrance
from domain.steps import Decision
from domain.summary import step_name

log = structlog.stdlib.get_logger(__name__)


async def mark_spent(
    client: AsyncWebClient, desk: Desk, body: dict[str, Any], reference: str, step: Decision
) -> None:
    """Edits the direct message that was pressed, if it was one.

    It never raises: it comes after the acknowledgement, and the step is recorded.
    """
    origin = pressed_message(body)
    if origin is None or not origin[0].startswith("D"):
        return
    try:
        await _edit(client, *origin, step, again=await _may_come_again(desk, reference, step))
    except (
        SlackClientError,
        NotConfirmedError,
        aiohttp.ClientError,
        TimeoutError,
        OSError,
    ) as error:
        log.warning("message_not_marked", error=type(error).__name__)


async def _may_come_again(desk: Desk, reference: str, step: Decision) -> bool:
    """Whether the same person may take such a step again: another action, another question."""
    case = await desk.case(reference)
    number: int | None = getattr(step, "number", None)
    return case is not None and not hindrance(case, type(step), step.by, action=number)


async def _edit(
    client: AsyncWebClient, channel: str, ts: str, step: Decision, *, again: bool
) -> None:
    answer = await client.conversations_history(
        channel=channel, latest=ts, oldest=ts, inclusive=True, limit=1
    )
    for message in answer["messages"]:
        blocks = message.get("blocks") or []
        if not again:
            blocks = [kept for block in blocks if (kept := _without(step.kind, block))]
        recorded = context(f":white_check_mark: {step_name(step)}: recorded {moment(_now())}")
        await client.chat_update(
            channel=channel, ts=ts, text=message["text"], blocks=[*blocks, recorded.to_dict()]
        )


def _without(kind: str, block: dict[str, Any]) -> dict[str, Any] | None:
    """The block without the buttons of that step; None when nothing is left of it."""
    if block["type"] != "actions":
        return block
    kept = [each for each in block["elements"] if each["action_id"] != kind]
    return {**block, "elements": kept} if kept else None


def _now() -> datetime:
    return datetime.now(UTC)
