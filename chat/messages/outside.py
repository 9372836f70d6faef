"""Who is told of what comes from outside, and of facts that the ICO is to be told."""

from collections.abc import Iterator

from chat.deadlines import complaint_line
from chat.elements import button
from chat.forms.details import DETAILS
from chat.messages.card import Content
from chat.messages.complaints import complaint_button
from chat.messages.notices import Notice, Place, with_buttons
from chat.text import letter_words, untold
from domain.case import Case
from domain.case_clocks import runs
from domain.message import Message
from domain.steps import ComplaintReceived, FactsCompleted, IcoLetter
from domain.taxonomy import Clock

_OVER = " The case is closed; reopen it if something is to be done, or it stays so."
_SILENT = (
    " The case is closed, so no clock reminds of that day: reopen it, and a follow-up is due then."
)


def notices_from_outside(case: Case, step: Message) -> Iterator[Notice]:
    """The messages in channels that such a step gives rise to."""
    match step:
        case ComplaintReceived():
            yield from _of_complaint(case)
        case IcoLetter():
            yield Notice(Place.DPO, _for_the_answer(case, step))
        case FactsCompleted() if runs(case, Clock.ICO_FOLLOW_UP):
            yield Notice(Place.DPO, _for_follow_up(case))


def _of_complaint(case: Case) -> Iterator[Notice]:
    """OST and the DPO hear of a complaint: either may acknowledge it."""
    complaint = case.complaints[-1]
    text = f"*{case.reference}* · {complaint_line(complaint)}"
    offered = [complaint_button(case, complaint), button(DETAILS, "Details", case.reference)]
    for place in (Place.OST, Place.DPO):
        yield Notice(place, with_buttons(case, text, offered))


def _for_the_answer(case: Case, letter: IcoLetter) -> Content:
    offered = [button(DETAILS, "Details", case.reference)]
    text = f"*{case.reference}*: {letter_words(letter)}"
    if case.is_over:
        text += _SILENT if letter.reply_by else _OVER
        style = "primary" if letter.reply_by else None
        offered.insert(0, button("reopening", "Reopen…", case.reference, style=style))
    elif letter.reply_by:
        follow_up = button("ico_follow_up", "Record follow-up…", case.reference, style="primary")
        offered.insert(0, follow_up)
    return with_buttons(case, text, offered)


def _for_follow_up(case: Case) -> Content:
    return with_buttons(
        case,
        f"There are new facts in *{case.reference}*. {untold(case)}",
        [
            button("ico_follow_up", "Record follow-up…", case.reference, style="primary"),
            button(DETAILS, "Details", case.reference),
        ],
    )
