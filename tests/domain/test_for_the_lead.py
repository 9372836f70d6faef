"""The DPO makes the referral choice while no OST lead can; else not."""

import pytest

from domain.case import Case
from domain.people import Actor
from domain.policy import refusal
from domain.taxonomy import Role
from domain.waiting import tasks
from tests.domain.samples import (
    AREA,
    BREACH,
    DANIEL,
    GRACE,
    MAYA,
    NO_REFERRAL,
    OPENING,
    RECEIVED,
    case_after,
    time_of,
)

LEAD = Actor(user_id="U0ANDI", roles=(Role.OST, Role.OST_LEAD))


def dpo(*leads: Actor) -> Actor:
    return DANIEL.model_copy(update={"leads_there": leads})


def said(case: Case, actor: Actor) -> str:
    found = refusal(case, NO_REFERRAL.model_copy(update={"by": actor}), time_of(9))
    return found.text if found else ""


def reported_by(user_id: str) -> Case:
    return case_after(RECEIVED, BREACH, opening=OPENING.model_copy(update={"reporter": user_id}))


def involving(user_id: str) -> Case:
    around = OPENING.report.circumstances.model_copy(update={"involved": user_id})
    report = OPENING.report.model_copy(update={"circumstances": around})
    return case_after(RECEIVED, BREACH, opening=OPENING.model_copy(update={"report": report}))


BARRED = {
    "reporter": (reported_by(MAYA.user_id), MAYA),
    "involved": (involving(MAYA.user_id), MAYA),
    "SIM": (case_after(RECEIVED, BREACH), MAYA.model_copy(update={"sim_areas": (AREA,)})),
}


def test_while_a_lead_is_there_the_dpo_is_told_whose_choice_it_is() -> None:
    assert said(case_after(RECEIVED, BREACH), dpo(MAYA)).startswith("An OST lead makes this choice")


@pytest.mark.parametrize("part", BARRED)
def test_the_dpo_chooses_when_another_part_keeps_the_only_lead_from_it(part: str) -> None:
    case, lead = BARRED[part]

    assert said(case, lead) != ""
    assert said(case, dpo(lead)) == ""
    assert "referral_decision" in [
        task.kind.model_fields["kind"].default for task in tasks([case], dpo(lead))
    ]


@pytest.mark.parametrize("part", BARRED)
def test_a_second_lead_who_can_is_asked_before_the_dpo(part: str) -> None:
    case, lead = BARRED[part]

    assert said(case, LEAD) == ""
    assert said(case, dpo(lead, LEAD)) != ""


def test_the_dpo_chooses_when_all_leads_are_away_or_there_are_none() -> None:
    assert said(case_after(RECEIVED, BREACH), dpo()) == ""


def test_what_could_not_be_looked_up_counts_as_no() -> None:
    assert "could not be looked up" in said(case_after(RECEIVED, BREACH), DANIEL)


@pytest.mark.parametrize("case", [reported_by(DANIEL.user_id), involving(DANIEL.user_id)])
def test_a_dpo_with_another_part_is_kept_from_it_as_a_lead_is(case: Case) -> None:
    assert said(case, dpo()) != ""


def test_a_dpo_who_is_the_sim_is_kept_from_it() -> None:
    sim = dpo().model_copy(update={"sim_areas": (AREA,)})

    assert said(case_after(RECEIVED, BREACH), sim) != ""


def test_nobody_else_is_let_in_by_it() -> None:
    deputy = GRACE.model_copy(update={"leads_there": ()})

    assert said(case_after(RECEIVED, BREACH), deputy).startswith("Only the OST lead")


def test_a_choice_made_in_the_leads_place_can_be_read_back() -> None:
    step = NO_REFERRAL.model_copy(update={"by": dpo(MAYA)})

    assert type(step).model_validate_json(step.model_dump_json()) == step
