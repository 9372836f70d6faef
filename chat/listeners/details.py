"""*Details*: what is known of a case, for those who may see it."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.elements import read_subject
from chat.forms.details import DETAILS, details_view
from chat.listeners.asides import open_modal, say_aside
from chat.ports import Desk, NotCheckedError, NotConfirmedError, People
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
            reference, _ = read_subject(body["actions"][0]["value"])
            actor = await people.actor(body["user"]["id"])
            case = await desk.case(reference)
        except NotCheckedError:
            await say_aside(respond, answers.NOT_CHECKED)
            return
        except (NotConfirmedError, ValueError):
            await say_aside(respond, answers.NOT_CONFIRMED_PRESS)
            return
        if case is None or not may_see(case, actor):
            await say_aside(respond, answers.NO_SUCH_CASE)
            return
        view = details_view(case, organisation, datetime.now(UTC))
        await open_modal(client, respond, body, view)
