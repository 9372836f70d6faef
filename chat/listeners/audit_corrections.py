"""Correcting a recorded audit, or withdrawing it: an OST lead or the DPO, from its own window."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.elements import read_subject
from chat.filled import Filled
from chat.forms.audit_correction_buttons import (
    CORRECT,
    CORRECT_AUDIT,
    WITHDRAW,
    audit_buttons,
    correct_buttons,
)
from chat.forms.audit_corrections import (
    audit_correction_form,
    correction_form,
    correction_receipt,
    field_of,
    filled_correction,
    withdrawal_form,
)
from chat.forms.guard import question, suspicions
from chat.listeners.asides import say_aside, show_instead
from chat.listeners.audit_room import AuditRoom
from chat.listeners.refused import note
from chat.ports import AuditFile, NotCheckedError, NotConfirmedError, RefusedError
from domain.audits.audit import Audit, AuditChange
from domain.audits.rules import NOT_TO_CORRECT, NOT_YOURS
from domain.people import Actor
from domain.refusal import Bar

Answer = dict[str, Any]
LOOK_WITHIN_S = 0.3
"""It is recorded by then, and Slack waits three seconds in all."""


def register(app: AsyncApp, room: AuditRoom) -> None:
    """Adds the buttons and the forms to the app."""
    for callback, form in ((CORRECT_AUDIT, _audit), (WITHDRAW, _withdrawal), (CORRECT, _part)):
        _opens(app, room, callback, form)
        _takes(app, room, callback)


Opens = Callable[[AuditRoom, str, int | None, Actor], Awaitable[View | None]]


def _opens(app: AsyncApp, room: AuditRoom, callback: str, form: Opens) -> None:
    @app.action(callback)
    async def pressed(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Opens the form, or says whose it is to fill in."""
        await ack()
        user_id, reference = body["user"]["id"], None
        try:
            reference, number = read_subject(body["actions"][0]["value"])
            view = await form(room, reference, number, await room.people.actor(user_id))
        except ValueError:
            note(room.people, user_id, callback, Bar.NOT_READABLE)
            await say_aside(respond, NOT_YOURS)
        except NotCheckedError:
            note(room.people, user_id, callback, Bar.NOT_CHECKED, reference)
            await say_aside(respond, answers.NOT_CHECKED)
        except NotConfirmedError:
            await say_aside(respond, answers.NOT_READ)
        else:
            if view is None:
                note(room.people, user_id, callback, Bar.NOT_IN_ROLE, reference)
                await say_aside(respond, NOT_TO_CORRECT)
            else:
                await show_instead(client, respond, body, view)


async def _audit(room: AuditRoom, reference: str, _: int | None, actor: Actor) -> View | None:
    found = await room.desk.audit(reference, actor)
    return audit_correction_form(found.audit) if found and _may(found.audit, actor) else None


async def _withdrawal(room: AuditRoom, reference: str, _: int | None, actor: Actor) -> View | None:
    found = await room.desk.audit(reference, actor)
    return withdrawal_form(found) if found and _may(found.audit, actor) else None


async def _part(room: AuditRoom, reference: str, number: int | None, actor: Actor) -> View | None:
    found = await room.desk.file(f"{reference}-{number}", actor)
    may = found is not None and correct_buttons(found.recommendation, actor)
    return correction_form(found.recommendation) if found and may else None


def _may(audit: Audit, actor: Actor) -> bool:
    return bool(audit_buttons(audit, actor))


def _takes(app: AsyncApp, room: AuditRoom, callback: str) -> None:
    @app.view(callback)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        """Corrects it; the form becomes the receipt only once that is recorded."""
        filled = Filled(body["view"])
        if found := suspicions(filled):
            await ack(response_action="update", view=question(body["view"], found))
            return
        await ack(**await _corrected(callback, filled, body["user"]["id"], room))


async def _corrected(callback: str, filled: Filled, user_id: str, room: AuditRoom) -> Answer:
    people, reference = room.people, None
    try:
        reference, number = read_subject(filled.metadata)
        correction = filled_correction(callback, filled, number)
        if isinstance(correction, dict):
            return _errors(filled, correction)
        by = await people.actor(user_id, decides=True)
        once = f"slack:{filled.fingerprint}"
        change = await room.desk.correct(once, reference, correction, by)
    except ValueError:
        note(people, user_id, callback, Bar.NOT_READABLE)
        return _errors(filled, {"": answers.NOT_READABLE})
    except RefusedError as error:
        note(people, user_id, callback, error.refusal, reference)
        return _errors(filled, {error.refusal.field or "": error.refusal.text})
    except NotCheckedError:
        note(people, user_id, callback, Bar.NOT_CHECKED, reference)
        return _errors(filled, {"": answers.NOT_CHECKED})
    except NotConfirmedError:
        return _errors(filled, {"": answers.NOT_CONFIRMED})
    receipt = correction_receipt(change, await _withdrawn(room, change, by))
    return {"response_action": "update", "view": receipt}


async def _withdrawn(room: AuditRoom, change: AuditChange, by: Actor) -> AuditFile | None:
    """What a withdrawn follow-up leaves; None where there is nothing to say, or no time to ask."""
    if not (change.audit.withdrawn and change.audit.follow_up_of):
        return None
    with contextlib.suppress(NotConfirmedError, TimeoutError):
        async with asyncio.timeout(LOOK_WITHIN_S):
            return await room.desk.audit(change.audit.reference, by)
    return None


def _errors(filled: Filled, errors: dict[str, str]) -> Answer:
    said = {filled.field_or_first(field_of(path)): text for path, text in errors.items()}
    return {"response_action": "errors", "errors": said}
