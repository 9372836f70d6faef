"""What the measures of severity say of a case, and whether they presume a high risk."""

from domain.case import Case
from domain.opening import WITH_PRESUMED_RISK
from domain.severity import SeverityAdvice, SeverityFacts, severity_advice


def advice_of(case: Case) -> SeverityAdvice:
    """What the measures of severity say, by the thresholds that the case was opened under."""
    known = case.facts
    facts = SeverityFacts(physical_safety=known.circumstances.physical_safety)
    if case.assessment:
        facts = case.assessment.decision.facts(known.circumstances, known.people_affected)
    return severity_advice(facts, case.opening.severity)


def presumes_high_risk(case: Case) -> bool:
    """Whether danger to somebody's safety presumes a high risk, until the DPO sets it aside."""
    is_asked = case.opening.procedure >= WITH_PRESUMED_RISK
    return is_asked and advice_of(case).high_risk_presumed
