"""*Details*: what is known of a case, for those who may see it."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.forms.details import DETAILS, details_view
from chat.listeners.asides import open_modal, say_aside
from chat.listeners.lookup import Button, NoAnswerError, pressed
from chat.listeners.refused import note
from chat.ports import Desk, HrDesk, NotConfirmedError, People
from domain.case import Case
from domain.organisation import Organisation
from domain.people import Actor
from domain.refusal import Bar
from domain.seeing import may_see


def register(
    app: AsyncApp, desk: Desk, hr: HrDesk, people: People, organisation: Organisation
) -> None:
    """Adds the button to the app."""

    @app.action(DETAILS)
    async def details(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Shows the case. One that does not exist and one that is not theirs look the same."""
        await ack()
        try:
            button = Button(DETAILS, body["actions"][0]["value"])
            press = await pressed(button, body, desk, people)
        except NoAnswerError as error:
            await say_aside(respond, error.text)
            return
        try:
            view = await details_for(press.case, press.actor, hr, organisation)
        except NotConfirmedError:
            await say_aside(respond, answers.NOT_READ)
            return
        if view is None:
            note(people, press.actor.user_id, DETAILS, Bar.NOT_THEIRS, press.case.reference)
            await say_aside(respond, answers.NO_SUCH_CASE)
            return
        await open_modal(client, respond, body, view)


async def details_for(
    case: Case, actor: Actor, hr: HrDesk, organisation: Organisation
) -> View | None:
    """The details as this person may see them; None when the case is not theirs to see.

    Raises:
        NotConfirmedError: when the register does not answer in time.
    """
    if not may_see(case, actor):
        return None
    referral = await hr.summary(case, actor)
    return details_view(case, actor, referral, organisation, datetime.now(UTC))
