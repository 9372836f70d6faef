"""When a step can be taken: once, in its stage, and never after closure."""

import pytest

from domain.case import Case
from domain.people import Actor
from domain.policy import hindrance, refusal, refusal_in_turn
from domain.refusal import Refusal
from domain.steps import ActionDone, CaseEvent, Decision, Step
from tests.domain.samples import (
    ACTION,
    AFTER_ALL_NONE,
    ANSWER,
    BREACH,
    CLAIM,
    CLOSURE,
    CORRECTION,
    DANIEL,
    DECISIONS,
    DONE,
    GRACE,
    HAND_OVER,
    LIFE,
    LOOK_BACK,
    MAYA,
    NO_BREACH,
    NO_NOTICE,
    NO_REFERRAL,
    NOT_REQUIRED,
    NOTIFY,
    OPENING,
    OWEN,
    QUESTION,
    RECEIVED,
    RESTRICTED,
    SUBMISSION,
    TOLD,
    TOM,
    WITHDRAWAL,
    WORSE,
    case_after,
    time_of,
)


def refused(case: Case, step: Decision) -> Refusal:
    found = refusal(case, step, time_of(case.events + 1))
    assert found is not None, "it could be taken"
    return found


def test_a_whole_life_can_be_lived_step_by_step() -> None:
    for number, step in enumerate(DECISIONS, start=1):
        assert refusal(case_after(*LIFE[:number]), step, time_of(number + 1)) is None, step


SECOND: dict[str, tuple[tuple[Step, ...], Decision, str]] = {
    "claim": ((RECEIVED, CLAIM), CLAIM.model_copy(update={"by": MAYA}), "already claimed"),
    "question before the answer": (
        (RECEIVED, QUESTION),
        QUESTION.model_copy(update={"by": MAYA}),
        "still has a question to answer",
    ),
    "claim after review": ((RECEIVED, BREACH), CLAIM, "already reviewed"),
    "review": ((RECEIVED, BREACH), NO_BREACH.model_copy(update={"by": MAYA}), "already reviewed"),
    "ICO decision": (
        (RECEIVED, BREACH, NOTIFY),
        NO_NOTICE.model_copy(update={"by": GRACE}),
        "already decided",
    ),
    "ICO submission": (
        (RECEIVED, BREACH, NOTIFY, SUBMISSION),
        SUBMISSION.model_copy(update={"by": DANIEL}),
        "already recorded",
    ),
    "referral": (
        (RECEIVED, BREACH, NO_REFERRAL),
        NO_REFERRAL.model_copy(update={"refer": True}),
        "already made",
    ),
    "action done": (
        (RECEIVED, BREACH, ACTION, DONE),
        DONE.model_copy(update={"by": OWEN}),
        "already completed",
    ),
    "review after it was changed": ((RECEIVED, NO_BREACH, WORSE), BREACH, "already reviewed"),
    "handing over after review": ((RECEIVED, BREACH), HAND_OVER, "already reviewed"),
    "withdrawal after review": ((RECEIVED, BREACH), WITHDRAWAL, "already reviewed"),
    "withdrawal": ((RECEIVED, WITHDRAWAL), WITHDRAWAL, "was withdrawn"),
    "review of a report withdrawn": ((RECEIVED, WITHDRAWAL), BREACH, "was withdrawn"),
    "closure": ((RECEIVED, NO_BREACH, CLOSURE), CLOSURE, "already closed"),
}


@pytest.mark.parametrize("what", SECOND)
def test_whoever_comes_second_is_told_who_was_first_and_when(what: str) -> None:
    before, step, words = SECOND[what]

    found = refused(case_after(*before), step)

    first = CaseEvent(number=len(before), at=time_of(len(before)), step=before[-1])
    assert words in found.text
    assert (found.by, found.at) == (first.actor, first.at)


@pytest.mark.parametrize(
    ("what", "field", "instead"),
    [
        ("review", "classification", "It was found to be: Personal data breach."),
        ("ICO decision", "notify", "The decision is: notify."),
        ("ICO submission", "ico_reference", ""),
        ("referral", "refer", ""),
        ("action done", "evidence", ""),
        ("closure", "outcome", ""),
    ],
)
def test_and_that_at_the_question_which_was_decided(what: str, field: str, instead: str) -> None:
    before, step, _ = SECOND[what]

    found = refused(case_after(*before), step)

    assert (found.field, found.instead) == (field, instead)


