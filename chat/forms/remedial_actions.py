"""The remedial actions of a case as its details show them."""

from slack_sdk.models.blocks import Block

from chat.elements import context, section, typed
from chat.text import day, moment, person
from domain.case import Case
from domain.remediation import Action

MOST_BLOCKS = 40
"""What the rest of the details leaves of a modal's 100 blocks."""


def action_blocks(case: Case) -> list[Block]:
    """Every action with its owner and how it stands: the open ones first."""
    ended = tuple(action for action in case.actions if not action.is_open)
    actions = (*case.open_actions, *ended)
    blocks: list[Block] = []
    for place, action in enumerate(actions):
        shown = _blocks(action)
        if len(blocks) + len(shown) > MOST_BLOCKS:
            return [*blocks, context(f"and {len(actions) - place} more remedial actions")]
        blocks += shown
    return blocks


def _blocks(action: Action) -> list[Block]:
    blocks: list[Block] = [
        section(f"*Remedial action {action.number}* · {person(action.owner)} · {_state(action)}"),
        typed(action.description),
    ]
    if action.evidence:
        blocks.append(typed(f"Evidence: {action.evidence}"))
    if action.cancel_reason:
        blocks.append(typed(f"Reason: {action.cancel_reason}"))
    return blocks


def _state(action: Action) -> str:
    if action.done_at:
        return f"done {moment(action.done_at)}, recorded by {person(action.done_by)}"
    if action.cancelled_at:
        return f"cancelled {moment(action.cancelled_at)} by {person(action.cancelled_by)}"
    return f"due {day(action.due_on)}"
