"""What people write into a step, checked field by field."""

from datetime import datetime

from domain import data
from domain.case import Case
from domain.clocks import london
from domain.complaints_content import complaint_problems
from domain.effectiveness import effectiveness_problems
from domain.enisa import reaches
from domain.notification_content import notification_problems
from domain.plausible import discovery_problems, facts_problems
from domain.remediation_content import remediation_problems
from domain.report import CLOCK_SKEW, EARLIEST, Problem, text_problems
from domain.severity_of_case import presumes_high_risk
from domain.stage import not_carried_on
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
from domain.taxonomy import Classification, Moment, Severity

PRESUMED = (
    "Physical safety may be at risk, so a high risk is presumed: choose high or very high. Whether "
    "that is set aside is for the DPO, in the ICO decision."
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


def _review_problems(case: Case, step: Review | Reclassification, now: datetime) -> list[Problem]:
    problems = text_problems("reason", step.reason, required=True)
    if step.classification is Classification.BREACH and step.severity is None:
        problems.insert(0, Problem("severity", "Choose how serious the breach is."))
    if step.severity and presumes_high_risk(case) and not reaches(step.severity, Severity.HIGH):
        problems.insert(0, Problem("severity", PRESUMED))
    if step.classification is Classification.UPSTREAM:
        problems += _upstream_problems(step)
    if step.classification is Classification.DUPLICATE:
        problems += _duplicate_problems(case, step)
    if isinstance(step, Reclassification):
        problems += _promotion_problems(case, step, now)
    return problems


def _assessment_problems(step: SeverityAssessment) -> list[Problem]:
    """Each measure needs its two main answers, and one of them is enough."""
    grid: dict[str, object] = {"likelihood": step.likelihood, "effect": step.effect}
    enisa: dict[str, object] = {
        "categories": step.categories or None,
        "identification": step.identification,
    }
    by_grid = any(grid.values())
    # The form proposes the categories from the report: beside the grid they begin no measure.
    by_enisa = step.identification is not None or (bool(step.categories) and not by_grid)
    asked = [each for each, begun in ((grid, by_grid), (enisa, by_enisa)) if begun] or [grid]
    return [
        Problem(name, "This measure needs an answer here.")
        for measure in asked
        for name, answer in measure.items()
        if answer is None
    ]


def _duplicate_problems(case: Case, step: Review | Reclassification) -> list[Problem]:
    """What a reference says of itself; which case it names, only the register knows."""
    if not (step.duplicate_of or "").strip():
        return [Problem("duplicate_of", "Give the reference of the other case.")]
    if step.duplicate_of == case.reference:
        return [Problem("duplicate_of", "This is the case itself: give the other one.")]
    waiting = ", ".join(not_carried_on(case))
    if waiting:
        return [
            Problem(
                "duplicate_of",
                f"Still open here: {waiting}. The other case does not carry that on, so settle it "
                "first; until then, classify the case as what it is.",
            )
        ]
    return []


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


def _correction_problems(case: Case, step: Correction, now: datetime) -> list[Problem]:
    problems = text_problems("reason", step.reason, required=True)
    if step.at > now + CLOCK_SKEW:
        problems.append(Problem("at", f"This is in the future: it is {london(now)} now."))
    if step.at < EARLIEST:
        problems.append(Problem("at", "Check the year: this is before 2000."))
    problems += _merged_problems(case, step)
    if step.moment is Moment.AWARE:
        return problems + _awareness_problems(case, step)
    return problems + _discovery_problems(case, step)


def _merged_problems(case: Case, step: Correction) -> list[Problem]:
    """Of several reports of one breach the earliest time counts, whatever is put right here."""
    is_aware = step.moment is Moment.AWARE
    for each in case.merged:
        theirs = each.aware_at if is_aware else each.discovered_at
        if theirs < step.at:
            return [
                Problem(
                    "at",
                    f"{each.reference}, which was merged into this case, says {london(theirs)}, "
                    "and the earliest counts. If that is wrong, undo there that it is a "
                    "duplicate, and put its time right.",
                )
            ]
    return []


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
    return discovery_problems(case, step.at) if step.at >= EARLIEST else []
