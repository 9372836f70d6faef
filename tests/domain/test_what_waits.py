"""What waits for a person in a case, and by when."""

from datetime import UTC, datetime

import pytest

from domain.case import Case
from domain.people import Actor
from domain.steps import ActionDone, Claim, Decision, IcoDecision, Review, Step
from domain.taxonomy import Role
from domain.waiting import next_due, tasks
from tests.domain.samples import (
    ACTION,
    BREACH,
    CLAIM,
    CLOSURE,
    DANIEL,
    DONE,
    GRACE,
    ICO_DUE,
    MAYA,
    NO_BREACH,
    NO_NOTICE,
    NO_REFERRAL,
    NOTIFY,
    OPENING,
    OST_DUE,
    OWEN,
    PRIYA,
    RECEIVED,
    SUBMISSION,
    TOM,
    case_after,
)

OMAR = Actor(user_id=ACTION.owner)
ACTION_OVER = datetime(2026, 12, 2, tzinfo=UTC)


def kinds(case: Case, actor: Actor) -> list[str]:
    return [str(task.kind.model_fields["kind"].default) for task in tasks([case], actor)]


@pytest.mark.parametrize(
    ("actor", "steps", "waiting"),
    [
        (OWEN, (), ["claim"]),
        (OWEN, (CLAIM,), ["review"]),
        (MAYA, (CLAIM,), []),
        (TOM, (), []),
        (DANIEL, (), []),
        (DANIEL, (BREACH,), ["ico_decision", "people_informed"]),
        (GRACE, (BREACH,), ["ico_decision", "people_informed"]),
        (DANIEL, (BREACH, NOTIFY), ["ico_submission", "people_informed"]),
        (DANIEL, (BREACH, NO_NOTICE), ["people_informed"]),
        (DANIEL, (BREACH, NOTIFY, SUBMISSION), ["people_informed"]),
        (DANIEL, (NO_BREACH,), []),
        (MAYA, (BREACH,), ["referral_decision"]),
        (MAYA, (BREACH, NO_REFERRAL), []),
        (OMAR, (BREACH, ACTION), ["action_completed"]),
        (OMAR, (BREACH, ACTION, DONE), []),
        (TOM, (BREACH, ACTION), []),
        (OWEN, (CLAIM, NO_BREACH), ["closure"]),
        (MAYA, (CLAIM, NO_BREACH), []),
        (OWEN, (CLAIM, NO_BREACH, CLOSURE), []),
        (PRIYA, (BREACH,), []),
    ],
)
def test_each_step_waits_for_those_whose_it_is(
    actor: Actor, steps: tuple[Step, ...], waiting: list[str]
) -> None:
    assert kinds(case_after(RECEIVED, *steps), actor) == waiting


def test_nobody_is_asked_to_judge_what_they_reported() -> None:
    everything = Actor(user_id=PRIYA.user_id, roles=tuple(Role))

    assert kinds(case_after(RECEIVED), everything) == []
    assert "referral_decision" not in kinds(case_after(RECEIVED, BREACH), everything)


def test_whoever_reviewed_is_not_asked_about_the_ico() -> None:
    both = Actor(user_id=OWEN.user_id, roles=(Role.OST, Role.DPO))

    assert "ico_decision" not in kinds(case_after(RECEIVED, BREACH), both)


def test_whom_the_breach_involves_is_asked_only_for_what_they_were_given() -> None:
    circumstances = OPENING.report.circumstances.model_copy(update={"involved": ACTION.owner})
    report = OPENING.report.model_copy(update={"circumstances": circumstances})
    opening = OPENING.model_copy(update={"report": report})
    everything = Actor(user_id=ACTION.owner, roles=tuple(Role))

    assert kinds(case_after(RECEIVED, opening=opening), everything) == []
    case = case_after(RECEIVED, BREACH, NOTIFY, ACTION, opening=opening)
    assert kinds(case, everything) == ["action_completed"]


def test_what_is_due_first_comes_first_and_what_has_no_deadline_last() -> None:
    everybody = Actor(user_id=ACTION.owner, roles=(Role.OST, Role.OST_LEAD, Role.DPO))
    late = OPENING.model_copy(update={"reference": "BR-2026-0043"})
    cases = [case_after(RECEIVED, BREACH, ACTION), case_after(RECEIVED, opening=late)]

    found = tasks(cases, everybody)

    dated: list[tuple[type[Decision], datetime | None]] = [(t.kind, t.due) for t in found[:3]]
    assert dated == [(Claim, OST_DUE), (IcoDecision, ICO_DUE), (ActionDone, ACTION_OVER)]
    assert {task.due for task in found[3:]} == {None}


def test_a_task_names_the_remedial_action_it_is_about() -> None:
    case = case_after(RECEIVED, BREACH, ACTION, ACTION.model_copy(update={"owner": "U0OTHER"}))

    assert [task.number for task in tasks([case], OMAR)] == [1]


@pytest.mark.parametrize(
    ("steps", "due"),
    [
        ((), OST_DUE),
        ((CLAIM,), OST_DUE),
        ((BREACH,), ICO_DUE),
        ((BREACH, NOTIFY), ICO_DUE),
        ((BREACH, NOTIFY, SUBMISSION), None),
        ((BREACH, NO_NOTICE, ACTION), ACTION_OVER),
        ((BREACH, ACTION), ICO_DUE),
        ((BREACH, NO_NOTICE, ACTION, DONE), None),
        ((NO_BREACH,), None),
        ((NO_BREACH, CLOSURE), None),
    ],
)
def test_the_next_deadline_is_the_earliest_that_is_still_open(
    steps: tuple[Step, ...], due: datetime | None
) -> None:
    assert next_due(case_after(RECEIVED, *steps)) == due


def test_what_somebody_has_in_hand_who_is_not_in_ost_any_more_waits_for_all_of_ost() -> None:
    case = case_after(RECEIVED, CLAIM)

    assert [task.kind for task in tasks([case], MAYA, reviewers=[MAYA.user_id])] == [Review]
    assert tasks([case], MAYA, reviewers=[MAYA.user_id, OWEN.user_id]) == []
    assert tasks([case], TOM, reviewers=[]) == []


def test_a_claimed_case_waits_for_whoever_has_it_in_hand() -> None:
    (task,) = tasks([case_after(RECEIVED, CLAIM)], OWEN)

    assert (task.kind, task.due) == (Review, OST_DUE)
