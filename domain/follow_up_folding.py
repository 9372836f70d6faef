"""What each step makes of the follow-up that is due to the ICO."""

from datetime import date, datetime

from domain.case import Case
from domain.clocks import deadline
from domain.follow_up import FollowUp, IcoFact, changed, due_on, unknown
from domain.message import Message
from domain.opening import WITH_FOLLOW_UP_KEPT, WITH_FOLLOW_UPS
from domain.steps import FactsCompleted, FollowUpPlan, IcoFollowUp, IcoLetter, IcoSubmission


def follow_up_after(case: Case, step: Message, at: datetime) -> FollowUp | None:
    """The follow-up that is due after the step.

    Args:
        case: the case as it stood before.
        step: the step.
        at: when it was taken (aware).
    """
    due = case.follow_up
    match step:
        case IcoSubmission():
            due = _after_first(case, step)
        case FactsCompleted() if case.ico_submission:
            due = _with_news(case, changed(case.facts, case.facts.completed(step)), at)
        case IcoFollowUp():
            due = _on(None if step.complete else step.next_due_on, unknown(case.facts))
        case FollowUpPlan():
            untold = due.untold if due else unknown(case.facts)
            due = _on(step.due_on if step.wanted else None, untold)
        case IcoLetter() if step.reply_by:
            due = _by(due, due_on(step.reply_by))
        case _:
            pass
    return due


def _by(due: FollowUp | None, at: datetime) -> FollowUp:
    """What the ICO asks is due by the day that it names, or earlier when something was anyway."""
    untold = due.untold if due else ()
    return FollowUp(due_at=min(due.due_at, at) if due else at, untold=untold)


def _on(day: date | None, untold: tuple[IcoFact, ...]) -> FollowUp | None:
    return FollowUp(due_at=due_on(day), untold=untold) if day else None


def _after_first(case: Case, step: IcoSubmission) -> FollowUp | None:
    """A reply that the ICO had asked for, or a report that the DPO had planned, is still due."""
    first, due = _first(case, step.submitted_at, unknown(case.facts)), case.follow_up
    if due is None or case.opening.procedure < WITH_FOLLOW_UP_KEPT:
        return first
    if first is None:
        return due.model_copy(update={"untold": ()})
    return FollowUp(due_at=min(due.due_at, first.due_at), untold=first.untold)


def _first(case: Case, start: datetime, untold: tuple[IcoFact, ...]) -> FollowUp | None:
    if not untold or case.opening.procedure < WITH_FOLLOW_UPS:
        return None
    hours = case.opening.policies.ico_follow_up.due_hours
    return FollowUp(due_at=deadline(start, hours), untold=untold)


def _with_news(case: Case, news: tuple[IcoFact, ...], at: datetime) -> FollowUp | None:
    """Facts that the ICO was told otherwise, or not at all, are to be told."""
    if case.follow_up is None:
        return _first(case, at, news)
    untold = tuple(fact for fact in IcoFact if fact in (*case.follow_up.untold, *news))
    return case.follow_up.model_copy(update={"untold": untold})
