"""A decision about the ICO needs a reason of its own exactly when it departs from the advice."""

import pytest

from domain.against_advice import PRESUMED, departs_from
from domain.assessment import Answers, Risk
from domain.case import Case
from domain.content import content_problems
from domain.data import Answer
from domain.severity_grid import Effect, Likelihood
from domain.steps import IcoDecision, SeverityAssessment
from tests.domain.samples import (
    ASSESSED,
    BREACH,
    NO_NOTICE,
    NOTIFY,
    OPENING,
    RECEIVED,
    case_after,
    time_of,
)

TELL = Answers(living=Answer.YES, risk=Risk.LIKELY, high_risk=Answer.NO)
RECORD = Answers(living=Answer.YES, risk=Risk.UNLIKELY)
GRAVE = SeverityAssessment(by=ASSESSED.by, likelihood=Likelihood.LIKELY, effect=Effect.SERIOUS)
SLIGHT = GRAVE.model_copy(update={"likelihood": Likelihood.NOT_LIKELY})
BY_ENISA = ASSESSED.model_copy(update={"likelihood": None, "effect": None})
UNSAFE = OPENING.report.circumstances.model_copy(update={"physical_safety": Answer.YES})
IN_DANGER = OPENING.model_copy(
    update={"report": OPENING.report.model_copy(update={"circumstances": UNSAFE})}
)
PLAIN = case_after(RECEIVED, BREACH)
GRAVELY = case_after(RECEIVED, GRAVE, BREACH)
SLIGHTLY = case_after(RECEIVED, SLIGHT, BREACH)
DANGEROUS = case_after(RECEIVED, SLIGHT, BREACH, opening=IN_DANGER)
ENISA = case_after(RECEIVED, BY_ENISA, BREACH)

AGAINST: dict[str, tuple[Case, IcoDecision, Answers]] = {
    "answers say notify": (PLAIN, NO_NOTICE, TELL),
    "answers say keep a record": (PLAIN, NOTIFY, RECORD),
    "the grid says tell the ICO": (GRAVELY, NO_NOTICE, Answers()),
    "the grid says tell the ICO, the answers do not": (GRAVELY, NO_NOTICE, RECORD),
    "the grid says tell nobody": (SLIGHTLY, NOTIFY, Answers()),
    "only ENISA's measure was asked": (ENISA, NO_NOTICE, Answers()),
    "somebody is in danger": (DANGEROUS, NO_NOTICE, Answers()),
    "somebody is in danger, whatever was answered": (DANGEROUS, NO_NOTICE, RECORD),
}
FOLLOWING: dict[str, tuple[Case, IcoDecision, Answers]] = {
    "no advice was asked": (PLAIN, NO_NOTICE, Answers()),
    "answers say notify": (PLAIN, NOTIFY, TELL),
    "answers say keep a record": (PLAIN, NO_NOTICE, RECORD),
    "both say notify": (GRAVELY, NOTIFY, TELL),
    "both say nothing is to be told": (SLIGHTLY, NO_NOTICE, RECORD),
    "somebody is in danger, and danger comes before the grid": (DANGEROUS, NOTIFY, Answers()),
}


def fields(case: Case, step: IcoDecision, answers: Answers, **changes: object) -> list[str]:
    decision = step.model_copy(update={"answers": answers, **changes})
    return [problem.field for problem in content_problems(case, decision, time_of(9))]


@pytest.mark.parametrize("what", AGAINST)
def test_against_the_advice_it_says_why_in_a_field_of_its_own(what: str) -> None:
    case, step, answers = AGAINST[what]

    assert fields(case, step, answers) == ["against_reason"]
    assert fields(case, step, answers, against_reason="  ") == ["against_reason"]
    assert fields(case, step, answers, against_advice=True) == ["against_reason"]
    assert fields(case, step, answers, against_reason="Two people only, both told.") == []


@pytest.mark.parametrize("what", FOLLOWING)
def test_what_follows_the_advice_needs_none(what: str) -> None:
    case, step, answers = FOLLOWING[what]

    assert fields(case, step, answers) == []


def test_the_refusal_names_every_advice_that_it_departs_from() -> None:
    case = case_after(RECEIVED, GRAVE, BREACH)
    decision = NO_NOTICE.model_copy(update={"answers": TELL})
    (problem,) = content_problems(case, decision, time_of(9))

    assert "Your answers advise: Notify the ICO." in problem.message
    assert "The severity grid advises: Report to the ICO" in problem.message
    assert departs_from(DANGEROUS, NO_NOTICE) == (PRESUMED,)


@pytest.mark.parametrize("text", ["x" * 3001, "a\u202eb"])
def test_its_words_are_bounded_and_visible(text: str) -> None:
    assert fields(PLAIN, NO_NOTICE, TELL, against_reason=text) == ["against_reason"]


def test_an_older_case_goes_on_by_the_tick_and_takes_the_reason_too() -> None:
    older = OPENING.model_copy(update={"procedure": 3})
    case = case_after(RECEIVED, GRAVE, BREACH, opening=older)

    assert fields(case, NO_NOTICE, Answers()) == []
    assert fields(case, NO_NOTICE, TELL) == ["against_reason"]
    assert fields(case, NO_NOTICE, TELL, against_advice=True) == []
    assert fields(case, NO_NOTICE, TELL, against_reason="Two people only.") == []
