"""What an alarm of a clock says, and where: the people it reaches, or a channel."""

from collections.abc import Iterator

from chat.elements import button, buttons, section
from chat.forms.details import DETAILS
from chat.messages.card import Content
from chat.messages.notices import Notice, Place
from chat.text import alert_text, drill_mark
from domain.audience import Audience
from domain.bulletin import Bulletin
from domain.case import Case
from domain.steps import Alert
from domain.taxonomy import Clock

NOBODY_THERE = "Everyone who should hear of this is away, so it is said here."


def alarm_notices(bulletin: Bulletin, alert: Alert, hearers: Audience) -> Iterator[Notice]:
    """The messages of one alarm.

    Args:
        bulletin: the case and its own time.
        alert: what the clock says.
        hearers: whom it reaches directly.
    """
    case = bulletin.case
    text = alert_text(case, alert, bulletin.now)
    if alert.alarm.past_due:
        yield from _escalation(case, text, hearers)
    elif alert.clock is not Clock.OST_REVIEW and case.is_breach:
        yield Notice(Place.DPO, _content(case, text))
    elif hearers.people and not case.review:
        yield from (Notice(user, _content(case, text)) for user in hearers.people)
    else:
        yield Notice(Place.OST, _content(case, text))


def _escalation(case: Case, text: str, hearers: Audience) -> Iterator[Notice]:
    if not hearers.people:
        # A channel is the last resort: silence must not be what everybody's leave comes to.
        yield Notice(Place.OST, _content(case, f"{text}\n{NOBODY_THERE}"))
        return
    if hearers.instead_of:
        roles = " and ".join(role.label for role in hearers.instead_of)
        text = f"{text}\nEveryone in {roles} is away, so this comes to you."
    yield from (Notice(user, _content(case, text)) for user in hearers.people)


def _content(case: Case, text: str) -> Content:
    marked = f"{drill_mark(case)}{text}"
    details = button(DETAILS, "Details", case.reference)
    return Content(marked, [section(marked), *buttons([details])])
