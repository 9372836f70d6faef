"""What reviewers write: their finding, and what they assess severity from."""

from datetime import datetime

from domain import data
from domain.case import Case
from domain.clocks import london
from domain.enisa import reaches
from domain.report import CLOCK_SKEW, Problem, text_problems
from domain.severity_of_case import presumes_high_risk
from domain.stage import not_carried_on
from domain.steps import Reclassification, Review, SeverityAssessment
from domain.taxonomy import Classification, Severity

PRESUMED = (
    "Physical safety may be at risk, so a high risk is presumed: choose high or very high. Whether "
    "that is set aside is for the DPO, in the ICO decision."
)


def review_problems(case: Case, step: Review | Reclassification, now: datetime) -> list[Problem]:
    """Everything wrong with the fields of a review.

    Args:
        case: the case as it stands.
        step: what the person wrote.
        now: the case's own clock (aware).
    """
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


def contradiction(step: Review | Reclassification) -> Problem | None:
    """An answer that belongs to another classification: which of the two is meant?

    Older rules let it pass and counted on the classification, so this is never asked on replay.
    """
    found = step.classification
    if step.severity and found is not Classification.BREACH:
        return Problem(
            "severity", f"Only a breach has a severity, and this is: {found.label}. Change either."
        )
    if (step.duplicate_of or "").strip() and found is not Classification.DUPLICATE:
        return Problem(
            "duplicate_of", f"Only for a duplicate, and this is: {found.label}. Change either."
        )
    return None


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


def assessment_problems(step: SeverityAssessment) -> list[Problem]:
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