@pytest.mark.parametrize(
    "step", [*DECISIONS, CORRECTION, WORSE, WITHDRAWAL], ids=lambda step: str(step.kind)
)
@pytest.mark.parametrize(
    ("before", "words"),
    [(LIFE, "This case was already closed"), ((RECEIVED, ACTION, WITHDRAWAL), "was withdrawn")],
    ids=["closed", "withdrawn"],
)
def test_after_its_end_nothing_can_be_done_in_a_case(
    before: tuple[Step, ...], words: str, step: Decision
) -> None:
    found = refused(case_after(*before), step)

    assert words in found.text
    assert found.at == time_of(len(before))


@pytest.mark.parametrize(
    "step",
    [NOTIFY, NO_NOTICE, SUBMISSION, TOLD, ACTION, NO_REFERRAL],
    ids=lambda step: str(step.kind),
)
@pytest.mark.parametrize(
    "before",
    [(RECEIVED,), (RECEIVED, CLAIM), (RECEIVED, NO_BREACH), (RECEIVED, BREACH, AFTER_ALL_NONE)],
    ids=["new", "claimed", "no", "after all no"],
)
def test_what_follows_a_breach_waits_until_there_is_one(
    before: tuple[Step, ...], step: Decision
) -> None:
    assert "has not found a breach" in refused(case_after(*before), step).text


@pytest.mark.parametrize("before", [(RECEIVED, BREACH), (RECEIVED, BREACH, NO_NOTICE)])
def test_only_what_was_decided_is_submitted_to_the_ico(before: tuple[Step, ...]) -> None:
    assert "nothing to record" in refused(case_after(*before), SUBMISSION).text


def test_a_changed_review_opens_the_ico_decision_again() -> None:
    case = case_after(RECEIVED, BREACH, NO_NOTICE, WORSE)

    assert refusal(case, NOTIFY, time_of(5)) is None


def test_what_is_not_reviewed_yet_is_not_reclassified() -> None:
    assert "use *Review* instead" in refused(case_after(RECEIVED, CLAIM), WORSE).text


def test_a_question_is_answered_once_and_may_be_followed_by_another() -> None:
    nothing_asked = case_after(RECEIVED)
    answered = case_after(RECEIVED, QUESTION, ANSWER)
    asked_again = case_after(RECEIVED, QUESTION, ANSWER, QUESTION)

    assert "No question is waiting" in refused(nothing_asked, ANSWER).text
    assert "No question is waiting" in refused(answered, ANSWER).text
    assert refusal(asked_again, ANSWER, time_of(5)) is None


def test_whoever_reported_by_phone_can_t_be_asked_here() -> None:
    by_phone = case_after(RECEIVED, opening=OPENING.model_copy(update={"reporter": None}))

    assert "ask by phone" in refused(by_phone, QUESTION).text


def test_a_case_passes_from_hand_to_hand_until_it_is_reviewed() -> None:
    back = HAND_OVER.model_copy(update={"by": MAYA, "to": OWEN.user_id, "taker": OWEN})
    assert refusal(case_after(RECEIVED, CLAIM, HAND_OVER), back, time_of(4)) is None


def test_times_are_corrected_at_any_stage_and_more_than_once() -> None:
    for before in [(RECEIVED,), (RECEIVED, NO_BREACH), (RECEIVED, BREACH, CORRECTION)]:
        assert refusal(case_after(*before), CORRECTION, time_of(4)) is None


def test_a_restriction_is_renewed_or_lifted() -> None:
    restricted = case_after(RECEIVED, BREACH, RESTRICTED)

    assert refusal(restricted, RESTRICTED, time_of(4)) is None
    assert refusal(restricted, TOLD, time_of(5)) is None


def test_an_action_that_the_case_does_not_have_can_t_be_completed() -> None:
    found = refused(case_after(RECEIVED, BREACH, ACTION), DONE.model_copy(update={"number": 2}))

    assert found.text == "This case has no such remedial action."
    assert found.field == "number"


