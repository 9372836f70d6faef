"""What changes about a remedial action: its owner, its due day, or that it is needed at all."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from chat.elements import day_input, field, person_input, section, text_input
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from chat.forms.which_action import chosen_action, which_action
from domain.case import Case
from domain.people import Actor
from domain.steps import ActionCancelled, ActionHandedOver, ActionRescheduled

HINT = "Facts without names."


class ActionHandedOverForm(DecisionForm):
    """Asks who takes the action on."""

    kind = ActionHandedOver
    name = "action_handed_over"
    title = "Hand over an action"
    submit = "Hand over"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The action, to whom, and why."""
        return [
            *which_action(case, number),
            field("to", "Who takes it on?", person_input("Choose a person")),
            field("reason", "Why?", text_input(), hint=HINT),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> ActionHandedOver:
        """The hand-over."""
        return ActionHandedOver(
            by=by,
            number=chosen_action(filled, number),
            to=filled.required(filled.user("to"), "to"),
            reason=filled.text("reason") or "",
        )


class ActionRescheduledForm(DecisionForm):
    """Asks for the new due day."""

    kind = ActionRescheduled
    name = "action_rescheduled"
    title = "Change a due day"
    submit = "Change"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The action, its new due day, and why."""
        action = case.action(number) or (
            case.open_actions[0] if len(case.open_actions) == 1 else None
        )
        return [
            *which_action(case, number),
            field("due_on", "By when now?", day_input(action.due_on if action else None)),
            field("reason", "Why?", text_input(), hint=HINT),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> ActionRescheduled:
        """The new due day."""
        return ActionRescheduled(
            by=by,
            number=chosen_action(filled, number),
            due_on=filled.required(filled.day("due_on"), "due_on"),
            reason=filled.text("reason") or "",
        )


class ActionCancelledForm(DecisionForm):
    """Asks why the action is not needed any more."""

    kind = ActionCancelled
    name = "action_cancelled"
    title = "Cancel an action"
    submit = "Cancel the action"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The action, then the reason."""
        return [
            *which_action(case, number),
            section("It can't be taken up again, but another can be added. It stays on record."),
            field("reason", "Why is it not needed any more?", text_input(), hint=HINT),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> ActionCancelled:
        """The cancelling."""
        return ActionCancelled(
            by=by, number=chosen_action(filled, number), reason=filled.text("reason") or ""
        )
