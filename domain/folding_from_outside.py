"""What comes from outside makes of a case: complaints, the ICO's letters, what it is to be told."""

from datetime import datetime

from domain.case import Case, Taken
from domain.complaints import Complaint
from domain.follow_up_folding import follow_up_after
from domain.steps import (
    CaseEvent,
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintReceived,
    IcoFollowUp,
    IcoLetter,
)


def from_outside(case: Case, event: CaseEvent) -> dict[str, object]:
    """What the event changes about it. A complaint opens a case again that was over."""
    step = event.step
    changes: dict[str, object] = {
        "complaints": _complaints_after(case, event),
        "follow_up": follow_up_after(case, step, event.at),
    }
    if isinstance(step, IcoFollowUp):
        changes["follow_ups"] = (*case.follow_ups, Taken(decision=step, at=event.at))
    if isinstance(step, IcoLetter):
        changes["letters"] = (*case.letters, Taken(decision=step, at=event.at))
    if isinstance(step, ComplaintReceived) and case.is_over:
        changes |= opened_again(case)
    return changes


def opened_again(case: Case) -> dict[str, object]:
    """What changes when a case that was over goes on."""
    return {"closure": None, "withdrawal": None, "reopenings": case.reopenings + 1}


def _complaints_after(case: Case, event: CaseEvent) -> tuple[Complaint, ...]:
    """The complaints of the case after the event."""
    step = event.step
    match step:
        case ComplaintReceived():
            return (*case.complaints, _recorded(case, event, step))
        case ComplaintAcknowledged():
            done: dict[str, object] = {"acknowledged_on": step.acknowledged_on}
            return _with(case, step.number, done, step.by.user_id, event.at)
        case ComplaintAnswered():
            done = {"answered_on": step.answered_on, "outcome": step.outcome}
            return _with(case, step.number, done, step.by.user_id, event.at)
    return case.complaints


def _recorded(case: Case, event: CaseEvent, step: ComplaintReceived) -> Complaint:
    return Complaint(
        number=len(case.complaints) + 1,
        event=event.number,
        received_on=step.received_on,
        route=step.route,
        complaint_reference=step.complaint_reference,
        recorded_by=step.by.user_id,
        recorded_at=event.at,
    )


def _with(
    case: Case, number: int, done: dict[str, object], by: str, at: datetime
) -> tuple[Complaint, ...]:
    changes = {**done, "settled_by": by, "settled_at": at}
    return tuple(
        each.model_copy(update=changes) if each.number == number else each
        for each in case.complaints
    )
