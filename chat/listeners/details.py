"""*Details*: what is known of a case, for those who may see it."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.forms.details import DETAILS, details_view
from chat.listeners.asides import open_modal, say_aside
from chat.listeners.lookup import NoAnswerError, pressed
from chat.ports import Desk, People
from domain.organisation import Organisation
from domain.policy import may_see


def register(app: AsyncApp, desk: Desk, people: People, organisation: Organisation) -> None:
    """Adds the button to the app."""

    @app.action(DETAILS)
    async def details(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Shows the case. One that does not exist and one that is not theirs look the same."""
        await ack()
        try:
            press = await pressed(body, desk, people)
        except NoAnswerError as error:
            await say_aside(respond, error.text)
            return
        if not may_see(press.case, press.actor):
            await say_aside(respond, answers.NO_SUCH_CASE)
            return
        view = details_view(press.case, organisation, datetime.now(UTC))
        await open_modal(client, respond, body, view)
