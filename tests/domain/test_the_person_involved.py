"""Whom the breach involves takes no part in their own case, whatever groups they are in."""

import pytest

from domain.case import Case
from domain.people import Actor
from domain.policy import NOT_NOW, SOMEBODY_ELSE, hindrance, refusal, refusal_in_turn
from domain.steps import Decision, Step
from domain.taxonomy import Role
from domain.waiting import tasks
from tests.domain.samples import (
    ACTION,
    ANSWER,
    AREA,
    BREACH,
    CLAIM,
    CLOSURE,
    DONE,
    HAND_OVER,
    HANDED_OVER,
    NO_BREACH,
    OPENING,
    PRIYA,
    QUESTION,
    RECEIVED,
    TOM,
    WITHDRAWAL,
    case_after,
    time_of,
)
from tests.domain.test_policy_who import POSSIBLE

ONE = Actor(
    user_id="U0ONE",
    roles=tuple(role for role in Role if role is not Role.SIM),
    sim_areas=(AREA,),
    dpos_there=(),
)
"""In every group, and the Area's SIM."""
_AROUND = OPENING.report.circumstances.model_copy(update={"involved": ONE.user_id})
INVOLVED = OPENING.model_copy(
    update={"report": OPENING.report.model_copy(update={"circumstances": _AROUND})}
)
BOTH = INVOLVED.model_copy(update={"reporter": ONE.user_id})
"""They reported it themselves."""
THEIRS = ACTION.model_copy(update={"owner": ONE.user_id})


def by_one(step: Decision) -> Decision:
    return step.model_copy(update={"by": ONE})


def said(case: Case, step: Decision) -> str | None:
    found = refusal(case, by_one(step), time_of(case.events + 1))
    return found.text if found else None


@pytest.mark.parametrize(
    "what", [what for what in POSSIBLE if what not in ("answer", "withdrawal")]
)
@pytest.mark.parametrize("opening", [INVOLVED, BOTH], ids=["reported by another", "by themselves"])
@pytest.mark.parametrize("procedure", [1, 2, OPENING.procedure])
def test_they_take_no_step_in_it_in_any_role(what: str, opening: object, procedure: int) -> None:
    before, step, _ = POSSIBLE[what]
    chosen = INVOLVED if opening is INVOLVED else BOTH
    case = case_after(*before, opening=chosen.model_copy(update={"procedure": procedure}))

    assert said(case, step) == SOMEBODY_ELSE


def test_nor_may_they_when_it_could_not_be_done_at_all_and_they_learn_nothing_of_that() -> None:
    closed = case_after(RECEIVED, NO_BREACH, CLOSURE, opening=INVOLVED)

    assert said(closed, CLOSURE) == SOMEBODY_ELSE
    assert said(closed, BREACH) == SOMEBODY_ELSE


def test_whoever_holds_no_role_is_told_what_everybody_is_told() -> None:
    case = case_after(RECEIVED, opening=INVOLVED)
    plain = CLAIM.model_copy(update={"by": Actor(user_id=ONE.user_id)})
    stranger = CLAIM.model_copy(update={"by": Actor(user_id="U0OTHER")})

    assert refusal(case, plain, time_of(2)) == refusal(case, stranger, time_of(2))


def test_what_they_reported_they_answer_for_and_take_back() -> None:
    asked = case_after(RECEIVED, QUESTION, opening=BOTH)

    assert said(asked, ANSWER) is None
    assert said(asked, WITHDRAWAL) is None
    assert [task.kind for task in tasks([asked], ONE)] == [type(ANSWER)]


def test_too_late_they_are_not_told_what_it_was_found_to_be() -> None:
    reviewed = case_after(RECEIVED, BREACH, opening=BOTH)

    assert said(reviewed, WITHDRAWAL) == NOT_NOW


@pytest.mark.parametrize("step", [DONE, HANDED_OVER], ids=lambda step: str(step.kind))
def test_a_remedial_action_that_was_given_to_them_is_theirs(step: Decision) -> None:
    case = case_after(RECEIVED, BREACH, THEIRS, ACTION, opening=INVOLVED)

    assert said(case, step) is None
    assert said(case, step.model_copy(update={"number": 2})) == SOMEBODY_ELSE
    assert hindrance(case, type(step), ONE) is None


def test_nobody_hands_a_case_to_whom_it_involves_or_who_reported_it() -> None:
    case = case_after(RECEIVED, opening=INVOLVED)
    for to in (ONE.user_id, PRIYA.user_id):
        found = refusal(case, HAND_OVER.model_copy(update={"to": to}), time_of(2))
        assert found is not None
        assert found.field == "to"
        assert "involve" not in found.text


@pytest.mark.parametrize("step", [ACTION, CLAIM], ids=lambda step: str(step.kind))
def test_what_was_let_in_before_this_rule_still_replays(step: Decision) -> None:
    before: tuple[Step, ...] = (RECEIVED,) if step is CLAIM else (RECEIVED, BREACH)
    case = case_after(*before, opening=INVOLVED)

    assert refusal_in_turn(case, by_one(step), time_of(3)) is None
    assert refusal_in_turn(case, by_one(step).model_copy(update={"by": TOM}), time_of(3)) == (
        refusal(case, by_one(step).model_copy(update={"by": TOM}), time_of(3))
    )
