"""Audits: `/breach audit` and its form, and the buttons of recommendations with theirs.

Whoever may not see a recommendation learns nothing, not even whether there is one.
"""

from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.elements import read_subject
from chat.filled import Filled, MissingFieldError
from chat.forms.audit_views import audit_view, audits_view
from chat.forms.audits import AUDIT, at_line, audit_form, audit_receipt, filled_entry
from chat.forms.guard import question, says_none, suspicions
from chat.forms.recommendation_view import recommendation_view
from chat.forms.recommendations import filled_step, read_seen, step_form
from chat.listeners.asides import open_modal, say_aside, show_instead
from chat.listeners.audit_room import AuditRoom
from chat.listeners.home import HomeTab
from chat.listeners.lookup import NoAnswerError
from chat.listeners.refused import note
from chat.messages.audit_words import OPEN, OPEN_AUDIT, RECORD
from chat.messages.audits import NONE
from chat.ports import (
    NotCheckedError,
    NotConfirmedError,
    RecommendationFile,
    RefusedError,
)
from domain.absence import london_day
from domain.audits.deciding import may_enter
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
    file = await room.desk.file(f"{reference}-{number}", actor)
    return recommendation_view(file, actor) if file else None


def register(app: AsyncApp, room: AuditRoom, home: HomeTab) -> None:
    """Adds the forms and the buttons to the app."""

    @app.view(AUDIT)
    async def entered(ack: AsyncAck, body: dict[str, Any]) -> None:
        """Enters the audit; the form becomes the receipt only once it is recorded."""
        await ack(**await _entered(body, room))

    @app.action(OPEN)
    async def opened(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Shows the recommendation."""
        await ack()
        try:
            file, actor = await _pressed(OPEN, body, room)
        except NoAnswerError as error:
            await say_aside(respond, error.text)
            return
        await open_modal(client, respond, body, recommendation_view(file, actor))

    @app.action(OPEN_AUDIT)
    async def audit_opened(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Shows the audit with its recommendations."""
        await ack()
        try:
            view = await _pressed_audit(body, room)
        except NoAnswerError as error:
            await say_aside(respond, error.text)
            return
        await open_modal(client, respond, body, view)

    @app.action(RECORD)
    async def recording(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Opens the form for the next step, or says why this person can record none."""
        await ack()
        try:
            file, actor = await _pressed(RECORD, body, room)
        except NoAnswerError as error:
            await say_aside(respond, error.text)
            return
        refused = recording_refusal(file.recommendation, actor)
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
        errors = await _take(filled, body["user"]["id"], room)
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        await home.show_after(body)


async def _entered(body: dict[str, Any], room: AuditRoom) -> dict[str, Any]:
    """What the form is answered with."""
    filled, user_id = Filled(body["view"]), body["user"]["id"]
    entry = filled_entry(filled, london_day(datetime.now(UTC)))
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
    return {"response_action": "update", "view": audit_receipt(receipt, entry)}


def _errors(errors: dict[str, str]) -> dict[str, Any]:
    return {"response_action": "errors", "errors": errors}


async def _pressed(
    tried: str, body: dict[str, Any], room: AuditRoom
) -> tuple[RecommendationFile, Actor]:
    """What was pressed, by whom: looked up anew at every press.

    Raises:
        NoAnswerError: with the words for the person.
    """
    user_id, reference = body["user"]["id"], None
    try:
        reference, number = read_subject(body["actions"][0]["value"])
        actor = await room.people.actor(user_id)
        file = await room.desk.file(f"{reference}-{number}", actor)
    except ValueError as error:
        note(room.people, user_id, tried, Bar.NOT_READABLE)
        raise NoAnswerError(NOT_YOURS) from error
    except NotCheckedError as error:
        note(room.people, user_id, tried, Bar.NOT_CHECKED, reference)
        raise NoAnswerError(answers.NOT_CHECKED) from error
    except NotConfirmedError as error:
        raise NoAnswerError(answers.NOT_READ) from error
    if file is None:
        note(room.people, user_id, tried, Bar.NOT_THEIRS, reference)
        raise NoAnswerError(NOT_YOURS)
    return file, actor


async def _pressed_audit(body: dict[str, Any], room: AuditRoom) -> View:
    """The audit that was pressed, as far as the person may see it.

    Raises:
        NoAnswerError: with the words for the person.
    """
    user_id, reference = body["user"]["id"], None
    try:
        reference, _ = read_subject(body["actions"][0]["value"])
        view = await _view_of(room, (reference, None), await room.people.actor(user_id))
    except ValueError as error:
        note(room.people, user_id, OPEN_AUDIT, Bar.NOT_READABLE)
        raise NoAnswerError(NOT_YOURS) from error
    except NotCheckedError as error:
        note(room.people, user_id, OPEN_AUDIT, Bar.NOT_CHECKED, reference)
        raise NoAnswerError(answers.NOT_CHECKED) from error
    except NotConfirmedError as error:
        raise NoAnswerError(answers.NOT_READ) from error
    if view is None:
        note(room.people, user_id, OPEN_AUDIT, Bar.NOT_THEIRS, reference)
        raise NoAnswerError(NOT_YOURS)
    return view


async def _take(  # noqa: PLR0911  one for each thing that may be wrong
    filled: Filled, user_id: str, room: AuditRoom
) -> dict[str, str]:
    """Takes the step that was filled in, or says at which field what is wrong."""
    first, people = filled.field_or_first(None), room.people
    try:
        reference, number = read_subject(filled.metadata)
        seen = read_seen(filled.metadata)
    except ValueError:
        note(people, user_id, RECORD, Bar.NOT_READABLE)
        return {first: answers.NOT_READABLE}
    try:
        by = await people.actor(user_id, decides=True)
        step = filled_step(filled, by, seen)
        step = step.model_copy(update={"not_personal_data": says_none(filled)})
        await room.desk.take(f"{reference}-{number}", step, once=filled.fingerprint)
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
