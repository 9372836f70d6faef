"""HR's referrals: *Open*, *Record step…* and its form.

Whoever may not handle a referral learns nothing, not even whether there is one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.elements import read_subject
from chat.filled import Filled, MissingFieldError
from chat.forms.discipline import filled_step, referral_view, step_form
from chat.forms.guard import question, says_none, suspicions
from chat.listeners.asides import open_modal, say_aside
from chat.listeners.home import HomeTab
from chat.listeners.lookup import NoAnswerError
from chat.listeners.refused import note
from chat.messages.referrals import OPEN, RECORD
from chat.ports import (
    HrDesk,
    NotCheckedError,
    NotConfirmedError,
    People,
    ReferralFile,
    RefusedError,
)
from domain.discipline.rules import NOT_YOURS, handling_refusal
from domain.organisation import Organisation
from domain.people import Actor
from domain.refusal import Bar


@dataclass(frozen=True)
class Press:
    """A button of a referral, pressed by somebody who may handle it."""

    file: ReferralFile
    actor: Actor


def register(
    app: AsyncApp, hr: HrDesk, people: People, home: HomeTab, organisation: Organisation
) -> None:
    """Adds the buttons and the form to the app."""

    @app.action(OPEN)
    async def opened(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Shows the referral."""
        await ack()
        try:
            press = await _pressed(OPEN, body, hr, people)
        except NoAnswerError as error:
            await say_aside(respond, error.text)
            return
        await open_modal(client, respond, body, referral_view(press.file, organisation))

    @app.action(RECORD)
    async def recording(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Opens the form for the next step, or says why this person can record none."""
        await ack()
        try:
            press = await _pressed(RECORD, body, hr, people)
        except NoAnswerError as error:
            await say_aside(respond, error.text)
            return
        refused = handling_refusal(press.file.proceeding, press.actor)
        if refused:
            note(people, press.actor.user_id, RECORD, refused, press.file.proceeding.reference)
            await say_aside(respond, answers.as_message(refused))
            return
        form = step_form(press.file.proceeding, datetime.now(UTC))
        await open_modal(client, respond, body, form)

    @app.view(RECORD)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        """Takes the step; the form closes only once it is recorded, and keeps what was typed."""
        filled = Filled(body["view"])
        if found := suspicions(filled):
            await ack(response_action="update", view=question(body["view"], found))
            return
        errors = await _take(filled, body["user"]["id"], hr, people)
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        await home.show_after(body)


async def _pressed(tried: str, body: dict[str, Any], hr: HrDesk, people: People) -> Press:
    """What was pressed, by whom: looked up anew at every press.

    Raises:
        NoAnswerError: with the words for the person.
    """
    user_id, reference = body["user"]["id"], None
    try:
        reference, _ = read_subject(body["actions"][0]["value"])
        actor = await people.actor(user_id)
        file = await hr.file(reference, actor)
    except ValueError as error:
        note(people, user_id, tried, Bar.NOT_READABLE)
        raise NoAnswerError(NOT_YOURS) from error
    except NotCheckedError as error:
        note(people, user_id, tried, Bar.NOT_CHECKED, reference)
        raise NoAnswerError(answers.NOT_CHECKED) from error
    except NotConfirmedError as error:
        raise NoAnswerError(answers.NOT_READ) from error
    if file is None:
        note(people, user_id, tried, Bar.NOT_THEIRS, reference)
        raise NoAnswerError(NOT_YOURS)
    return Press(file, actor)


async def _take(  # noqa: PLR0911  one for each thing that may be wrong
    filled: Filled, user_id: str, hr: HrDesk, people: People
) -> dict[str, str]:
    """Takes the step that was filled in, or says at which field what is wrong."""
    first = filled.field_or_first(None)
    try:
        reference, seen = read_subject(filled.metadata)
    except ValueError:
        note(people, user_id, RECORD, Bar.NOT_READABLE)
        return {first: answers.NOT_READABLE}
    try:
        by = await people.actor(user_id, decides=True)
        step = filled_step(filled, by, seen)
        step = step.model_copy(update={"not_personal_data": says_none(filled)})
        await hr.take(reference, step, once=filled.fingerprint)
    except RefusedError as error:
        note(people, user_id, RECORD, error.refusal, reference)
        text = await answers.as_plain_text(error.refusal, people)
        return {filled.field_or_first(error.refusal.field): text}
    except NotCheckedError:
        note(people, user_id, RECORD, Bar.NOT_CHECKED, reference)
        return {first: answers.NOT_CHECKED}
    except NotConfirmedError:
        return {first: answers.NOT_CONFIRMED}
    except MissingFieldError as error:
        return {error.name: "Please fill this in."}
    except (ValueError, ValidationError):
        return {first: answers.NOT_READABLE}
    return {}
