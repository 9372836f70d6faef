"""The direct message from which a step was taken: it says so, and offers the step no longer.

Cards are kept by the case itself; a direct message is nobody's but its reader's.
"""

from datetime import UTC, datetime
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from chat.elements import context, read_subject
from chat.forms.catalogue import FORMS
from chat.origin import pressed_message
from chat.ports import Desk, NotConfirmedError
from chat.text import moment
from domain.case import Case
from domain.people import Actor
from domain.policy import hindrance
from domain.steps import Claim, Decision
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
        case = await desk.case(reference)
        if case:
            await _edit(client, *origin, step, case)
    except (
        SlackClientError,
        NotConfirmedError,
        aiohttp.ClientError,
        TimeoutError,
        OSError,
    ) as error:
        log.warning("message_not_marked", error=type(error).__name__)


async def _edit(client: AsyncWebClient, channel: str, ts: str, step: Decision, case: Case) -> None:
    answer = await client.conversations_history(
        channel=channel, latest=ts, oldest=ts, inclusive=True, limit=1
    )
    for message in answer["messages"]:
        blocks = [
            kept
            for block in message.get("blocks") or []
            if (kept := _still_possible(block, case, step.by))
        ]
        recorded = context(f":white_check_mark: {step_name(step)}: recorded {moment(_now())}")
        await client.chat_update(
            channel=channel, ts=ts, text=message["text"], blocks=[*blocks, recorded.to_dict()]
        )


def _still_possible(block: dict[str, Any], case: Case, by: Actor) -> dict[str, Any] | None:
    """The block without the buttons of steps that this person can't take any more.

    None when nothing is left of it. What may come again stays: another action, another question.
    """
    if block["type"] != "actions":
        return block
    kept = [each for each in block["elements"] if not _is_spent(each, case, by)]
    return {**block, "elements": kept} if kept else None


def _is_spent(element: dict[str, Any], case: Case, by: Actor) -> bool:
    name = element["action_id"]
    if name == "claim":
        return hindrance(case, Claim, by) is not None
    form = FORMS.get(name)
    if form is None:
        return False
    _, number = read_subject(element["value"])
    return form.hindrance(case, by, number) is not None


def _now() -> datetime:
    return datetime.now(UTC)
