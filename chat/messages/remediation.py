"""What cards and messages offer about remediation; never what somebody typed."""

from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    MarkdownTextObject,
    OverflowMenuElement,
    SectionBlock,
)

from chat.elements import button, buttons, menu
from chat.text import day, person
from domain.case import Case
from domain.clocks import end_of
from domain.remediation import Action

MOST_ACTIONS = 10
"""Open remedial actions shown on a card; the details show the rest."""

ROW = "remediation"


def action_lines(case: Case, now: datetime) -> list[Block]:
    """The open remedial actions, each with the button that completes it."""
    return [_action(case, action, now) for action in case.open_actions[:MOST_ACTIONS]]


def remediation_row(case: Case, *, stays: bool = False) -> list[Block]:
    """What OST and the Area's SIMs may do about a breach; nothing where it is none or is over.

    Args:
        case: the case as it stands.
        stays: whether the message is never edited, so that it also offers what comes later.
    """
    if case.is_over or not case.is_breach:
        return []
    add = button("action_added", "Add action…", case.reference)
    changes = _CHANGES if stays or case.open_actions else ()
    return buttons([add, menu(case.reference, (*changes, *_BESIDE))], name=ROW)


def owner_buttons(case: Case, number: int) -> list[ButtonElement]:
    """What the owner of a remedial action may do with it."""
    done = button(
        "action_completed", "See and complete…", case.reference, number=number, style="primary"
    )
    return [done, button("action_handed_over", "Hand over…", case.reference, number=number)]


def action_menu(case: Case, number: int) -> OverflowMenuElement:
    """What OST and the Area's SIMs may change about a remedial action."""
    return menu(case.reference, _CHANGES, number=number)


_CHANGES = (
    ("action_handed_over", "Hand an action over…"),
    ("action_rescheduled", "Change a due day…"),
    ("action_cancelled", "Cancel an action…"),
)
_BESIDE = (
    ("containment", "Containment…"),
    ("organisation_told", "Other organisation told…"),
)


def _action(case: Case, action: Action, now: datetime) -> Block:
    late = now >= end_of(action.due_on)
    icon, word = (":red_circle:", "*overdue*, was due") if late else (":wrench:", "due")
    return SectionBlock(
        block_id=f"action-{action.number}",
        text=MarkdownTextObject(
            text=f"{icon} *Remedial action {action.number}* · {person(action.owner)} · "
            f"{word} {day(action.due_on)}"
        ),
        accessory=button("action_completed", "Complete…", case.reference, number=action.number),
    )
