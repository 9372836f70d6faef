"""The message whose button was pressed: it offers no longer what was done, or can't be done now.

Cards are kept by the case itself. Every other message stands as it was posted, until somebody
presses a button of it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from chat.elements import MORE, context, read_choice, read_subject
from chat.forms.catalogue import FORMS
from chat.origin import pressed_message
from chat.ports import Desk, NotConfirmedError
from chat.text import moment
from domain.case import Case
from domain.case_clocks import runs
from domain.people import Actor
from domain.policy import hindrance
from domain.readiness import not_now
from domain.seeing import may_see
from domain.stage import stage_of
from domain.steps import Claim, Decision, IcoFollowUp
from domain.summary import step_name
from domain.taxonomy import Clock

_CLAIM = "claim"
"""The one step that a button takes without a form."""
_CARD = ":card:"
"""What the keys of cards hold: `activities/slack.py` edits those, and nobody else."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class _Readers:
    """For whom a message offers steps, as the case stands by now."""

    case: Case
    by: Actor
    is_alone: bool
    """Whether nobody else reads it: what this person may not do, others in a channel may."""

    def is_past(self, name: str, number: int | None) -> bool:
        """Whether such a step, of the action or complaint of that number, is done or too late."""
        form = FORMS.get(name)
        kind = form.kind if form else Claim
        if kind is IcoFollowUp and not runs(self.case, Clock.ICO_FOLLOW_UP):
            return True
        if not self.is_alone:
            return not_now(self.case, kind, self.by, number) is not None
        if form:
            return form.hindrance(self.case, self.by, number) is not None
        return hindrance(self.case, kind, self.by) is not None


async def mark_spent(
    client: AsyncWebClient, desk: Desk, body: dict[str, Any], reference: str, step: Decision
) -> None:
    """Edits the message from which a step was taken: it is recorded, and not offered any longer.

    It never raises: it comes after the acknowledgement, and the step is recorded.
    """

    async def edit(channel: str, ts: str) -> None:
        case = await desk.case(reference)
        message = await _message(client, channel, ts)
        if case and message:
            kept = _possible(message, _Readers(case, step.by, channel.startswith("D")))
            line = f":white_check_mark: *{reference}* {step_name(step)}: recorded {moment(_now())}"
            await _update(client, channel, message, kept, line)

    await _where_pressed(body, edit)


async def mark_past(client: AsyncWebClient, body: dict[str, Any], case: Case, by: Actor) -> None:
    """Edits the message whose button came too late: it says where the case stands by now.

    Who did what meanwhile is for the person who pressed, who is told apart. Nothing is said where
    the case is not theirs to see: what they pressed may have been forged. It never raises.
    """
    if not may_see(case, by):
        return

    async def edit(channel: str, ts: str) -> None:
        message = await _message(client, channel, ts)
        if message is None:
            return
        kept = _possible(message, _Readers(case, by, is_alone=False))
        if kept != message.get("blocks"):
            line = (
                ":heavy_minus_sign: What was offered here is done, or not possible any more: "
                f"*{case.reference}* is at *{stage_of(case).label}* now"
            )
            await _update(client, channel, message, kept, line)

    await _where_pressed(body, edit)


async def _where_pressed(body: dict[str, Any], edit: Callable[[str, str], Awaitable[None]]) -> None:
    origin = pressed_message(body)
    if origin is None:
        return
    try:
        await edit(*origin)
    except (
        SlackClientError,
        NotConfirmedError,
        aiohttp.ClientError,
        TimeoutError,
        OSError,
    ) as error:
        log.warning("message_not_marked", error=type(error).__name__)


async def _message(client: AsyncWebClient, channel: str, ts: str) -> dict[str, Any] | None:
    """The message as it stands; None for a card, and for what only its reader ever had."""
    answer = await client.conversations_history(
        channel=channel, latest=ts, oldest=ts, inclusive=True, limit=1, include_all_metadata=True
    )
    found: list[dict[str, Any]] = answer["messages"]
    for message in found:
        key = message.get("metadata", {}).get("event_payload", {}).get("key", "")
        return None if _CARD in key else message
    return None


async def _update(
    client: AsyncWebClient,
    channel: str,
    message: dict[str, Any],
    kept: list[dict[str, Any]],
    line: str,
) -> None:
    await client.chat_update(
        channel=channel,
        ts=message["ts"],
        text=message["text"],
        blocks=[*kept, context(line).to_dict()],
    )


def _possible(message: dict[str, Any], readers: _Readers) -> list[dict[str, Any]]:
    """The blocks without the buttons and choices of steps that can't be taken any more.

    What may come again stays: another action, another question.
    """
    kept = []
    for block in message.get("blocks") or []:
        if block["type"] != "actions":
            kept.append(block)
        elif elements := [left for each in block["elements"] if (left := _left(each, readers))]:
            kept.append({**block, "elements": elements})
    return kept


def _left(element: dict[str, Any], readers: _Readers) -> dict[str, Any] | None:
    """What is left of a button or a menu; None when that is nothing."""
    if element["action_id"] != MORE:
        return None if _is_spent(element["action_id"], element["value"], readers) else element
    options = [
        each for each in element["options"] if not _is_spent(*read_choice(each["value"]), readers)
    ]
    return {**element, "options": options} if options else None


def _is_spent(name: str, about: str, readers: _Readers) -> bool:
    if name != _CLAIM and name not in FORMS:
        return False
    reference, number = read_subject(about)
    # Joined messages have buttons of several cases, and a forged one may name any.
    return reference == readers.case.reference and readers.is_past(name, number)


def _now() -> datetime:
    return datetime.now(UTC)
