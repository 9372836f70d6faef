"""The deputy acts while no DPO can, or once a clock has called the deputy; else not."""

import pytest

from domain.clocks import Alarm
from domain.people import Actor
from domain.policy import refusal
from domain.steps import Alert, Decision, Step
from domain.taxonomy import Clock, Role
from tests.domain.samples import (
    AWARENESS,
    BREACH,
    CORRECTION,
    DANIEL,
    FACTS,
    HOUR,
    ICO_DUE,
    MAYA,
    NOTIFY,
    OPENING,
    OWEN,
    QUESTION,
    RECEIVED,
    RESTRICTED,
    SUBMISSION,
    TOLD,
    case_after,
    time_of,
)

DEPUTY = Actor(user_id="U0GRACE", roles=(Role.DEPUTY_DPO,), dpos_there=(DANIEL.user_id,))
ALONE = DEPUTY.model_copy(update={"dpos_there": ()})
NOT_LOOKED_UP = DEPUTY.model_copy(update={"dpos_there": None})
THE_DPOS: dict[str, tuple[tuple[Step, ...], Decision]] = {
    "ICO decision": ((RECEIVED, BREACH), NOTIFY),
    "ICO submission": ((RECEIVED, BREACH, NOTIFY), SUBMISSION),
    "people informed": ((RECEIVED, BREACH), TOLD),
}


def call(*to: Role, past_due: bool = True, clock: Clock = Clock.ICO_NOTIFICATION) -> Alert:
    return Alert(clock=clock, due_at=ICO_DUE, alarm=Alarm(at=ICO_DUE, past_due=past_due, to=to))


def said(before: tuple[Step, ...], step: Decision, actor: Actor) -> str:
    found = refusal(case_after(*before), step.model_copy(update={"by": actor}), time_of(9))
    return found.text if found else ""


@pytest.mark.parametrize("what", THE_DPOS)
def test_while_the_dpo_is_there_the_deputy_is_told_when_they_may(what: str) -> None:
    assert said(*THE_DPOS[what], DEPUTY).startswith("The deputy acts while the DPO is away")


@pytest.mark.parametrize("what", THE_DPOS)
def test_the_deputy_acts_while_every_dpo_is_away(what: str) -> None:
    assert said(*THE_DPOS[what], ALONE) == ""


@pytest.mark.parametrize("what", THE_DPOS)
def test_what_could_not_be_looked_up_counts_as_no(what: str) -> None:
    assert "could not be looked up" in said(*THE_DPOS[what], NOT_LOOKED_UP)


@pytest.mark.parametrize("what", THE_DPOS)
@pytest.mark.parametrize("actor", [DEPUTY, NOT_LOOKED_UP])
def test_the_deputy_acts_once_the_clock_has_called_them(what: str, actor: Actor) -> None:
    before, step = THE_DPOS[what]

    assert said((*before, call(Role.DPO, Role.DEPUTY_DPO)), step, actor) == ""


@pytest.mark.parametrize(
    "alert",
    [
        call(Role.DEPUTY_DPO, past_due=False),
        call(Role.DPO),
        call(Role.SIRO),
        call(Role.DEPUTY_DPO, clock=Clock.OST_REVIEW),
    ],
    ids=["reminder", "DPO alone", "SIRO", "another clock"],
)
def test_another_alarm_calls_no_deputy(alert: Alert) -> None:
    assert said((RECEIVED, BREACH, alert), NOTIFY, DEPUTY) != ""


def test_a_call_ends_with_the_deadline_it_was_about() -> None:
    before = (RECEIVED, BREACH, call(Role.DEPUTY_DPO), AWARENESS)

    assert said(before, NOTIFY, DEPUTY) != ""


def test_a_call_about_the_ico_lets_nobody_end_a_restriction_later() -> None:
    called = call(Role.DEPUTY_DPO, clock=Clock.RESTRICTION_REVIEW)

    assert said((RECEIVED, BREACH, RESTRICTED, called), TOLD, DEPUTY) != ""


@pytest.mark.parametrize("part", ["reporter", "reviewer", "involved"])
def test_a_dpo_whom_another_part_keeps_away_is_as_good_as_away(part: str) -> None:
    opening, review = OPENING, BREACH
    if part == "reporter":
        opening = OPENING.model_copy(update={"reporter": DANIEL.user_id})
    elif part == "reviewer":
        review = BREACH.model_copy(update={"by": DANIEL})
    else:
        around = OPENING.report.circumstances.model_copy(update={"involved": DANIEL.user_id})
        report = OPENING.report.model_copy(update={"circumstances": around})
        opening = OPENING.model_copy(update={"report": report})
    case = case_after(RECEIVED, review, opening=opening)

    assert refusal(case, NOTIFY.model_copy(update={"by": DEPUTY}), time_of(3)) is None


@pytest.mark.parametrize("step", [QUESTION, CORRECTION, FACTS], ids=lambda step: str(step.kind))
def test_what_is_not_the_dpo_s_own_the_deputy_does_at_any_time(step: Decision) -> None:
    assert said((RECEIVED,), step, NOT_LOOKED_UP) == ""


def test_whoever_is_both_is_the_dpo() -> None:
    both = Actor(user_id="U0GRACE", roles=(Role.DPO, Role.DEPUTY_DPO))

    assert said((RECEIVED, BREACH), NOTIFY, both) == ""


def test_nobody_else_is_let_in_by_an_absence() -> None:
    for actor in (OWEN, MAYA):
        without = actor.model_copy(update={"user_id": "U0OTHER", "dpos_there": ()})
        assert said((RECEIVED, BREACH), NOTIFY, without).startswith("Only the Data Protection")


def test_a_deputy_who_comes_second_is_told_so_first() -> None:
    assert "already decided" in said((RECEIVED, BREACH, NOTIFY), NOTIFY, DEPUTY)


def test_in_an_older_case_the_deputy_acts_as_they_did_then() -> None:
    older = case_after(RECEIVED, BREACH, opening=OPENING.model_copy(update={"procedure": 2}))

    assert refusal(older, NOTIFY.model_copy(update={"by": NOT_LOOKED_UP}), time_of(3)) is None


def test_a_call_past_the_deadline_is_remembered_for_each_clock_once() -> None:
    late = Alert(
        clock=Clock.ICO_NOTIFICATION,
        due_at=ICO_DUE + HOUR,
        alarm=Alarm(at=ICO_DUE + HOUR, past_due=True, to=(Role.DEPUTY_DPO,)),
    )
    case = case_after(RECEIVED, BREACH, call(Role.DEPUTY_DPO), late)

    assert [(each.clock, each.due_at) for each in case.called] == [
        (Clock.ICO_NOTIFICATION, ICO_DUE + HOUR)
    ]
