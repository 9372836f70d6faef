"""The ICO's self-assessment: what is asked, what it comes to, and decisions against it."""

import pytest

from domain.assessment import Advice, Answers, Question, Risk, assess, next_question
from domain.data import Answer

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.NOT_YET_KNOWN


def test_unredacted_address_of_adoptive_parents_goes_to_the_ico_and_the_people() -> None:
    # The ICO's example: papers with the adoptive parents' address, sent to the birth parents.
    answers = Answers(living=YES, risk=Risk.VERY_LIKELY, high_risk=YES)

    assert assess(answers).advice is Advice.NOTIFY_ICO_AND_PEOPLE


def test_a_file_deleted_by_the_wrong_colleague_stays_in_the_internal_record() -> None:
    # The ICO's example: e-mailed to the wrong colleague, who deleted it and told the sender.
    answers = Answers(living=YES, risk=Risk.UNLIKELY)

    assert assess(answers).advice is Advice.RECORD


@pytest.mark.parametrize(
    ("answers", "advice", "words"),
    [
        (Answers(living=NO), Advice.RECORD, "living individual"),
        (Answers(living=YES, risk=Risk.UNLIKELY), Advice.RECORD, "is unlikely"),
        (Answers(living=YES, risk=Risk.LIKELY, high_risk=NO), Advice.NOTIFY_ICO, "no duty"),
        (Answers(living=YES, risk=Risk.LIKELY, high_risk=UNKNOWN), Advice.NOTIFY_ICO, "how high"),
        (
            Answers(living=UNKNOWN, risk=Risk.LIKELY, high_risk=YES),
            Advice.NOTIFY_ICO_AND_PEOPLE,
            "Art. 34(1)",
        ),
        (
            Answers(living=YES, risk=Risk.NOT_SURE, contained=YES),
            Advice.RECORD,
            "appears unlikely",
        ),
        (
            Answers(living=YES, risk=Risk.NOT_SURE, contained=UNKNOWN),
            Advice.REASSESS,
            "in doubt notify",
        ),
        (
            Answers(living=YES, risk=Risk.NOT_SURE, contained=NO, high_risk=NO),
            Advice.NOTIFY_ICO,
            "can't be ruled out",
        ),
    ],
)
def test_answers_come_to_advice_with_its_reason(
    answers: Answers, advice: Advice, words: str
) -> None:
    found = assess(answers)

    assert found.advice is advice
    assert words in found.reason
    assert next_question(answers) is None


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        (Answers(), Question.LIVING),
        (Answers(living=YES), Question.RISK),
        (Answers(living=YES, risk=Risk.NOT_SURE), Question.CONTAINED),
    ],
)
def test_only_what_still_matters_is_asked_and_meanwhile_nothing_is_advised(
    answers: Answers, question: Question
) -> None:
    assert next_question(answers) is question
    found = assess(answers)
    assert found.advice is Advice.REASSESS
    assert question.label in found.reason


@pytest.mark.parametrize(
    "answers",
    [
        Answers(living=YES, risk=Risk.LIKELY),
        Answers(living=YES, risk=Risk.VERY_LIKELY),
        Answers(living=YES, risk=Risk.NOT_SURE, contained=NO),
    ],
)
def test_a_likely_risk_is_told_to_the_ico_however_high_it_is(answers: Answers) -> None:
    assert next_question(answers) is Question.HIGH_RISK
    found = assess(answers)
    assert found.advice is Advice.NOTIFY_ICO
    assert Question.HIGH_RISK.label in found.reason


def test_an_answer_left_over_from_another_way_counts_for_nothing() -> None:
    answers = Answers(living=YES, risk=Risk.LIKELY, contained=YES, high_risk=YES)

    assert assess(answers).advice is Advice.NOTIFY_ICO_AND_PEOPLE


@pytest.mark.parametrize(
    ("advice", "notify", "against"),
    [
        (Advice.NOTIFY_ICO, True, False),
        (Advice.NOTIFY_ICO, False, True),
        (Advice.NOTIFY_ICO_AND_PEOPLE, True, False),
        (Advice.NOTIFY_ICO_AND_PEOPLE, False, True),
        (Advice.RECORD, True, True),
        (Advice.RECORD, False, False),
        (Advice.REASSESS, True, False),
        (Advice.REASSESS, False, True),
    ],
)
def test_a_decision_against_the_advice_is_recognised(
    advice: Advice, notify: bool, against: bool
) -> None:
    assert advice.is_against(notify=notify) is against
