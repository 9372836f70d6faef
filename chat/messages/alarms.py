"""What an alarm of a clock says, and where: the people it reaches, or a channel."""

from collections.abc import Iterator

from slack_sdk.models.blocks import ButtonElement, OverflowMenuElement

from chat.deadlines import alert_text
from chat.elements import button, buttons, section
from chat.forms.details import DETAILS
from chat.messages.card import Content
from chat.messages.complaints import complaint_button
from chat.messages.notices import Notice, Place
from chat.messages.remediation import action_menu, owner_buttons
from chat.text import drill_mark, escaped, person, waiting_for
from domain.audience import Audience
from domain.bulletin import Bulletin
from domain.case import Case
from domain.case_clocks import runs
from domain.organisation import Organisation
from domain.steps import Alert
from domain.taxonomy import Clock, Role

_OST_S = (Clock.OST_REVIEW, Clock.COMPLAINT, Clock.EFFECTIVENESS_REVIEW)
"""The clocks whose reminders go to OST also once the DPO has a card."""
NOBODY_THERE = "Everyone who should hear of this is away, so it is said here."

UPSTREAM = (
    "It was reported as material that came to the CPS badly redacted: a breach only once the CPS "
    "has disclosed it."
)

ACTS: dict[Clock, tuple[Role, ...]] = {
    Clock.OST_REVIEW: (Role.OST, Role.OST_LEAD),
    Clock.ICO_NOTIFICATION: (Role.DPO, Role.DEPUTY_DPO),
    Clock.ICO_FOLLOW_UP: (Role.DPO, Role.DEPUTY_DPO),
    Clock.COMPLAINT: (Role.OST, Role.OST_LEAD, Role.DPO, Role.DEPUTY_DPO),
    Clock.RESTRICTION_REVIEW: (Role.DPO, Role.DEPUTY_DPO),
    Clock.REMEDIAL_ACTION: (Role.OST, Role.OST_LEAD, Role.SIM),
    Clock.EFFECTIVENESS_REVIEW: (Role.OST, Role.OST_LEAD),
}
"""Who takes the step that a clock waits for; the others only see to it that it is taken."""


def alarm_notices(
    bulletin: Bulletin, alert: Alert, hearers: Audience, organisation: Organisation
) -> Iterator[Notice]:
    """The messages of one alarm.

    Args:
        bulletin: the case and its own time.
        alert: what the clock says.
        hearers: whom it reaches directly.
        organisation: whose Areas have names.
    """
    case = bulletin.case
    text = f"{alert_text(case, alert, bulletin.now)}\n{_about(case, alert, organisation)}"
    if alert.alarm.past_due:
        yield from _escalation(case, alert, text, hearers)
    elif alert.clock is Clock.REMEDIAL_ACTION and alert.number is not None:
        yield from _to_owner(case, alert.number, text, hearers)
    elif alert.clock is Clock.ICO_FOLLOW_UP or (alert.clock not in _OST_S and case.is_breach):
        yield Notice(Place.DPO, _with_step(case, alert, text))
    else:
        if alert.clock is Clock.ICO_NOTIFICATION and alert.alarm.at <= case.opening.reported_at:
            # The report came so late that the DPO must know before OST has reviewed it.
            yield Notice(Place.DPO, _with_step(case, alert, text))
        if hearers.people and not case.review:
            yield from (Notice(user, _with_step(case, alert, text)) for user in hearers.people)
        else:
            yield Notice(Place.OST, _with_step(case, alert, text))


def _to_owner(case: Case, number: int, text: str, hearers: Audience) -> Iterator[Notice]:
    """A reminder for the owner of a remedial action; for others to take on while they are away."""
    content = _content(case, text, *owner_buttons(case, number))
    yield from (Notice(user, content) for user in hearers.people)
    action = case.action(number)
    if action and not hearers.people:
        text = f"{text}\n{person(action.owner)}, whose it is, is away, so it is said here."
        yield Notice(Place.OST, _content(case, text, menu=action_menu(case, number)))


def _escalation(case: Case, alert: Alert, text: str, hearers: Audience) -> Iterator[Notice]:
    if not hearers.people:
        # A channel is the last resort: silence must not be what everybody's leave comes to.
        yield Notice(Place.OST, _with_step(case, alert, f"{text}\n{NOBODY_THERE}"))
        return
    if hearers.instead_of:
        absent = " and ".join(role.label for role in hearers.instead_of)
        text = f"{text}\nEveryone in {absent} is away, so this comes to you."
    for user in hearers.people:
        roles = hearers.roles.get(user, ())
        if set(roles) & set(ACTS[alert.clock]):
            yield Notice(user, _with_step(case, alert, text), roles)
        else:
            please = f"{text}\nPlease see to it that this is done."
            yield Notice(user, _content(case, please), roles)


def _about(case: Case, alert: Alert, organisation: Organisation) -> str:
    what = case.opening.report.incident_type.label
    about = f"{what}, {escaped(organisation.area_name(case.area))}."
    if alert.number is not None:
        return about
    if case.is_reported_as_upstream:
        about = f"{about} {UPSTREAM}"
    return f"{about} Waiting for {waiting_for(case)}."


def _with_step(case: Case, alert: Alert, text: str) -> Content:
    if alert.clock is Clock.REMEDIAL_ACTION and alert.number is not None:
        return _content(case, text, menu=action_menu(case, alert.number))
    return _content(case, text, *_step(case, alert))


def _step(case: Case, alert: Alert) -> Iterator[ButtonElement]:
    """The buttons of what the clock waits for, as the case stands now."""
    clock, complaint = alert.clock, case.complaint(alert.number)
    if not runs(case, clock, alert.number):
        return
    if clock is Clock.OST_REVIEW:
        if case.in_hand_of is None:
            yield button("claim", "Claim", case.reference)
        yield button("review", "Review…", case.reference, style="primary")
    elif clock is Clock.EFFECTIVENESS_REVIEW:
        yield button("effectiveness_review", "Effectiveness review…", case.reference)
    elif clock is Clock.RESTRICTION_REVIEW:
        yield button("people_informed", "People affected…", case.reference, style="primary")
    elif complaint:
        yield complaint_button(case, complaint)
    elif clock is Clock.ICO_FOLLOW_UP:
        yield button("ico_follow_up", "Record follow-up…", case.reference, style="primary")
    elif case.notify:
        yield button("ico_submission", "Record submission…", case.reference, style="primary")
    elif case.is_breach:
        yield button("ico_decision", "Decide…", case.reference, style="primary")


def _content(
    case: Case, text: str, *offered: ButtonElement, menu: OverflowMenuElement | None = None
) -> Content:
    marked = f"{drill_mark(case)}{text}"
    details = button(DETAILS, "Details", case.reference)
    row = buttons([*offered, details, *([menu] if menu else [])])
    return Content(marked, [section(marked), *row])
