"""What people write into steps about telling the ICO and the people affected."""

from datetime import datetime

from domain.against_advice import against_problems
from domain.case import Case
from domain.clocks import LONDON, london
from domain.follow_up_content import follow_up_problems, plan_problems
from domain.letters import letter_problems
from domain.plausible import early_problems, number_told_problems
from domain.report import CLOCK_SKEW, LONGEST_REFERENCE, Problem, text_problems
from domain.steps import (
    FollowUpPlan,
    IcoDecision,
    IcoFollowUp,
    IcoLetter,
    IcoSubmission,
    PeopleInformed,
)
from domain.taxonomy import Communication


def notification_problems(
    case: Case,
    step: IcoDecision | IcoSubmission | IcoFollowUp | FollowUpPlan | IcoLetter | PeopleInformed,
    now: datetime,
) -> list[Problem]:
    """Everything wrong with the fields of such a step.

    Args:
        case: the case as it stands.
        step: what the person wrote.
        now: the case's own clock (aware).
    """
    match step:
        case IcoDecision():
            reason = text_problems("reason", step.reason, required=True)
            return [*reason, *against_problems(case, step)]
        case IcoSubmission():
            return _submission_problems(case, step, now)
        case IcoFollowUp():
            return follow_up_problems(case, step, now)
        case FollowUpPlan():
            return plan_problems(case, step, now)
        case IcoLetter():
            return letter_problems(step, now)
        case PeopleInformed():
            return _people_problems(case, step, now)


def _people_problems(case: Case, step: PeopleInformed, now: datetime) -> list[Problem]:
    problems = text_problems("reason", step.reason, required=True)
    if step.communication is Communication.TOLD:
        return problems + _told_problems(case, step, now)
    problems += _ground_problems(step)
    if step.communication is Communication.RESTRICTED:
        today = now.astimezone(LONDON).date()
        if step.review_on is None:
            problems.append(
                Problem("review_on", "A restriction needs the day on which it is looked at again.")
            )
        elif step.review_on <= today:
            problems.append(Problem("review_on", "Choose a day after today."))
    return problems


def _ground_problems(step: PeopleInformed) -> list[Problem]:
    if step.ground is None:
        return [Problem("ground", "Choose the legal ground for not telling them.")]
    restricts = step.communication is Communication.RESTRICTED
    if restricts and not step.ground.is_restriction:
        return [Problem("ground", "On this ground telling them is not required, not restricted.")]
    if not restricts and step.ground.is_restriction:
        return [Problem("ground", "This ground only restricts telling them, until a review date.")]
    return []


def _told_problems(case: Case, step: PeopleInformed, now: datetime) -> list[Problem]:
    if step.told_at is None:
        return [Problem("told_at", "Say when they were told.")]
    if step.told_at > now + CLOCK_SKEW:
        return [Problem("told_at", f"This is in the future: it is {london(now)} now.")]
    if step.told_at < case.discovered_at:
        when = london(case.discovered_at)
        return [Problem("told_at", f"This is before the breach was discovered ({when}).")]
    return number_told_problems(case, step)


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
    problems += text_problems("delay_reasons", step.delay_reasons)
    return problems + early_problems(case, step)
