"""Folding a reclassification: what it changed, and what it ended."""

from domain.case import Case
from domain.changed import Changed
from domain.message import Message
from domain.opening import WITH_ACTIONS_ENDED
from domain.steps import CaseEvent, Reclassification
from domain.taxonomy import Classification


def reclassified_with(case: Case, step: Message, event: CaseEvent) -> dict[str, object]:
    """What a reclassification changes beside the review itself.

    Args:
        case: the case as it stood before.
        step: the step of the event.
        event: the step with its number and time.
    """
    if not isinstance(step, Reclassification) or case.review is None:
        return {}
    before = case.review.decision
    ended = step.classification not in (Classification.BREACH, Classification.DUPLICATE)
    cancelled = case.open_actions if ended and _cancels(case) else ()
    changed = Changed(
        event=event.number,
        before=before.classification,
        severity_before=before.severity,
        undid_ico_decision=case.ico_decision is not None
        and step.classification is not Classification.DUPLICATE,
        cancelled=tuple(action.number for action in cancelled),
    )
    end = {
        "cancelled_at": event.at,
        "cancelled_by": step.by.user_id,
        "cancel_reason": step.reason,
    }
    actions = tuple(
        action.model_copy(update=end) if action in cancelled else action for action in case.actions
    )
    return {"changes": (*case.changes, changed), "actions": actions}


def _cancels(case: Case) -> bool:
    """Only a breach has remedial actions: nobody could complete one, nor would its clock speak."""
    return case.opening.procedure >= WITH_ACTIONS_ENDED
