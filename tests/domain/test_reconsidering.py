"""The ICO decision is taken anew on what is learnt since, until the ICO has been told."""

from datetime import timedelta

import pytest

from domain.case import Case
from domain.case_clocks import due_of, overdue, runs
from domain.people import Actor
from domain.policy import hindrance, refusal
from domain.refusal import Refusal
from domain.stage import stage_of
from domain.steps import IcoDecision, Step
from domain.taxonomy import Clock, Role, Stage
from tests.domain.samples import (
    ACTION,
    BREACH,
    CLOSURE,
    DANIEL,
    DONE,
    GRACE,
    ICO_DUE,
    LOOK_BACK,
    MAYA,
    NO_BREACH,
    NO_NOTICE,
    NO_NOTICE_ANEW,
    NO_REFERRAL,
    NOT_REQUIRED,
    NOTIFY,
    NOTIFY_ANEW,
    OWEN,
    RECEIVED,
    SUBMISSION,
    WORSE,
    case_after,
    time_of,
)

SETTLED: tuple[Step, ...] = (RECEIVED, BREACH, NO_NOTICE, NOT_REQUIRED, NO_REFERRAL)


def refused(case: Case, step: IcoDecision) -> Refusal | None:
    return refusal(case, step, time_of(case.events + 1))


def why(case: Case, step: IcoDecision) -> Refusal:
    found = refused(case, step)
    assert found is not None, "it could be taken"
    return found


@pytest.mark.parametrize(
    ("before", "stage"),
    [
        ((RECEIVED, BREACH, NO_NOTICE), Stage.PEOPLE_AFFECTED),
        ((*SETTLED, ACTION), Stage.REMEDIATION),
        (SETTLED, Stage.EFFECTIVENESS_REVIEW),
        ((*SETTLED, LOOK_BACK), Stage.READY_TO_CLOSE),
    ],
)
def test_not_to_notify_becomes_notify_at_any_stage_and_the_clock_goes_on_from_awareness(
    before: tuple[Step, ...], stage: Stage
) -> None:
    case = case_after(*before)
    assert stage_of(case) is stage
    assert refused(case, NOTIFY_ANEW) is None

    then = case_after(*before, NOTIFY_ANEW)
    assert (stage_of(then), then.notify) == (Stage.ICO_NOTIFICATION, True)
    assert runs(then, Clock.ICO_NOTIFICATION)
    assert due_of(then, Clock.ICO_NOTIFICATION) == ICO_DUE
    assert overdue(then, ICO_DUE + timedelta(hours=1)) == (Clock.ICO_NOTIFICATION,)
    assert then.settled_at is None
    assert "Still open: the record of the ICO submission" in str(
        refusal(then, CLOSURE, time_of(then.events + 1))
    )


def test_what_was_looked_back_on_is_not_looked_back_on_again_for_it() -> None:
    told = case_after(*SETTLED, ACTION, DONE, LOOK_BACK, NOTIFY_ANEW, SUBMISSION)

    assert stage_of(told) is Stage.READY_TO_CLOSE


def test_notify_becomes_not_to_notify_and_back_until_it_is_submitted() -> None:
    case = case_after(RECEIVED, BREACH, NOTIFY)
    assert refused(case, NO_NOTICE_ANEW) is None
    taken_back = case_after(RECEIVED, BREACH, NOTIFY, NO_NOTICE_ANEW)
    assert not runs(taken_back, Clock.ICO_NOTIFICATION)
    assert refused(taken_back, NOTIFY_ANEW) is None
    assert taken_back.deciders == (DANIEL.user_id, DANIEL.user_id)

    told = why(case_after(RECEIVED, BREACH, NOTIFY, SUBMISSION), NO_NOTICE_ANEW)
    assert "The ICO was told" in told.text
    assert "follow-up" in told.instead


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ((RECEIVED, BREACH), "use *Decide…* instead"),
        ((RECEIVED, BREACH, NO_NOTICE, WORSE), "use *Decide…* instead"),
        ((RECEIVED, NO_BREACH), "has not found a breach"),
        ((*SETTLED, LOOK_BACK, CLOSURE), "already closed"),
    ],
)
def test_where_there_is_nothing_to_reconsider_it_is_said_so(
    before: tuple[Step, ...], words: str
) -> None:
    assert words in why(case_after(*before), NOTIFY_ANEW).text


def test_the_same_once_more_is_no_reconsideration_and_names_who_was_faster() -> None:
    found = why(case_after(RECEIVED, BREACH, NO_NOTICE, NOTIFY_ANEW), NOTIFY_ANEW)

    assert (found.field, found.by) == ("notify", DANIEL.user_id)
    assert found.instead == "The decision is: notify."


def test_it_is_never_taken_anew_by_a_form_that_was_to_decide_first() -> None:
    late = NOTIFY.model_copy(update={"by": GRACE})

    assert why(case_after(RECEIVED, BREACH, NO_NOTICE), late).text == "This was already decided"


def test_it_needs_its_reasons_as_the_first_one_did() -> None:
    case = case_after(RECEIVED, BREACH, NO_NOTICE)

    assert why(case, NOTIFY_ANEW.model_copy(update={"reason": " "})).field == "reason"


def test_who_may_is_the_same_as_for_the_first_one() -> None:
    case = case_after(RECEIVED, BREACH, NO_NOTICE)
    deputy = Actor(user_id=GRACE.user_id, roles=(Role.DEPUTY_DPO,), dpos_there=(DANIEL.user_id,))
    both = Actor(user_id=OWEN.user_id, roles=(Role.OST, Role.DPO))

    assert hindrance(case, IcoDecision, DANIEL, anew=True) is None
    assert hindrance(case, IcoDecision, GRACE, anew=True) is None
    for actor, words in (
        (deputy, "The deputy acts while"),
        (both, "You reviewed this case"),
        (MAYA, "Only the Data Protection Officer"),
    ):
        found = hindrance(case, IcoDecision, actor, anew=True)
        assert found is not None
        assert words in found.text
