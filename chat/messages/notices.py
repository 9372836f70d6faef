"""Who is told directly of a step, beside the card and its thread."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from slack_sdk.models.blocks import ButtonElement

from chat.elements import button, buttons, section
from chat.forms.details import DETAILS
from chat.messages.card import Content
from chat.text import alert_text, day, drill_mark, moment
from domain.bulletin import Bulletin
from domain.case import Case
from domain.organisation import Organisation
from domain.steps import (
    Alert,
    CaseEvent,
    Closure,
    NewAction,
    ReferralDecision,
    ReportReceived,
    Review,
)
from domain.taxonomy import Clock, Role


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


def notices(bulletin: Bulletin, event: CaseEvent, organisation: Organisation) -> Iterator[Notice]:
    """The direct messages that a step gives rise to."""
    case = bulletin.case
    match event.step:
        case ReportReceived():
            yield from _to_reporter(case, _received(case))
        case Review() if case.is_breach:
            yield Notice(Role.SIM, _for_sim(case, organisation))
            yield from _to_reporter(case, f"OST has reviewed *{case.reference}*: it is a breach.")
        case Review():
            yield from _to_reporter(
                case, f"OST has reviewed *{case.reference}*: it is not a breach. Thank you."
            )
        case NewAction() as step:
            yield Notice(step.owner, _for_owner(case, event, step))
        case ReferralDecision(refer=True):
            text = f"{drill_mark(case)}*{case.reference}* has been referred. Ask the OST lead."
            yield Notice(Role.HR, Content(text, [section(f":lock: {text}")]))
        case Closure():
            yield from _to_reporter(case, f"*{case.reference}* is closed. Thank you.")
        case Alert() as step:
            yield from _alerts(case, step, bulletin)


def _alerts(case: Case, alert: Alert, bulletin: Bulletin) -> Iterator[Notice]:
    content = _with_buttons(
        case,
        alert_text(case, alert, bulletin.now),
        [button(DETAILS, "Details", case.reference)],
    )
    if alert.alarm.past_due:
        yield from (Notice(role, content) for role in alert.alarm.to)
    elif alert.clock is Clock.ICO_NOTIFICATION and case.is_breach:
        yield Notice(Place.DPO, content)
    elif case.claim and not case.review:
        yield Notice(case.claim.decision.by.user_id, content)
    else:
        yield Notice(Place.OST, content)


def _to_reporter(case: Case, text: str) -> Iterator[Notice]:
    if case.opening.reporter:
        yield Notice(
            case.opening.reporter,
            _with_buttons(case, text, [button(DETAILS, "Details", case.reference)]),
        )


def _received(case: Case) -> str:
    return (
        f"Thank you. Your report is *{case.reference}*. OST reviews it by "
        f"{moment(case.ost_due)}; you will hear from us here."
    )


def _for_sim(case: Case, organisation: Organisation) -> Content:
    return _with_buttons(
        case,
        f"*{case.reference}* in {organisation.area_name(case.area)} is a breach: "
        f"{case.opening.report.incident_type.label}. Please see to its remediation with OST.",
        [
            button("action_added", "Add action…", case.reference, style="primary"),
            button(DETAILS, "Details", case.reference),
        ],
    )


def _for_owner(case: Case, event: CaseEvent, step: NewAction) -> Content:
    number = next(each.number for each in case.actions if each.event == event.number)
    return _with_buttons(
        case,
        f"You have been given a remedial action of *{case.reference}*, due {day(step.due_on)}.",
        [
            button(
                "action_completed",
                "See and complete…",
                case.reference,
                number=number,
                style="primary",
            )
        ],
    )


def _with_buttons(case: Case, text: str, offered: list[ButtonElement]) -> Content:
    marked = f"{drill_mark(case)}{text}"
    return Content(marked, [section(marked), *buttons(offered)])
