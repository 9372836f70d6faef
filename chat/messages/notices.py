"""Who is told directly of a step, beside the card and its thread."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from slack_sdk.models.blocks import Block, ButtonElement

from chat.elements import button, buttons, section
from chat.forms.details import DETAILS
from chat.messages.card import Content
from chat.messages.remediation import owner_buttons
from chat.text import day, drill_mark, moment, person
from domain.bulletin import Bulletin
from domain.case import Case
from domain.remediation import Action
from domain.steps import (
    AboutAction,
    ActionCancelled,
    ActionDone,
    ActionHandedOver,
    ActionRescheduled,
    Answer,
    CaseEvent,
    Closure,
    HandOver,
    NewAction,
    Question,
    Reclassification,
    ReportReceived,
)
from domain.taxonomy import Role


class Place(StrEnum):
    """A channel of the organisation."""

    OST = "ost"
    DPO = "dpo"


@dataclass(frozen=True)
class Notice:
    """A message of its own: to a channel, to everybody in a role, or to one person."""

    to: Place | Role | str
    """A Slack member ID when it is neither a place nor a role."""
    content: Content
    roles: tuple[Role, ...] = ()
    """As what a person hears of an escalation."""


def notices(bulletin: Bulletin, event: CaseEvent) -> Iterator[Notice]:
    """The direct messages that a step gives rise to; more in `verdicts`, `alarms`, `outside`."""
    case = bulletin.case
    match event.step:
        case ReportReceived():
            withdraw = button("withdrawal", "Withdraw…", case.reference)
            yield from to_reporter(case, _received(case), withdraw)
        case Question() if case.opening.reporter:
            yield Notice(case.opening.reporter, _for_reporter_asked(case))
        case Answer() if case.question:
            yield Notice(case.question.decision.by.user_id, _for_asker(case))
        case HandOver() as step:
            yield Notice(step.to, _for_taker(case))
        case NewAction() | AboutAction():
            yield from _to_owners(case, event)
        case Reclassification():
            yield from _to_owners_of_ended(case, event)
        case Closure():
            yield from to_reporter(case, f"*{case.reference}* is closed. Thank you.")


def to_reporter(case: Case, text: str, *more: ButtonElement) -> Iterator[Notice]:
    """What became of a report, for whoever made it."""
    if case.opening.reporter:
        offered = [button(DETAILS, "Details", case.reference), *more]
        yield Notice(case.opening.reporter, with_buttons(case, text, offered))


def _for_reporter_asked(case: Case) -> Content:
    return with_buttons(
        case,
        f"There is a question to you about your report *{case.reference}*.",
        [button("answer", "See and answer…", case.reference, style="primary")],
    )


def _for_asker(case: Case) -> Content:
    text = f"The reporter of *{case.reference}* has answered your question."
    return with_buttons(case, text, [button(DETAILS, "Details", case.reference)])


def _for_taker(case: Case) -> Content:
    return with_buttons(
        case,
        f"*{case.reference}* is in your hands now; OST's review is due {moment(case.ost_due)}.",
        [
            button("review", "Review…", case.reference, style="primary"),
            button(DETAILS, "Details", case.reference),
        ],
    )


def _received(case: Case) -> str:
    return (
        f"Thank you. Your report is *{case.reference}*. OST reviews it by "
        f"{moment(case.ost_due)}; you will hear from us here."
    )


def _to_owners(case: Case, event: CaseEvent) -> Iterator[Notice]:
    """Who owns a remedial action, or did, hears of what another person changes about it."""
    step = event.step
    for action in case.actions:
        if isinstance(step, NewAction) and action.event == event.number:
            yield Notice(action.owner, _for_owner(case, action, "You have been given"))
        if isinstance(step, AboutAction) and action.number == step.number:
            told = _of_change(case, action, step, event.number)
            yield from (notice for notice in told if notice.to != step.by.user_id)


def _to_owners_of_ended(case: Case, event: CaseEvent) -> Iterator[Notice]:
    """Whose remedial action was cancelled because the case is no breach."""
    changed = case.changed_by(event.number)
    ended = [case.action(number) for number in changed.cancelled] if changed else []
    for action in ended:
        if action and action.owner != action.cancelled_by:
            text = (
                f"Remedial action {action.number} of *{case.reference}* was cancelled: OST has "
                "found that it is not a breach. There is nothing more for you to do."
            )
            yield Notice(action.owner, with_buttons(case, text, []))


def _of_change(case: Case, action: Action, step: AboutAction, event: int) -> Iterator[Notice]:
    name, by = f"Remedial action {action.number} of *{case.reference}*", person(step.by.user_id)
    match step:
        case ActionDone():
            text = f"{name} was recorded as done by {by}. There is nothing more for you to do."
            yield Notice(action.owner, with_buttons(case, text, []))
        case ActionCancelled():
            text = f"{name} was cancelled by {by}. There is nothing more for you to do."
            yield Notice(action.owner, with_buttons(case, text, []))
        case ActionRescheduled():
            yield Notice(action.owner, _for_owner(case, action, by, is_moved=True))
        case ActionHandedOver():
            yield Notice(step.to, _for_owner(case, action, f"{by} handed over to you"))
            before = next(each.owner for each in action.past_owners if each.event == event)
            text = f"{name} is with {person(step.to)} now. There is nothing more for you to do."
            yield Notice(before, with_buttons(case, text, []))


def _for_owner(
    case: Case, action: Action, what_happened: str, *, is_moved: bool = False
) -> Content:
    name, due = f"remedial action {action.number} of *{case.reference}*", day(action.due_on)
    text = f"{what_happened} {name}, due {due}."
    if action.course:
        text += (
            " It is recorded as done once the training record shows that you took the course from "
            "today on; if you took it before, record it as done yourself."
        )
    if is_moved:
        text = f"{what_happened} changed the due day of {name}: it is due {due} now."
    return with_buttons(case, text, owner_buttons(case, action.number))


def with_buttons(case: Case, text: str, offered: list[ButtonElement]) -> Content:
    """A message about the case with a row of buttons."""
    return with_rows(case, text, buttons(offered))


def with_rows(case: Case, text: str, rows: list[Block]) -> Content:
    """A message about the case with these rows below."""
    marked = f"{drill_mark(case)}{text}"
    return Content(marked, [section(marked), *rows])
