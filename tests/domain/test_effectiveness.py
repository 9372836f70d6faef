"""The look back: when it is due, what it must say, and when it has to be taken again."""

from datetime import datetime, timedelta

import pytest

from domain.case_clocks import due_of, runs
from domain.content import content_problems
from domain.effectiveness import look_back_from
from domain.policy import hindrance, refusal
from domain.stage import stage_of, still_open
from domain.steps import EffectivenessReview, Step
from domain.taxonomy import Clock, Stage
from domain.waiting import next_due, tasks
from tests.domain.samples import (
    ACTION,
    BREACH,
    CLOSURE,
    COMPLAINT,
    DONE,
    HOUR,
    LOOK_BACK,
    MAYA,
    NO_BREACH,
    NO_NOTICE,
    NO_REFERRAL,
    NOT_REQUIRED,
    NOTIFY,
    OPENING,
    OWEN,
    RECEIVED,
    REOPENING,
    WORSE,
    case_after,
    time_of,
)

CLOCK = Clock.EFFECTIVENESS_REVIEW
DONE_WITHOUT_ACTION: tuple[Step, ...] = (RECEIVED, BREACH, NO_NOTICE, NOT_REQUIRED, NO_REFERRAL)
SETTLED: tuple[Step, ...] = (RECEIVED, BREACH, NO_NOTICE, NOT_REQUIRED, NO_REFERRAL, ACTION, DONE)
SECOND = DONE.model_copy(update={"number": 2})
MORE = LOOK_BACK.model_copy(update={"further_action": True})
NONE = EffectivenessReview(by=OWEN, needed=False, reason="A letter came back unopened.")
NINETY_DAYS = timedelta(days=90)


def fields(steps: tuple[Step, ...], step: EffectivenessReview, now: datetime) -> list[str]:
    return [problem.field for problem in content_problems(case_after(*steps), step, now)]


@pytest.mark.parametrize("missing", range(2, len(SETTLED)))
def test_the_clock_starts_with_the_last_thing_that_is_done(missing: int) -> None:
    left_out = SETTLED[missing]
    before = [step for step in SETTLED if step is not left_out and step is not DONE]
    rest = (left_out, DONE) if left_out is not DONE else (DONE,)
    case = case_after(*before, *rest)

    assert not runs(case_after(*before[:3]), CLOCK)
    assert stage_of(case) is Stage.EFFECTIVENESS_REVIEW
    assert due_of(case, CLOCK) == time_of(len(SETTLED)) + NINETY_DAYS
    assert next_due(case) == due_of(case, CLOCK)


def test_a_further_action_moves_the_clock_to_when_it_is_done() -> None:
    open_again = case_after(*SETTLED, ACTION)
    done = case_after(*SETTLED, ACTION, SECOND)

    assert (stage_of(open_again), runs(open_again, CLOCK)) == (Stage.REMEDIATION, False)
    assert due_of(done, CLOCK) == time_of(len(SETTLED) + 2) + NINETY_DAYS


def test_what_is_no_breach_is_not_looked_back_on() -> None:
    case = case_after(RECEIVED, NO_BREACH)

    assert (stage_of(case), case.settled_at) == (Stage.READY_TO_CLOSE, None)
    assert hindrance(case, EffectivenessReview, OWEN) is not None


def test_an_action_that_it_asks_for_keeps_the_case_open_until_it_too_is_looked_back_on() -> None:
    wanted = case_after(*SETTLED, MORE)
    given = case_after(*SETTLED, MORE, ACTION)
    done = case_after(*SETTLED, MORE, ACTION, SECOND)
    again = case_after(*SETTLED, MORE, ACTION, SECOND, LOOK_BACK)

    assert still_open(wanted) == ("the action that the effectiveness review asked for",)
    assert still_open(given) == ("remedial action 2",)
    assert stage_of(done) is Stage.EFFECTIVENESS_REVIEW
    assert stage_of(again) is Stage.READY_TO_CLOSE


