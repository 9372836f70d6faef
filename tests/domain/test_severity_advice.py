"""Both measures side by side, and physical safety before either."""

import pytest

from domain.data import Answer
from domain.enisa_facts import Context, DataCategory, EnisaFacts, Identification
from domain.severity import SeverityFacts, SeveritySettings, severity_advice
from domain.severity_grid import Effect, GridFacts, GridOutcome, Likelihood
from domain.taxonomy import Severity

HARMLESS = SeverityFacts(
    grid=GridFacts(likelihood=Likelihood.NOT_OCCURRED, effect=Effect.NONE),
    enisa=EnisaFacts(
        contexts=(Context(category=DataCategory.SIMPLE),),
        identification=Identification.NEGLIGIBLE,
    ),
    physical_safety=Answer.NO,
)


def test_both_measures_are_shown_beside_each_other() -> None:
    advice = severity_advice(HARMLESS)

    assert advice.grid is not None
    assert advice.enisa is not None
    assert advice.grid.outcome is GridOutcome.NONE
    assert advice.enisa.level is Severity.LOW
    assert not advice.high_risk_presumed


def test_physical_safety_presumes_a_high_risk_whatever_the_measures_say() -> None:
    advice = severity_advice(HARMLESS.model_copy(update={"physical_safety": Answer.YES}))

    assert advice.high_risk_presumed
    assert "the DPO says why" in advice.safety
    against = {level for level in Severity if advice.is_against(level)}
    assert against == {Severity.LOW, Severity.MEDIUM}


@pytest.mark.parametrize("answer", [Answer.NO, Answer.NOT_YET_KNOWN])
def test_otherwise_any_judgement_stands(answer: Answer) -> None:
    advice = severity_advice(SeverityFacts(physical_safety=answer))

    assert not any(advice.is_against(level) for level in Severity)


def test_a_measure_that_was_not_asked_for_says_nothing() -> None:
    advice = severity_advice(SeverityFacts())

    assert advice.grid is None
    assert advice.enisa is None
    assert "not yet known" in advice.safety


def test_thresholds_come_from_the_organisation() -> None:
    settings = SeveritySettings.model_validate(
        {"grid": {"ico_likelihood": 1, "ico_effect": 1}, "enisa": {"medium_from": 0.2}}
    )

    advice = severity_advice(HARMLESS, settings)

    assert advice.grid is not None
    assert advice.enisa is not None
    assert advice.grid.outcome is GridOutcome.ICO
    assert advice.enisa.level is Severity.MEDIUM
