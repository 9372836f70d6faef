"""*ICO pack*: the ICO's form filled in from the case, for the DPO and the deputy, as a file."""

from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.listeners.asides import say_aside
from chat.listeners.lookup import Button, NoAnswerError, Press, pressed
from chat.listeners.refused import note
from chat.messages.card_buttons import ICO_PACK
from chat.messages.ico_pack import (
    JUST_SENT,
    MAIL_ONLY,
    NOT_FOR_YOU,
    NOT_SENT,
    SENT,
    WITHOUT,
    file_comment,
    personal_data_found,
)
from chat.ports import (
    Desk,
    JustGivenError,
    MailOnlyError,
    NotConfirmedError,
    PackFile,
    Packs,
    People,
    PersonalDataFoundError,
)
from domain.people import Actor
from domain.refusal import Bar
from domain.seeing import may_have_pack, may_have_packs

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class PackRoom:
    """Who makes packs, and who says for whom."""

    desk: Desk
    packs: Packs
    people: People


def register(app: AsyncApp, room: PackRoom) -> None:
    """Adds both buttons to the app."""

    @app.action(ICO_PACK)
    async def whole(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Sends the pack, or says which fields would hold personal data."""
        await ack()
        await _answer(body, client, respond, room, leave_out=False)

    @app.action(WITHOUT)
    async def without(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Sends the pack without the texts that look like personal data."""
        await ack()
        await _answer(body, client, respond, room, leave_out=True)


async def _answer(
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    room: PackRoom,
    *,
    leave_out: bool,
) -> None:
    """Whoever pressed is looked up now; when that can't be done, the answer is no."""
    try:
        button = Button(ICO_PACK, body["actions"][0]["value"], _unknown, decides=True)
        press = await pressed(button, body, room.desk, room.people)
    except NoAnswerError as error:
        await say_aside(respond, error.text)
        return
    if not may_have_pack(press.case, press.actor):
        log.info("ico_pack_refused", case=press.case.reference)
        bar = Bar.INVOLVED if may_have_packs(press.actor) else Bar.NOT_IN_ROLE
        note(room.people, press.actor.user_id, ICO_PACK, bar, press.case.reference)
        await say_aside(respond, NOT_FOR_YOU)
        return
    try:
        file = await room.packs.make(press.case.reference, press.actor, leave_out=leave_out)
    except MailOnlyError:
        await say_aside(respond, MAIL_ONLY.format(reference=press.case.reference))
    except PersonalDataFoundError as error:
        found = personal_data_found(press.case, error.places)
        await say_aside(respond, found.text, found.blocks)
    except JustGivenError:
        await say_aside(respond, JUST_SENT)
    except NotConfirmedError:
        await say_aside(respond, answers.NOT_READ)
    else:
        await say_aside(respond, SENT if await _send(client, press, file) else NOT_SENT)


def _unknown(actor: Actor) -> str:
    return answers.NO_SUCH_CASE if may_have_packs(actor) else NOT_FOR_YOU


async def _send(client: AsyncWebClient, press: Press, file: PackFile) -> bool:
    """Puts the file into the person's messages, where nobody else sees it; whether that worked."""
    try:
        opened = await client.conversations_open(users=[press.actor.user_id])
        await client.files_upload_v2(
            channel=opened["channel"]["id"],
            filename=file.name,
            title=file.name,
            file=file.content,
            initial_comment=file_comment(press.case, file),
        )
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("ico_pack_not_sent", error=type(error).__name__)
        return False
    return True
