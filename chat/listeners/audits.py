"""Audits: `/breach audit` and its form, and the buttons of recommendations with theirs.

Whoever may not see a recommendation learns nothing, not even whether there is one.
"""

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.filled import Filled
from chat.forms.audit_receipt import audit_receipt
from chat.forms.audit_views import audit_view, audits_view
from chat.forms.audits import AUDIT, at_line, audit_form, filled_entry
from chat.forms.guard import question, says_none, suspicions
from chat.forms.recommendation_view import recommendation_view
from chat.forms.recommendations import filled_step, read_seen, step_form
from chat.listeners.asides import open_modal, say_aside, show_instead
from chat.listeners.audit_room import AuditRoom
from chat.listeners.home import HomeTab
from chat.listeners.lookup import NoAnswerError, looked_up
from chat.listeners.refused import note
from chat.listeners.taking import Submitted, problems_taking
from chat.messages.audit_words import CONFIRM_LABEL, OPEN, OPEN_AUDIT, RECORD
from chat.messages.audits import NONE
from chat.messages.confirm_press import no_confirming
from chat.ports import (
    NotCheckedError,
    NotConfirmedError,
    RefusedError,
)
from domain.absence import london_day
from domain.audits.deciding import may_confirm, may_enter
from domain.audits.rules import NOT_TO_ENTER, NOT_YOURS, recording_refusal
from domain.people import Actor
from domain.refusal import Bar
from domain.report import Problem

AUDITS = "audits"


async def open_entry(
    room: AuditRoom, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
) -> None:
    """Opens the form for an audit, or says whose it is to fill in.

    Raises:
        NotCheckedError: when Slack could not say who the person is.
        NotConfirmedError: when the register did not answer in time.
    """
    if not may_enter(await room.people.actor(body["user_id"])):
        note(room.people, body["user_id"], AUDIT, Bar.NOT_IN_ROLE)
        await say_aside(respond, NOT_TO_ENTER)
        return
    await open_modal(client, respond, body, audit_form(await room.desk.earlier()))


async def send_list(
    room: AuditRoom, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
) -> None:
    """Shows the audits and open recommendations that the person may see.

    Raises:
        NotCheckedError: when Slack could not say who the person is.
        NotConfirmedError: when the register did not answer in time.
    """
    found = await room.desk.listed(await room.people.actor(body["user_id"]))
    if not found.audits and not found.waiting:
        await say_aside(respond, NONE)
        return
    await open_modal(client, respond, body, audits_view(found, datetime.now(UTC)))


async def show(
    room: AuditRoom,
    named: tuple[str, int | None],
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
) -> None:
    """Shows the audit, or the recommendation of it, that somebody named.

    Raises:
        NotCheckedError: when Slack could not say who the person is.
        NotConfirmedError: when the register did not answer in time.
    """
    view = await _view_of(room, named, await room.people.actor(body["user_id"]))
    if view is None:
        note(room.people, body["user_id"], OPEN_AUDIT, Bar.NOT_THEIRS, named[0])
        await say_aside(respond, NOT_YOURS)
        return
    await open_modal(client, respond, body, view)


async def _view_of(room: AuditRoom, named: tuple[str, int | None], actor: Actor) -> View | None:
    reference, number = named
    if number is None:
        found = await room.desk.audit(reference, actor)
        return audit_view(found, actor, datetime.now(UTC)) if found else None
    file = await room.recommendation(reference, number, actor)
    return recommendation_view(file, actor, datetime.now(UTC)) if file else None


def register(app: AsyncApp, room: AuditRoom, home: HomeTab) -> None:
    """Adds the forms and the buttons to the app."""
    _register_looking(app, room)
    _register_recording(app, room, home)

    @app.view(AUDIT)
    async def entered(ack: AsyncAck, body: dict[str, Any]) -> None:
        """Enters the audit; the form becomes the receipt only once it is recorded."""
        await ack(**await _entered(body, room))