def test_more_actions_can_be_added_as_long_as_the_case_is_open() -> None:
    case = case_after(RECEIVED, BREACH, ACTION, DONE, NO_NOTICE, NO_REFERRAL)

    assert refusal(case, ACTION, time_of(7)) is None


@pytest.mark.parametrize(
    ("before", "still_open"),
    [
        ((RECEIVED,), "OST's review"),
        (
            (RECEIVED, BREACH),
            "the ICO decision, the decision about telling the people affected, "
            "the disciplinary referral choice",
        ),
        (
            (RECEIVED, BREACH, NOTIFY, RESTRICTED, ACTION),
            "the record of the ICO submission, the restriction on telling the people affected, "
            "the disciplinary referral choice, remedial action 1",
        ),
        (
            (RECEIVED, BREACH, NO_NOTICE, NOT_REQUIRED, NO_REFERRAL, ACTION, ACTION, DONE),
            "remedial action 2",
        ),
    ],
)
def test_closing_too_early_is_told_what_is_open(before: tuple[Step, ...], still_open: str) -> None:
    assert refused(case_after(*before), CLOSURE).text == f"Still open: {still_open}."


@pytest.mark.parametrize(
    "before",
    [
        (RECEIVED, NO_BREACH),
        (RECEIVED, BREACH, NO_NOTICE, NOT_REQUIRED, NO_REFERRAL, LOOK_BACK),
        (RECEIVED, BREACH, AFTER_ALL_NONE),
        LIFE[:-1],
    ],
    ids=["not a breach", "ICO not told", "not a breach after all", "ICO told"],
)
def test_a_case_with_nothing_open_can_be_closed(before: tuple[Step, ...]) -> None:
    assert refusal(case_after(*before), CLOSURE, time_of(len(before) + 1)) is None


def test_a_case_of_the_first_procedure_owes_nothing_that_was_added_later() -> None:
    opening = OPENING.model_copy(update={"procedure": 1})
    case = case_after(RECEIVED, BREACH, NO_NOTICE, NO_REFERRAL, opening=opening)

    assert refusal(case, CLOSURE, time_of(5)) is None


def test_a_person_who_may_not_is_told_so_before_anything_about_the_case() -> None:
    stranger = CLOSURE.model_copy(update={"by": TOM})

    assert refused(case_after(*LIFE), stranger).text.startswith("Only the ")


def test_a_wrong_field_is_named_only_once_the_step_could_be_taken() -> None:
    empty = BREACH.model_copy(update={"reason": " "})

    assert refused(case_after(RECEIVED), empty).field == "reason"
    assert refused(case_after(RECEIVED, BREACH), empty).field == "classification"


def test_what_hinders_a_step_is_known_before_anything_is_written() -> None:
    case = case_after(RECEIVED, BREACH, ACTION)

    assert hindrance(case, ActionDone, TOM, action=1) is None
    assert hindrance(case, ActionDone, TOM, action=2) is not None
    assert hindrance(case, type(CLAIM), OWEN) is not None


def test_what_older_rules_let_in_beside_an_earlier_step_still_replays() -> None:
    for before, step in (((HAND_OVER,), CLAIM), ((QUESTION,), QUESTION)):
        case = case_after(RECEIVED, *before)
        assert refusal_in_turn(case, step, time_of(3)) is None


@pytest.mark.parametrize("taker", [None, TOM, DANIEL, Actor(user_id=MAYA.user_id), OWEN])
def test_a_case_is_not_handed_to_whom_nobody_found_to_be_able_to_review_it(
    taker: Actor | None,
) -> None:
    step = HAND_OVER.model_copy(update={"taker": taker})
    assert refused(case_after(RECEIVED), step).field == "to"
    assert refusal_in_turn(case_after(RECEIVED), step, time_of(2)) is None


def test_nobody_claims_what_was_handed_to_somebody() -> None:
    found = refused(case_after(RECEIVED, HAND_OVER), CLAIM)
    assert (found.text, found.by) == ("This case was already taken in hand", HAND_OVER.to)


def test_a_case_is_not_handed_to_who_has_it_already() -> None:
    assert refused(case_after(RECEIVED, HAND_OVER), HAND_OVER).field == "to"
