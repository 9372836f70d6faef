"""What people write into the steps of remediation, checked field by field."""

from datetime import date, datetime, timedelta

from domain.case import Case
from domain.clocks import LONDON, london
from domain.report import CLOCK_SKEW, EARLIEST, Problem, text_problems
from domain.steps import (
    AboutAction,
    ActionCancelled,
    ActionDone,
    ActionHandedOver,
    ActionRescheduled,
    Containment,
    NewAction,
    OrganisationTold,
)

FARTHEST_ACTION = timedelta(days=3660)
"""A due date farther off is a slip of the keyboard."""
LONGEST_NAME = 150


def remediation_problems(
    case: Case, step: NewAction | AboutAction | Containment | OrganisationTold, now: datetime
) -> list[Problem]:
    """Everything wrong with the fields of the step.

    Args:
        case: the case as it stands.
        step: what the person wrote.
        now: the case's own clock (aware).
    """
    problems: list[Problem] = []
    match step:
        case NewAction():
            problems = text_problems("description", step.description, required=True)
            problems += _due_day_problems(step.due_on, now)
        case ActionDone():
            problems = text_problems("evidence", step.evidence, required=True)
        case ActionHandedOver():
            problems = _hand_over_problems(case, step)
        case ActionRescheduled():
            problems = _rescheduling_problems(case, step, now)
        case ActionCancelled():
            problems = text_problems("reason", step.reason, required=True)
        case Containment():
            problems = _containment_problems(step, now)
        case OrganisationTold():
            problems = _organisation_problems(case, step, now)
    return problems


def _due_day_problems(due_on: date, now: datetime) -> list[Problem]:
    if due_on < now.astimezone(LONDON).date():
        return [Problem("due_on", "This day has passed. Choose today or later.")]
    if due_on > (now + FARTHEST_ACTION).date():
        return [Problem("due_on", "Check the year: this is over ten years away.")]
    return []


def _hand_over_problems(case: Case, step: ActionHandedOver) -> list[Problem]:
    problems = text_problems("reason", step.reason, required=True)
    action = case.action(step.number)
    if action and action.owner == step.to:
        problems.append(Problem("to", "This person has it already. Choose somebody else."))
    return problems


def _rescheduling_problems(case: Case, step: ActionRescheduled, now: datetime) -> list[Problem]:
    problems = _due_day_problems(step.due_on, now)
    action = case.action(step.number)
    if action and action.due_on == step.due_on:
        problems.append(Problem("due_on", "It is due on this day already. Choose another."))
    return problems + text_problems("reason", step.reason, required=True)


def _containment_problems(step: Containment, now: datetime) -> list[Problem]:
    problems = text_problems("facts", step.facts, required=True)
    if step.as_of > now + CLOCK_SKEW:
        problems.append(Problem("as_of", f"This is in the future: it is {london(now)} now."))
    if step.as_of < EARLIEST:
        problems.append(Problem("as_of", "Check the year: this is before 2000."))
    return problems


def _organisation_problems(case: Case, step: OrganisationTold, now: datetime) -> list[Problem]:
    problems = text_problems(
        "name", step.name, required=not step.body.has_one_name, longest=LONGEST_NAME
    )
    problems += text_problems("purpose", step.purpose, required=True)
    if step.told_at > now + CLOCK_SKEW:
        problems.append(Problem("told_at", f"This is in the future: it is {london(now)} now."))
    if step.told_at < case.discovered_at:
        when = london(case.discovered_at)
        problems.append(Problem("told_at", f"This is before the breach was discovered ({when})."))
    return problems
