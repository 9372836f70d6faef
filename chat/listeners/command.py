"""`/breach` and what can be typed behind it. Every answer is for the person who typed alone."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.elements import subject
from chat.forms.audits import AUDIT
from chat.forms.catalogue import FORMS
from chat.forms.details import DETAILS
from chat.forms.report import DRILL, report_form
from chat.forms.sample import SAMPLE
from chat.forms.upstream import redaction_form
from chat.listeners.asides import answer, open_modal, say_aside
from chat.listeners.audit_room import AuditRoom
from chat.listeners.audits import AUDITS, open_entry, send_list
from chat.listeners.audits import show as show_audit
from chat.listeners.details import details_for
from chat.listeners.drill import open_drill
from chat.listeners.refused import note
from chat.listeners.sample import SampleRoom, open_sample
from chat.listeners.statistics import STATISTICS, send_statistics
from chat.listeners.steps import Answering, open_form
from chat.messages.card import Content
from chat.messages.help import NOT_A_REFERENCE, NOTHING_TO_SHOW, help_text
from chat.messages.lists import mine_list, open_list, overdue_list
from chat.messages.training import own_training
from chat.ports import Desks, NotCheckedError, NotConfirmedError, People
from chat.typed import COMMAND, Typed, audit_reference, reference, typed_command
from domain.organisation import Organisation
from domain.people import Actor
from domain.refusal import Bar
from domain.taxonomy import Role

REPORT_FORMS = {"": report_form, "redaction": redaction_form}
"""The forms that open at once, by the word behind the command."""
STEPS = {"letter": "ico_letter", "complaint": "complaint"}
"""The steps whose form opens for the reference behind the word; by the word, their kinds."""

LOOKS_UP = {
    "list": "list",
    "overdue": "overdue",
    "mine": "mine",
    "show": DETAILS,
    "stats": STATISTICS,
    "audit": AUDIT,
    "audits": AUDITS,
    "training": "training",
    "sample": SAMPLE,
}
"""What is looked up for whoever types the word, as a refusal of it is recorded."""


@dataclass(frozen=True)
class Command:
    """What the answers are made from."""

    desks: Desks
    people: People
    organisation: Organisation
    samples: SampleRoom

    async def answer(self, typed: Typed, user_id: str) -> Content:
        """The answer to everything that is answered with a message.

        Raises:
            NotCheckedError: when Slack could not say who the person is.
            NotConfirmedError: when the register did not answer in time.
        """
        match typed.word:
            case "list":
                return await self._open(await self.people.actor(user_id))
            case "overdue":
                return await self._overdue(await self.people.actor(user_id))
            case "mine":
                return await self._mine(await self.people.actor(user_id))
            case "training":
                return await self._training(await self.people.actor(user_id, decides=True))
            case "help":
                return help_text()
        return help_text(unknown=typed.word)

    async def details(self, reference: str, user_id: str) -> View | None:
        """The details of a case; None, whether there is none or it is not theirs to see.

        Raises:
            NotCheckedError: when Slack could not say who the person is.
            NotConfirmedError: when the register did not answer in time.
        """
        actor = await self.people.actor(user_id)
        case = await self.desks.cases.case(reference)
        if case is None:
            return None
        return await details_for(case, actor, self.desks.referrals, self.organisation)

    async def _open(self, actor: Actor) -> Content:
        page = await self.desks.board.open_cases(actor)
        return open_list(page, actor, self.organisation, datetime.now(UTC))

    async def _overdue(self, actor: Actor) -> Content:
        now = datetime.now(UTC)
        page = await self.desks.board.open_cases(actor, due_before=now)
        return overdue_list(page, actor, self.organisation, now)

    async def _training(self, actor: Actor) -> Content:
        return own_training(await self.desks.training.answer(actor))

    async def _mine(self, actor: Actor) -> Content:
        reviewers = await self.people.reviewers(actor)
        waiting = await self.desks.board.waiting_for(actor, reviewers)
        reports = await self.desks.board.reports(actor.user_id)
        is_hr = Role.HR in actor.roles
        return mine_list(waiting, reports, self.organisation, datetime.now(UTC), is_hr=is_hr)


def register(app: AsyncApp, command: Command) -> None:
    """Adds the command to the app."""

    @app.command(COMMAND)
    async def breach(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Opens the report form, or answers what is typed behind the command."""
        await ack()
        typed = typed_command(str(body.get("text") or ""))
        form = REPORT_FORMS.get(typed.word)
        if form:
            view = form(command.organisation, datetime.now(UTC))
            await open_modal(client, respond, body, view)
            return
        try:
            if typed.word in STEPS:
                desks = command.desks
                by = Answering(client, respond, desks.cases, desks.board, command.people)
                await _open_step(typed, body, by)
            elif typed.word == "show":
                await _show(typed.rest, body, client, respond, command)
            elif typed.word in (AUDIT, AUDITS):
                room = AuditRoom(command.desks.audits, command.people)
                opens = open_entry if typed.word == AUDIT else send_list
                await opens(room, body, client, respond)
            elif typed.word == "stats":
                await _send_statistics(typed.rest, body["user_id"], respond, command)
            elif typed.word == DRILL:
                await open_drill(body, client, respond, command.people, command.organisation)
            elif typed.word == "sample":
                await open_sample(body, client, respond, command.samples)
            else:
                await answer(respond, await command.answer(typed, body["user_id"]))
        except NotCheckedError:
            wanted = reference(typed.rest) if typed.word == "show" else None
            note(command.people, body["user_id"], LOOKS_UP[typed.word], Bar.NOT_CHECKED, wanted)
            await say_aside(respond, answers.NOT_CHECKED)
        except NotConfirmedError:
            await say_aside(respond, answers.NOT_READ)


async def _open_step(typed: Typed, body: dict[str, Any], by: Answering) -> None:
    """Opens the form of a step that may come when no card is at hand any more."""
    wanted = reference(typed.rest)
    if wanted is None:
        await say_aside(by.respond, NOT_A_REFERENCE)
        return
    who = {**body, "user": {"id": body["user_id"]}}
    await open_form(FORMS[STEPS[typed.word]], subject(wanted), who, by)


async def _send_statistics(typed: str, user_id: str, respond: AsyncRespond, by: Command) -> None:
    await send_statistics(typed, user_id, respond, by.desks.statistics, by.people, by.organisation)


async def _show(
    typed: str, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, by: Command
) -> None:
    """Opens the details of the case, the audit or the recommendation that was typed."""
    if audit := audit_reference(typed, by.organisation.audits.reference_prefix):
        room = AuditRoom(by.desks.audits, by.people)
        await show_audit(room, audit, body, client, respond)
        return
    wanted = reference(typed)
    if wanted is None:
        await say_aside(respond, NOTHING_TO_SHOW)
        return
    view = await by.details(wanted, body["user_id"])
    if view is None:
        note(by.people, body["user_id"], LOOKS_UP["show"], Bar.NOT_THEIRS, wanted)
        await say_aside(respond, answers.NO_SUCH_CASE)
        return
    await open_modal(client, respond, body, view)