def test_what_is_decided_anew_afterwards_leaves_the_look_back_as_it_is() -> None:
    case = case_after(*SETTLED, LOOK_BACK, WORSE, NO_NOTICE)

    assert stage_of(case) is Stage.READY_TO_CLOSE


def test_a_complaint_holds_up_the_closing_and_not_the_look_back() -> None:
    case = case_after(*SETTLED, COMPLAINT)

    assert stage_of(case) is Stage.REMEDIATION
    assert due_of(case, CLOCK) == time_of(len(SETTLED)) + NINETY_DAYS
    assert hindrance(case, EffectivenessReview, OWEN) is None
    assert still_open(case_after(*SETTLED, COMPLAINT, LOOK_BACK)) == ("complaint 1",)


def test_a_case_that_is_opened_again_keeps_its_look_back_until_something_is_done() -> None:
    assert stage_of(case_after(*SETTLED, LOOK_BACK, CLOSURE, REOPENING)) is Stage.READY_TO_CLOSE


@pytest.mark.parametrize("procedure", [1, 2])
def test_a_case_of_an_earlier_procedure_closes_without(procedure: int) -> None:
    opening = OPENING.model_copy(update={"procedure": procedure})
    case = case_after(*SETTLED, opening=opening)

    assert (stage_of(case), runs(case, CLOCK)) == (Stage.READY_TO_CLOSE, False)
    assert refusal(case, CLOSURE, time_of(9)) is None
    refused = hindrance(case, EffectivenessReview, OWEN)
    assert refused is not None
    assert "it needs none" in refused.text


def test_before_its_time_it_needs_a_reason_and_from_the_first_reminder_none() -> None:
    begins = look_back_from(case_after(*SETTLED))
    bare = LOOK_BACK.model_copy(update={"reason": " "})

    assert begins == time_of(len(SETTLED)) + timedelta(days=83)
    assert fields(SETTLED, bare, begins - HOUR) == ["reason"]
    assert fields(SETTLED, bare, begins) == []
    assert fields(SETTLED, LOOK_BACK, begins - HOUR) == []


def test_every_question_is_answered() -> None:
    empty = EffectivenessReview(by=OWEN, reason="Early.")

    assert fields(SETTLED, empty, time_of(9)) == ["worked", "kept_up", "recurred", "learned"]
    assert fields(DONE_WITHOUT_ACTION, empty, time_of(9)) == ["recurred", "learned"]


def test_none_is_needed_only_where_no_action_was_given_and_with_a_reason() -> None:
    assert fields(DONE_WITHOUT_ACTION, NONE, time_of(9)) == []
    bare = NONE.model_copy(update={"reason": None})
    assert fields(DONE_WITHOUT_ACTION, bare, time_of(9)) == ["reason"]
    more = NONE.model_copy(update={"further_action": True})
    assert fields(DONE_WITHOUT_ACTION, more, time_of(9)) == ["further_action"]
    assert fields(SETTLED, NONE, time_of(9)) == ["needed"]
    assert stage_of(case_after(*DONE_WITHOUT_ACTION, NONE)) is Stage.READY_TO_CLOSE


def test_it_is_not_taken_while_something_is_open_and_not_twice() -> None:
    early = hindrance(case_after(RECEIVED, BREACH, NOTIFY), EffectivenessReview, OWEN)
    twice = hindrance(case_after(*SETTLED, LOOK_BACK), EffectivenessReview, MAYA)

    assert early is not None
    assert early.text.startswith("Still open: ")
    assert twice is not None
    assert (twice.text, twice.by) == (
        "The effectiveness review was already recorded",
        OWEN.user_id,
    )


def test_it_waits_for_whoever_reviewed_the_case_with_its_deadline() -> None:
    (task,) = tasks([case_after(*SETTLED)], OWEN)

    assert task.kind is EffectivenessReview
    assert task.due == time_of(len(SETTLED)) + NINETY_DAYS
    assert tasks([case_after(*SETTLED)], MAYA) == []
