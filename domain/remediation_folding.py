"""Folding what is done about remedial actions."""

from domain.case import Case
from domain.remediation import Action, PastOwner
from domain.steps import (
    AboutAction,
    ActionCancelled,
    ActionDone,
    ActionHandedOver,
    ActionRescheduled,
    CaseEvent,
    NewAction,
)


def actions_with(case: Case, step: AboutAction, event: CaseEvent) -> tuple[Action, ...]:
    """The remedial actions, with the one that the step is about as it stands then."""
    return tuple(
        action.model_copy(update=_action_changes(action, step, event))
        if action.number == step.number
        else action
        for action in case.actions
    )


def _action_changes(action: Action, step: AboutAction, event: CaseEvent) -> dict[str, object]:
    by, at, changes = step.by.user_id, event.at, dict[str, object]()
    match step:
        case ActionDone():
            changes = {"done_at": at, "done_by": by, "evidence": step.evidence}
        case ActionCancelled():
            changes = {"cancelled_at": at, "cancelled_by": by, "cancel_reason": step.reason}
        case ActionHandedOver():
            past = PastOwner(owner=action.owner, event=event.number)
            changes = {"owner": step.to, "past_owners": (*action.past_owners, past)}
        case ActionRescheduled():
            changes = {"due_on": step.due_on}
    return changes


def next_action(case: Case, event: int, step: NewAction) -> Action:
    """The action that the step adds, by the number of its event."""
    return Action(
        number=len(case.actions) + 1,
        event=event,
        description=step.description,
        owner=step.owner,
        due_on=step.due_on,
        course=step.course,
    )
