"""Words for one person only, and modals: what a listener does after it has acknowledged.

Nothing here raises: Bolt may lose an acknowledgement when its listener fails right after it.
"""

from collections.abc import Sequence
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncRespond
from slack_sdk.errors import SlackClientError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.messages.card import Content
from chat.origin import (
    is_from_home,
    is_in_modal,
    mark_as_opened_at_home,
    mark_with_message,
)

log = structlog.stdlib.get_logger(__name__)


async def say_aside(
    respond: AsyncRespond, text: str, blocks: Sequence[Block] | None = None
) -> None:
    """Shows a text to the person who pressed or typed, where they did, and to nobody else."""
    try:
        await respond(text=text, blocks=blocks, response_type="ephemeral", replace_original=False)
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("aside_not_shown", error=type(error).__name__)


async def answer(respond: AsyncRespond, content: Content) -> None:
    """Answers what a person typed, to them alone."""
    try:
        await respond(text=content.text, blocks=content.blocks, response_type="ephemeral")
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("answer_not_shown", error=type(error).__name__)


async def open_modal(
    client: AsyncWebClient, respond: AsyncRespond, body: dict[str, Any], view: View
) -> None:
    """Opens a modal; when Slack's three seconds for it are over, asks to press again."""
    if is_from_home(body):
        mark_as_opened_at_home(view)
    mark_with_message(view, body)
    # Over a modal another one can only be pushed.
    shows = client.views_push if is_in_modal(body) else client.views_open
    try:
        await shows(trigger_id=body["trigger_id"], view=view)
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("modal_not_opened", error=type(error).__name__)
        await say_aside(respond, answers.NOT_OPENED)


async def show_instead(
    client: AsyncWebClient, respond: AsyncRespond, body: dict[str, Any], view: View
) -> None:
    """Shows a modal in place of the one whose button was pressed: Slack stacks three at most."""
    if not is_in_modal(body):
        await open_modal(client, respond, body, view)
        return
    if is_from_home(body):
        mark_as_opened_at_home(view)
    mark_with_message(view, body)
    try:
        await client.views_update(view_id=body["view"]["id"], view=view)
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("modal_not_opened", error=type(error).__name__)
        await say_aside(respond, answers.NOT_OPENED)
