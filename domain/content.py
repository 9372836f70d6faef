"""What people write into a step, checked field by field."""

from datetime import datetime, timedelta

from domain.case import Case
from domain.clocks import LONDON, london
from domain.report import CLOCK_SKEW, LONGEST_REFERENCE, Problem, text_problems
from domain.steps import (
    ActionDone,
    Claim,
    Closure,
    Decision,
    IcoDecision,
    IcoSubmission,
    NewAction,
    ReferralDecision,
    Review,
)
from domain.taxonomy import Classification

FARTHEST_ACTION = timedelta(days=3660)
"""A due date farther off is a slip of the keyboard."""


def content_problems(case: Case, step: Decision, now: datetime) -> list[Problem]:
    """Everything wrong with the fields of a step; whether it may be taken at all is policy's.

    Args:
        case: the case as it stands.
        step: what the person wrote.
        now: the case's own clock (aware).
    """
    match step:
        case Review():
            return _review_problems(step)
        case IcoSubmission():
            return _submission_problems(case, step, now)
        case NewAction():
            return _action_problems(step, now)
        case IcoDecision() | ReferralDecision():
            problems = text_problems("reason", step.reason, required=True)
        case ActionDone():
            problems = text_problems("evidence", step.evidence, required=True)
        case Closure():
            problems = text_problems("outcome", step.outcome, required=True)
        case Claim():
            problems = []
    return problems


def _review_problems(step: Review) -> list[Problem]:
    problems = text_problems("reason", step.reason, required=True)
    if step.classification is Classification.BREACH and step.severity is None:
        problems.insert(0, Problem("severity", "Choose how serious the breach is."))
    return problems


def _submission_problems(case: Case, step: IcoSubmission, now: datetime) -> list[Problem]:
    problems = text_problems(
        "ico_reference", step.ico_reference, required=True, longest=LONGEST_REFERENCE
    )
    if step.submitted_at > now + CLOCK_SKEW:
        problems.append(Problem("submitted_at", f"This is in the future: it is {london(now)} now."))
    if step.submitted_at < case.discovered_at:
        problems.append(
            Problem(
                "submitted_at",
                f"This is before the breach was discovered ({london(case.discovered_at)}).",
            )
        )
    late = step.submitted_at > case.ico_due
    if late and not (step.delay_reasons or "").strip():
        problems.append(
            Problem(
                "delay_reasons",
                f"It was due by {london(case.ico_due)}. Say why it went late, as the ICO was told "
                "(Art. 33(1), s.67(3)).",
            )
        )
    return problems + text_problems("delay_reasons", step.delay_reasons)


def _action_problems(step: NewAction, now: datetime) -> list[Problem]:
    problems = text_problems("description", step.description, required=True)
    if step.due_on < now.astimezone(LONDON).date():
        problems.append(Problem("due_on", "This day has passed. Choose today or later."))
    if step.due_on > (now + FARTHEST_ACTION).date():
        problems.append(Problem("due_on", "Check the year: this is over ten years away."))
    return problems
