"""Which advice a decision about telling the ICO departs from. People decide; then they say why.

Asked of the ICO's self-assessment, of the measures of severity, and of danger to somebody's safety,
which presumes a high risk before either.
"""

from domain.assessment import assess
from domain.case import Case
from domain.opening import WITH_REASON_AGAINST_ADVICE
from domain.report import Problem, text_problems
from domain.severity_grid import GridOutcome
from domain.severity_of_case import advice_of, presumes_high_risk
from domain.steps import IcoDecision

FIELD = "against_reason"
PRESUMED = "Physical safety may be at risk, so a high risk is presumed."


def departs_from(case: Case, step: IcoDecision) -> tuple[str, ...]:
    """Each advice that the decision goes against, in a sentence; none when it follows them all.

    Args:
        case: the case as it stands, with the severity as assessed last.
        step: the decision, with the self-assessment as it was answered.
    """
    return tuple(
        sentence
        for sentence in (
            _by_self_assessment(step),
            PRESUMED if presumes_high_risk(case) and not step.notify else None,
            None if presumes_high_risk(case) else _by_severity(case, step),
        )
        if sentence
    )


def _by_self_assessment(step: IcoDecision) -> str | None:
    assessment = assess(step.answers)
    if step.answers.living is None or not assessment.advice.is_against(notify=step.notify):
        return None
    return f"Your answers advise: {assessment.advice.label}. {assessment.reason}"


def _by_severity(case: Case, step: IcoDecision) -> str | None:
    """The grid is the default measure; ENISA's figure never stands against it."""
    if case.opening.procedure < WITH_REASON_AGAINST_ADVICE:
        return None
    advice = advice_of(case)
    if advice.grid:
        tells = advice.grid.outcome is not GridOutcome.NONE
        is_against = tells is not step.notify
        return f"The severity grid advises: {advice.grid.outcome.label}." if is_against else None
    if advice.enisa and advice.enisa.advice.is_against(notify=step.notify):
        return f"ENISA's measure of severity advises: {advice.enisa.advice.label}."
    return None


def against_problems(case: Case, step: IcoDecision) -> list[Problem]:
    """What is wrong with the reasons for departing from the advice: they are needed exactly then.

    Cases that were opened before went by a tick, and gave their reasons with the others.
    """
    departed = departs_from(case, step)
    is_ticked = step.against_advice and case.opening.procedure < WITH_REASON_AGAINST_ADVICE
    if departed and not is_ticked and not (step.against_reason or "").strip():
        return [Problem(FIELD, f"{' '.join(departed)} To decide otherwise, say here why.")]
    return text_problems(FIELD, step.against_reason)
