"""The steps of a case: the button that opens a form, the form itself, and *Claim*."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.models.blocks import Block
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.elements import MORE, read_choice
from chat.filled import Filled
from chat.forms.catalogue import FORMS
from chat.forms.decision import DecisionForm
from chat.forms.guard import question, says_none, suspicions
from chat.forms.recurrence import not_looked_up, recurrence_blocks
from chat.forms.review import absence_blocks
from chat.listeners.asides import open_modal, say_aside
from chat.listeners.home import HomeTab
from chat.listeners.lookup import NoAnswerError, Press, pressed, step_button
from chat.listeners.refused import note
from chat.listeners.spent import mark_past, mark_spent
from chat.listeners.taking import Submitted, problems_taking
from chat.ports import Board, Desk, NotConfirmedError, People, RefusedError
from domain.people import Actor
from domain.refusal import Bar
from domain.steps import Claim, Decision, HandOver


def register(app: AsyncApp, desk: Desk, board: Board, people: People, home: HomeTab) -> None:
    """Adds *Claim* and every form of the catalogue to the app."""
    _register_claim(app, desk, people, home)
    _register_menu(app, desk, board, people)
    for form in FORMS.values():
        _register_button(app, form, desk, board, people)
        _register_form(app, form, desk, people, home)


def _register_claim(app: AsyncApp, desk: Desk, people: People, home: HomeTab) -> None:
    @app.action("claim")
    async def claim(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Takes the case in hand; the card shows it, so only a refusal needs words."""
        await ack()
        try:
            value = body["actions"][0]["value"]
            button = step_button(Claim, "claim", value, decides=True)
            press = await pressed(button, body, desk, people)
            once = _name_of_press(press.actor.user_id, body["actions"][0]["action_ts"])
            step = Claim(by=press.actor)
            await desk.take(press.case.reference, step, once=once)
        except NoAnswerError as error:
            await say_aside(respond, error.text)
        except RefusedError as error:
            note(people, press.actor.user_id, "claim", error.refusal, press.case.reference)
            await say_aside(respond, answers.as_message(error.refusal))
            await mark_past(client, body, press.case, press.actor)
        except NotConfirmedError:
            await say_aside(respond, answers.NOT_CONFIRMED_PRESS)
        else:
            await home.show_after(body)
            await mark_spent(client, desk, body, press.case.reference, step)


def _name_of_press(user_id: str, ts: str) -> str:
    """The same for the same press, and telling nobody who pressed: Temporal keeps it in clear."""
    return hashlib.sha256(f"{user_id}:{ts}".encode()).hexdigest()[:16]


def _register_button(
    app: AsyncApp, form: DecisionForm, desk: Desk, board: Board, people: People
) -> None:
    @app.action(form.name)
    async def opened(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Opens the form of the button."""
        await ack()
        value = body["actions"][0]["value"]
        await open_form(form, value, body, Answering(client, respond, desk, board, people))


def _register_menu(app: AsyncApp, desk: Desk, board: Board, people: People) -> None:
    @app.action(MORE)
    async def chosen(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Opens the form that was chosen in a card's menu."""
        await ack()
        try:
            kind, value = read_choice(body["actions"][0]["selected_option"]["value"])
            form = FORMS[kind]
        except (ValueError, KeyError):
            note(people, body["user"]["id"], "menu", Bar.NOT_READABLE)
            await say_aside(respond, answers.NO_SUCH_CASE)
            return
        await open_form(form, value, body, Answering(client, respond, desk, board, people))


@dataclass(frozen=True)
class Answering:
    """What it takes to answer somebody who pressed."""

    client: AsyncWebClient
    respond: AsyncRespond
    desk: Desk
    board: Board
    people: People


async def open_form(form: DecisionForm, value: str, body: dict[str, Any], by: Answering) -> None:
    """Opens a form, or says why this person can't take the step now."""
    try:
        button = step_button(form.kind, form.name, value)
        press = await pressed(button, body, by.desk, by.people)
    except NoAnswerError as error:
        await say_aside(by.respond, error.text)
        return
    refused = form.hindrance(press.case, press.actor, press.number)
    if refused:
        note(by.people, press.actor.user_id, form.name, refused, press.case.reference)
        await say_aside(by.respond, answers.as_message(refused))
        await mark_past(by.client, body, press.case, press.actor)
        return
    known = await _known(form, press, by)
    view = form.view(press.case, datetime.now(UTC), press.number, known)
    await open_modal(by.client, by.respond, body, view)


async def _with_taker(step: Decision, people: People) -> Decision:
    """A hand-over with the roles of whoever gets the case.

    Raises:
        NotCheckedError: when Slack could not be asked.
    """
    if not isinstance(step, HandOver):
        return step
    return step.model_copy(update={"taker": await people.actor(step.to)})


async def _known(form: DecisionForm, press: Press, by: Answering) -> list[Block]:
    """What is looked up for the form and shown before its questions."""
    if form.shows_absences:
        return await _absences(press, by)
    return await _recurrence(press, by.board) if form.shows_recurrence else []


async def _absences(press: Press, by: Answering) -> list[Block]:
    try:
        return absence_blocks(await by.board.away(), await by.people.reviewers(press.actor))
    except NotConfirmedError:
        return []


async def _recurrence(press: Press, board: Board) -> list[Block]:
    """What the register knows of cases like this one; a form does not wait long for it."""
    try:
        return recurrence_blocks(await board.recurrence(press.case, press.actor))
    except NotConfirmedError:
        return not_looked_up()


def _register_form(
    app: AsyncApp, form: DecisionForm, desk: Desk, people: People, home: HomeTab
) -> None:
    @app.view(form.name)
    async def submitted(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Takes the step; the form closes only once it is recorded, and keeps what was typed."""
        filled = Filled(body["view"])
        if found := suspicions(filled):
            await ack(response_action="update", view=question(body["view"], found))
            return

        taken: list[tuple[str, Decision]] = []

        async def take(reference: str, number: int | None, by: Actor) -> None:
            step = await _with_taker(form.step(filled, by, number), people)
            step = step.model_copy(update={"not_personal_data": says_none(filled)})
            await desk.take(reference, step, once=filled.fingerprint)
            taken.append((reference, step))

        submission = Submitted(form.name, filled, body["user"]["id"], people)
        if errors := await problems_taking(submission, take):
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        await home.show_after(body)
        await mark_spent(client, desk, body, *taken[0])
