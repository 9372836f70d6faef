"""What HR reads of referrals, in direct messages and at Home: an opaque reference and a date.

Neither the case nor what was recorded: those stand in the form that the buttons open.
"""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from chat.elements import button, buttons, context, header, section
from chat.messages.card import Content
from chat.text import day
from domain.clocks import time_left
from domain.discipline.outward import HrNotice
from domain.discipline.proceeding import Proceeding, ReviewReminder

OPEN = "referral_details"
RECORD = "referral_step"
MOST_REFERRALS = 10
"""Two blocks each, of the 100 of a Home tab, beside everything else."""


def for_hr(notice: HrNotice) -> Content:
    """What HR is told."""
    return _content(_text(notice), _buttons(notice.proceeding))


def for_referrer(notice: HrNotice) -> Content:
    """What whoever referred it is told when nobody in HR may hear of it."""
    name = notice.proceeding.reference
    text = (
        f"Nobody in HR casework could be told of the referral *{name}*. "
        "Please tell HR yourself, in person."
    )
    return _content(text, [])


def referral_blocks(referrals: Sequence[Proceeding], now: datetime) -> list[Block]:
    """The open referrals, for the Home tab of somebody in HR."""
    if not referrals:
        return []
    blocks: list[Block] = [header("Referrals")]
    for place, each in enumerate(referrals[:MOST_REFERRALS]):
        late = " :red_circle:" if now >= each.review_due else ""
        text = f"{_name(each)} · {each.stage.label}\nTo be looked at again {_when(each, now)}{late}"
        blocks += [section(text), *buttons(_buttons(each), name=f"referrals-{place}")]
    more = len(referrals) - MOST_REFERRALS
    return [*blocks, *([context(f"and {more} more")] if more > 0 else [])]


def _text(notice: HrNotice) -> str:
    name, due = _name(notice.proceeding), day(notice.proceeding.review_on)
    step = notice.event.step
    if not isinstance(step, ReviewReminder):
        return f"{name} has been referred to HR. Please look at it by {due}."
    if step.alarm.past_due:
        return f":red_circle: {name} was to be looked at again by {due}. It waits for HR."
    return f":alarm_clock: {name} is to be looked at again by {due}."


def _when(proceeding: Proceeding, now: datetime) -> str:
    return f"by {day(proceeding.review_on)} · *{time_left(proceeding.review_due, now)}*"


def _name(proceeding: Proceeding) -> str:
    mark = "DRILL · " if proceeding.referral.drill else ""
    return f":lock: {mark}*{proceeding.reference}*"


def _buttons(proceeding: Proceeding) -> list[ButtonElement]:
    return [
        button(RECORD, "Record step…", proceeding.reference, style="primary"),
        button(OPEN, "Open", proceeding.reference),
    ]


def _content(text: str, offered: list[ButtonElement]) -> Content:
    return Content(text, [section(text), *buttons(offered)])
