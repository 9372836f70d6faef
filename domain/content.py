"""What people write into a step, checked field by field."""

from datetime import datetime

from domain import data
from domain.assessment import assess
from domain.case import Case
from domain.clocks import LONDON, london
from domain.enisa import reaches
from domain.opening import WITH_PRESUMED_RISK
from domain.plausible import early_problems, facts_problems, number_told_problems
from domain.remediation_content import remediation_problems
from domain.report import CLOCK_SKEW, EARLIEST, LONGEST_REFERENCE, Problem, text_problems
from domain.steps import (
    AboutAction,
    Answer,
    Closure,
    Containment,
    Correction,
    Decision,
    FactsCompleted,
    IcoDecision,
    IcoSubmission,
    NewAction,
    OrganisationTold,
    PeopleInformed,
    Question,
    Reclassification,
    ReferralDecision,
    Reopening,
    Review,
    SeverityAssessment,
    Withdrawal,
)
from domain.taxonomy import Classification, Communication, Moment, Severity

PRESUMED = (
    "Physical safety may be at risk, so a high risk is presumed: choose high or very high. Whether "
    "that is set aside is for the DPO, in the ICO decision."
)
SET_ASIDE = (
    "Physical safety may be at risk, so a high risk is presumed. To decide otherwise, tick the box "
    "below; your reasons must say why."
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
            problems = _review_problems(case, step, now)
        case SeverityAssessment():
            problems = _assessment_problems(step)
        case Correction():
            problems = _correction_problems(case, step, now)
        case FactsCompleted():
            problems = facts_problems(case, step)
        case IcoSubmission():
            problems = _submission_problems(case, step, now)
        case PeopleInformed():
            problems = _people_problems(case, step, now)
        case NewAction() | AboutAction() | Containment() | OrganisationTold():
            problems = remediation_problems(case, step, now)
        case IcoDecision():
            problems = _decision_problems(case, step)
        case ReferralDecision() | Withdrawal() | Reopening():
            problems = _reason_problems(step)
        case Question() | Answer():
            problems = text_problems("text", step.text, required=True)
        case Closure():
            problems = text_problems("outcome", step.outcome, required=True)
        case _:
            problems = []
    return problems


def _reason_problems(step: ReferralDecision | Withdrawal | Reopening) -> list[Problem]:
    if isinstance(step, ReferralDecision) and step.hr_reference:
        return []  # What was written stands in the restricted store, checked before.
    return text_problems("reason", step.reason, required=True)


def _review_problems(case: Case, step: Review | Reclassification, now: datetime) -> list[Problem]:
    problems = text_problems("reason", step.reason, required=True)
    if step.classification is Classification.BREACH and step.severity is None:
        problems.insert(0, Problem("severity", "Choose how serious the breach is."))
    if step.severity and _presumes_high_risk(case) and not reaches(step.severity, Severity.HIGH):
        problems.insert(0, Problem("severity", PRESUMED))
    if step.classification is Classification.UPSTREAM:
        problems += _upstream_problems(step)
    if isinstance(step, Reclassification):
        problems += _promotion_problems(case, step, now)
    return problems


def _presumes_high_risk(case: Case) -> bool:
    is_asked = case.opening.procedure >= WITH_PRESUMED_RISK
    return is_asked and case.severity_advice.high_risk_presumed


def _assessment_problems(step: SeverityAssessment) -> list[Problem]:
    """Each measure needs its two main answers, and one of them is enough."""
    grid = {"likelihood": step.likelihood, "effect": step.effect}
    enisa = {"categories": step.categories or None, "identification": step.identification}
    asked = [each for each in (grid, enisa) if any(each.values())] or [grid]
    return [
        Problem(name, "This measure needs an answer here.")
        for measure in asked
        for name, answer in measure.items()
        if answer is None
    ]


def _upstream_problems(step: Review | Reclassification) -> list[Problem]:
    if step.upstream is None:
        return [Problem("force", "Choose the force that sent it.")]
    if step.upstream.caught_before_disclosure is data.Answer.NO:
        return [Problem("caught", "What was disclosed is a breach: classify it as one.")]
    return []


def _promotion_problems(case: Case, step: Reclassification, now: datetime) -> list[Problem]:
    """An upstream failure becomes a breach with its disclosure, which has a moment of its own."""
    before = case.review.decision.classification if case.review else None
    promoted = (before, step.classification) == (Classification.UPSTREAM, Classification.BREACH)
    if promoted and step.aware_at is None:
        return [
            Problem(
                "aware_at",
                "Say when the CPS became aware that it had been disclosed: the ICO's clock "
                "starts there.",
            )
        ]
    if step.aware_at and step.aware_at > now + CLOCK_SKEW:
        return [Problem("aware_at", f"This is in the future: it is {london(now)} now.")]
    if step.aware_at and step.aware_at < case.discovered_at:
        when = london(case.discovered_at)
        return [Problem("aware_at", f"This is before it was discovered ({when}).")]
    return []


def _decision_problems(case: Case, step: IcoDecision) -> list[Problem]:
    problems = text_problems("reason", step.reason, required=True)
    if _presumes_high_risk(case) and not step.notify and not step.against_advice:
        problems.append(Problem("notify", SET_ASIDE))
        return problems
    assessment = assess(step.answers)
    is_answered = step.answers.living is not None
    if is_answered and assessment.advice.is_against(notify=step.notify) and not step.against_advice:
        problems.append(
            Problem(
                "notify",
                f"Your answers advise: {assessment.advice.label}. {assessment.reason} To decide "
                "otherwise, tick the box below; your reasons must say why.",
            )
        )
    return problems


def _correction_problems(case: Case, step: Correction, now: datetime) -> list[Problem]:
    problems = text_problems("reason", step.reason, required=True)
    if step.at > now + CLOCK_SKEW:
        problems.append(Problem("at", f"This is in the future: it is {london(now)} now."))
    if step.at < EARLIEST:
        problems.append(Problem("at", "Check the year: this is before 2000."))
    if step.moment is Moment.AWARE:
        return problems + _awareness_problems(case, step)
    return problems + _discovery_problems(case, step)


def _awareness_problems(case: Case, step: Correction) -> list[Problem]:
    if step.at >= case.discovered_at:
        return []
    return [
        Problem(
            "at",
            f"Nobody can be aware before the discovery ({london(case.discovered_at)}). "
            "Correct the discovery first if that is what is wrong.",
        )
    ]


def _discovery_problems(case: Case, step: Correction) -> list[Problem]:
    reported, aware = case.opening.reported_at, case.awareness_corrected
    if step.at > reported + CLOCK_SKEW:
        return [Problem("at", f"It was discovered before it was reported ({london(reported)}).")]
    if aware and step.at > aware:
        return [
            Problem(
                "at",
                f"Nobody can be aware before the discovery, and awareness is set to "
                f"{london(aware)}. Correct the awareness first if that is what is wrong.",
            )
        ]
    return []


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
