"""What people write into a step, checked field by field."""

from datetime import datetime

from domain.case import Case
from domain.complaints_content import complaint_problems
from domain.correction_content import correction_problems
from domain.effectiveness import effectiveness_problems
from domain.notification_content import notification_problems
from domain.plausible import facts_problems
from domain.remediation_content import remediation_problems
from domain.report import Problem, text_problems
from domain.review_content import assessment_problems, review_problems
from domain.steps import (
    AboutAction,
    Answer,
    Closure,
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintReceived,
    Containment,
    Correction,
    Decision,
    EffectivenessReview,
    FactsCompleted,
    FollowUpPlan,
    IcoDecision,
    IcoFollowUp,
    IcoLetter,
    IcoSubmission,
    NewAction,
    OrganisationTold,
    PeopleInformed,
    Question,
    Reclassification,
    ReferralDecision,
    Reopening,
    Review,
    Separation,
    SeverityAssessment,
    Withdrawal,
)


def content_problems(case: Case, step: Decision, now: datetime) -> list[Problem]:
    """Everything wrong with the fields of a step; whether it may be taken at all is policy's.

    Args:
        case: the case as it stands.
        step: what the person wrote.
        now: the case's own clock (aware).
    """
    match step:
        case Review() | Reclassification():
            problems = review_problems(case, step, now)
        case SeverityAssessment():
            problems = assessment_problems(step)
        case Correction():
            problems = correction_problems(case, step, now)
        case FactsCompleted():
            problems = facts_problems(case, step)
        case EffectivenessReview():
            problems = effectiveness_problems(case, step, now)
        case (
            IcoDecision()
            | IcoSubmission()
            | IcoFollowUp()
            | FollowUpPlan()
            | IcoLetter()
            | PeopleInformed()
        ):
            problems = notification_problems(case, step, now)
        case ComplaintReceived() | ComplaintAcknowledged() | ComplaintAnswered():
            problems = complaint_problems(case, step, now)
        case NewAction() | AboutAction() | Containment() | OrganisationTold():
            problems = remediation_problems(case, step, now)
        case ReferralDecision() | Withdrawal() | Reopening() | Separation():
            problems = _reason_problems(step)
        case Question() | Answer():
            problems = text_problems("text", step.text, required=True)
        case Closure():
            problems = text_problems("outcome", step.outcome, required=True)
        case _:
            problems = []
    return problems


def _reason_problems(
    step: ReferralDecision | Withdrawal | Reopening | Separation,
) -> list[Problem]:
    if isinstance(step, ReferralDecision) and step.hr_reference:
        return []  # What was written stands in the restricted store, checked before.
    return text_problems("reason", step.reason, required=True)
