"""HR's referrals: *Open*, *Record step…* and its form.

Whoever may not handle a referral learns nothing, not even whether there is one.
"""

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.filled import Filled
from chat.forms.discipline import filled_step, referral_view, step_form
from chat.forms.guard import question, says_none, suspicions
from chat.listeners.asides import open_modal, say_aside
from chat.listeners.home import HomeTab
from chat.listeners.lookup import NoAnswerError, looked_up
from chat.listeners.refused import note
from chat.listeners.taking import Submitted, problems_taking
from chat.messages.referrals import OPEN, RECORD
from chat.ports import (
    HrDesk,
    People,
    ReferralFile,
)
from domain.discipline.rules import NOT_YOURS, handling_refusal
from domain.organisation import Organisation
from domain.people import Actor


def register(
    app: AsyncApp, hr: HrDesk, people: People, home: HomeTab, organisation: Organisation
) -> None:
    """Adds the buttons and the form to the app."""

    async def look(reference: str, _: int | None, actor: Actor) -> ReferralFile | None:
        return await hr.file(reference, actor)

    @app.action(OPEN)
    async def opened(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Shows the referral."""
        await ack()
        try:
            file, _ = await looked_up(OPEN, body, people, look, NOT_YOURS)
        except NoAnswerError as error:
            await say_aside(respond, error.text)
            return
        await open_modal(client, respond, body, referral_view(file, organisation))

    @app.action(RECORD)
    async def recording(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Opens the form for the next step, or says why this person can record none."""
        await ack()
        try:
            file, actor = await looked_up(RECORD, body, people, look, NOT_YOURS)
        except NoAnswerError as error:
            await say_aside(respond, error.text)
            return
        refused = handling_refusal(file.proceeding, actor)
        if refused:
            note(people, actor.user_id, RECORD, refused, file.proceeding.reference)
            await say_aside(respond, answers.as_message(refused))
            return
        form = step_form(file.proceeding, datetime.now(UTC))
        await open_modal(client, respond, body, form)

    @app.view(RECORD)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        """Takes the step; the form closes only once it is recorded, and keeps what was typed."""
        filled = Filled(body["view"])
        if found := suspicions(filled):
            await ack(response_action="update", view=question(body["view"], found))
            return

        async def take(reference: str, seen: int | None, by: Actor) -> None:
            step = filled_step(filled, by, seen)
            step = step.model_copy(update={"not_personal_data": says_none(filled)})
            await hr.take(reference, step, once=filled.fingerprint)

        submission = Submitted(RECORD, filled, body["user"]["id"], people)
        if errors := await problems_taking(submission, take):
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        await home.show_after(body)