def _register_looking(app: AsyncApp, room: AuditRoom) -> None:
    async def view_of(reference: str, _: int | None, actor: Actor) -> View | None:
        return await _view_of(room, (reference, None), actor)

    @app.action(OPEN)
    async def opened(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Shows the recommendation."""
        await ack()
        try:
            file, actor = await looked_up(OPEN, body, room.people, room.recommendation, NOT_YOURS)
        except NoAnswerError as error:
            await say_aside(respond, error.text)
            return
        await open_modal(client, respond, body, recommendation_view(file, actor, datetime.now(UTC)))

    @app.action(OPEN_AUDIT)
    async def audit_opened(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Shows the audit with its recommendations."""
        await ack()
        try:
            view, _ = await looked_up(OPEN_AUDIT, body, room.people, view_of, NOT_YOURS)
        except NoAnswerError as error:
            await say_aside(respond, error.text)
            return
        await open_modal(client, respond, body, view)


def _register_recording(app: AsyncApp, room: AuditRoom, home: HomeTab) -> None:
    @app.action(RECORD)
    async def recording(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Opens the form for the next step, or says why this person can record none."""
        await ack()
        try:
            file, actor = await looked_up(RECORD, body, room.people, room.recommendation, NOT_YOURS)
        except NoAnswerError as error:
            await say_aside(respond, error.text)
            return
        refused = recording_refusal(file.recommendation, actor)
        if _promises_confirming(body) and not (refused and refused.bar):
            may = may_confirm(file.recommendation, actor)
            refused = None if may else no_confirming(file, actor)
        if refused:
            note(room.people, actor.user_id, RECORD, refused, file.recommendation.audit.reference)
            await say_aside(respond, answers.as_message(refused))
            return
        await show_instead(client, respond, body, step_form(file, actor))

    @app.view(RECORD)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        """Takes the step; the form closes only once it is recorded, and keeps what was typed."""
        filled = Filled(body["view"])
        if found := suspicions(filled):
            await ack(response_action="update", view=question(body["view"], found))
            return

        async def take(reference: str, number: int | None, by: Actor) -> None:
            step = filled_step(filled, by, read_seen(filled.metadata))
            step = step.model_copy(update={"not_personal_data": says_none(filled)})
            await room.desk.take(f"{reference}-{number}", step, once=filled.fingerprint)

        submission = Submitted(RECORD, filled, body["user"]["id"], room.people)
        if errors := await problems_taking(submission, take):
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        await home.show_after(body)


def _promises_confirming(body: dict[str, Any]) -> bool:
    """Whether the button says so; messages of every version carry its words."""
    words = body["actions"][0].get("text") or {}
    return bool(words.get("text") == CONFIRM_LABEL)


async def _entered(body: dict[str, Any], room: AuditRoom) -> dict[str, Any]:
    """What the form is answered with."""
    filled, user_id = Filled(body["view"]), body["user"]["id"]
    today = london_day(datetime.now(UTC))
    entry = filled_entry(filled, today)
    if isinstance(entry, dict):
        return _errors({filled.field_or_first(name): text for name, text in entry.items()})
    if found := suspicions(filled):
        return {"response_action": "update", "view": question(body["view"], found)}
    entry = entry.model_copy(update={"not_personal_data": says_none(filled)})
    try:
        by = await room.people.actor(user_id, decides=True)
        receipt = await room.desk.enter(f"slack:{filled.fingerprint}", entry, by)
    except RefusedError as error:
        note(room.people, user_id, AUDIT, error.refusal)
        problem = at_line(Problem(error.refusal.field or "", error.refusal.text), filled)
        return _errors({filled.field_or_first(problem.field): problem.message})
    except NotCheckedError:
        note(room.people, user_id, AUDIT, Bar.NOT_CHECKED)
        return _errors({filled.field_or_first(None): answers.NOT_CHECKED})
    except NotConfirmedError:
        return _errors({filled.field_or_first(None): answers.NOT_CONFIRMED})
    return {"response_action": "update", "view": audit_receipt(receipt, entry, today)}


def _errors(errors: dict[str, str]) -> dict[str, Any]:
    return {"response_action": "errors", "errors": errors}
