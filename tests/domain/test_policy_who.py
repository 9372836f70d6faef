"""Who may take which step: roles of the case's Area, and the separation of duties."""

from typing import get_args

import pytest

from domain.case import Case
from domain.people import Actor
from domain.policy import refusal
from domain.seeing import may_know_of_choice, may_see, may_see_referral
from domain.steps import Decision, Step
from domain.taxonomy import Role
from tests.domain.samples import (
    ACKNOWLEDGED,
    ACTION,
    ANSWER,
    ANSWERED,
    AREA,
    ASSESSED,
    BREACH,
    CANCELLED,
    CLAIM,
    CLOSURE,
    COMPLAINT,
    CONTAINMENT,
    CORRECTION,
    DONE,
    DUPLICATE,
    ELSEWHERE,
    FACTS,
    FOLLOW_UP,
    FOLLOW_UP_PLAN,
    HAND_OVER,
    HANDED_OVER,
    LETTER,
    LOOK_BACK,
    MERGED,
    NO_BREACH,
    NO_NOTICE,
    NO_REFERRAL,
    NOT_REQUIRED,
    NOTIFY,
    NOTIFY_ANEW,
    OPENING,
    ORGANISATION_TOLD,
    QUESTION,
    RECEIVED,
    REOPENING,
    RESCHEDULED,
    RESTRICTED,
    SEPARATION,
    SUBMISSION,
    WITHDRAWAL,
    WORSE,
    case_after,
    time_of,
)

PEOPLE = {
    "nobody": (),
    "ost": (Role.OST,),
    "ost_lead": (Role.OST_LEAD,),
    "dpo": (Role.DPO,),
    "deputy_dpo": (Role.DEPUTY_DPO,),
    "siro": (Role.SIRO,),
    "hr": (Role.HR,),
}
SIMS = {"sim": (AREA,), "sim of another Area": (ELSEWHERE,), "sim of several": (ELSEWHERE, AREA)}
EVERYBODY = {
    **{
        name: Actor(user_id="U0ANYONE", roles=roles, dpos_there=(), leads_there=())
        for name, roles in PEOPLE.items()
    },
    **{name: Actor(user_id="U0ANYONE", sim_areas=areas) for name, areas in SIMS.items()},
}

READY_TO_CLOSE = (RECEIVED, NO_BREACH)
POSSIBLE: dict[str, tuple[tuple[Step, ...], Decision, set[str]]] = {
    "claim": ((RECEIVED,), CLAIM, {"ost"}),
    "handing over": ((RECEIVED, CLAIM), HAND_OVER, {"ost"}),
    "question": ((RECEIVED,), QUESTION, {"ost", "dpo", "deputy_dpo"}),
    "answer": ((RECEIVED, QUESTION), ANSWER, set()),
    "correction": ((RECEIVED,), CORRECTION, {"ost", "dpo", "deputy_dpo"}),
    "facts": ((RECEIVED,), FACTS, {"ost", "dpo", "deputy_dpo"}),
    "withdrawal": ((RECEIVED,), WITHDRAWAL, set()),
    "review": ((RECEIVED,), BREACH, {"ost"}),
    "severity": ((RECEIVED,), ASSESSED, {"ost", "dpo", "deputy_dpo"}),
    "reclassification": ((RECEIVED, NO_BREACH), WORSE, {"ost"}),
    "ICO decision": ((RECEIVED, BREACH), NOTIFY, {"dpo", "deputy_dpo"}),
    "no notice": ((RECEIVED, BREACH), NO_NOTICE, {"dpo", "deputy_dpo"}),
    "ICO decision anew": (
        (RECEIVED, BREACH, NO_NOTICE),
        NOTIFY_ANEW,
        {"dpo", "deputy_dpo"},
    ),
    "ICO submission": ((RECEIVED, BREACH, NOTIFY), SUBMISSION, {"dpo", "deputy_dpo"}),
    "follow-up": ((RECEIVED, BREACH, NOTIFY, SUBMISSION), FOLLOW_UP, {"dpo", "deputy_dpo"}),
    "follow-up plan": (
        (RECEIVED, BREACH, NOTIFY, SUBMISSION),
        FOLLOW_UP_PLAN,
        {"dpo", "deputy_dpo"},
    ),
    "letter": ((RECEIVED,), LETTER, {"dpo", "deputy_dpo"}),
    "letter after the end": ((*READY_TO_CLOSE, CLOSURE), LETTER, {"dpo", "deputy_dpo"}),
    "complaint": ((RECEIVED,), COMPLAINT, {"ost", "dpo", "deputy_dpo"}),
    "complaint after the end": (
        (*READY_TO_CLOSE, CLOSURE),
        COMPLAINT,
        {"ost", "dpo", "deputy_dpo"},
    ),
    "complaint acknowledged": ((RECEIVED, COMPLAINT), ACKNOWLEDGED, {"ost", "dpo", "deputy_dpo"}),
    "complaint answered": ((RECEIVED, COMPLAINT), ANSWERED, {"ost", "dpo", "deputy_dpo"}),
    "people informed": ((RECEIVED, BREACH), RESTRICTED, {"dpo", "deputy_dpo"}),
    "new action": ((RECEIVED, BREACH), ACTION, {"ost", "sim", "sim of several"}),
    "action done": ((RECEIVED, BREACH, ACTION), DONE, {"ost", "sim", "sim of several"}),
    "action handed over": (
        (RECEIVED, BREACH, ACTION),
        HANDED_OVER,
        {"ost", "sim", "sim of several"},
    ),
    "action rescheduled": (
        (RECEIVED, BREACH, ACTION),
        RESCHEDULED,
        {"ost", "sim", "sim of several"},
    ),
    "action cancelled": ((RECEIVED, BREACH, ACTION), CANCELLED, {"ost", "sim", "sim of several"}),
    "containment": ((RECEIVED, BREACH), CONTAINMENT, {"ost", "sim", "sim of several"}),
    "organisation told": (
        (RECEIVED, BREACH),
        ORGANISATION_TOLD,
        {"ost", "dpo", "deputy_dpo", "sim", "sim of several"},
    ),
    "referral": ((RECEIVED, BREACH), NO_REFERRAL, {"ost_lead", "dpo"}),
    "effectiveness review": (
        (RECEIVED, BREACH, NO_NOTICE, NOT_REQUIRED, ACTION, DONE, NO_REFERRAL),
        LOOK_BACK,
        {"ost"},
    ),
    "closure": (READY_TO_CLOSE, CLOSURE, {"ost"}),
    "separation": ((RECEIVED, DUPLICATE, MERGED), SEPARATION, {"ost"}),
    "reopening": ((*READY_TO_CLOSE, CLOSURE), REOPENING, {"ost", "dpo", "deputy_dpo"}),
}
"""Each step: what has to have happened, the step, and who alone may take it then."""


def taken_by(step: Decision, actor: Actor) -> Decision:
    return step.model_copy(update={"by": actor})


def refused(case: Case, step: Decision) -> str | None:
    found = refusal(case, step, time_of(case.events + 1))
    return found.text if found else None


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("what", POSSIBLE)
def test_each_step_is_for_its_roles_alone(what: str, who: str) -> None:
    before, step, allowed = POSSIBLE[what]

    text = refused(case_after(*before), taken_by(step, EVERYBODY[who]))

    if who in allowed:
        assert text is None
    else:
        assert text is not None
        assert text.startswith("Only ")
        assert text.endswith("Nothing was changed.")


@pytest.mark.parametrize(
    ("what", "roles"),
    [
        ("claim", "Only the Operational Security Team can claim this case."),
        ("ICO decision", "Only the Data Protection Officer or the deputy DPO can decide"),
        ("new action", "or the Security & Information Manager of the Area can add"),
        (
            "referral",
            "Only the OST lead or the Data Protection Officer can make the disciplinary referral "
            "choice.",
        ),
        ("withdrawal", "Only whoever reported it can withdraw the report."),
    ],
)
def test_a_refusal_says_whose_step_it_is(what: str, roles: str) -> None:
    before, step, _ = POSSIBLE[what]

    assert roles in (refused(case_after(*before), taken_by(step, EVERYBODY["nobody"])) or "")


ALL_ROLES = tuple(role for role in Role if role is not Role.SIM)


@pytest.mark.parametrize(
    "what",
    [
        "claim",
        "correction",
        "facts",
        "review",
        "reclassification",
        "severity",
        "ICO decision",
        "no notice",
        "people informed",
        "referral",
        "separation",
        "effectiveness review",
    ],
)
def test_whoever_reported_a_case_never_judges_it_whatever_their_roles(what: str) -> None:
    before, step, _ = POSSIBLE[what]
    reporter = Actor(user_id=str(OPENING.reporter), roles=ALL_ROLES, sim_areas=(AREA,))

    text = refused(case_after(*before), taken_by(step, reporter))

    assert text is not None
    assert text.startswith("You reported this case, so somebody else must ")


@pytest.mark.parametrize("what", ["answer", "withdrawal"])
def test_the_reporter_alone_speaks_for_the_report_and_needs_no_role(what: str) -> None:
    before, step, _ = POSSIBLE[what]

    assert refused(case_after(*before), step) is None


@pytest.mark.parametrize(
    "what",
    ["handing over", "question", "ICO submission", "new action", "action done", "closure"],
)
def test_whoever_reported_a_case_may_do_what_judges_nothing(what: str) -> None:
    before, step, _ = POSSIBLE[what]
    reporter = Actor(user_id=str(OPENING.reporter), roles=ALL_ROLES)

    assert refused(case_after(*before), taken_by(step, reporter)) is None


def test_a_report_without_a_reporter_binds_nobody() -> None:
    by_phone = case_after(RECEIVED, opening=OPENING.model_copy(update={"reporter": None}))

    assert refused(by_phone, CLAIM) is None
    assert "Only whoever reported it" in (refused(by_phone, WITHDRAWAL) or "")


@pytest.mark.parametrize("decision", [NOTIFY, NO_NOTICE])
def test_whoever_reviewed_a_case_does_not_decide_about_the_ico(decision: Decision) -> None:
    both = Actor(user_id=BREACH.by.user_id, roles=(Role.OST, Role.DPO))

    text = refused(case_after(RECEIVED, BREACH), taken_by(decision, both))

    assert text is not None
    assert text.startswith("You reviewed this case for OST")


def test_whoever_changed_the_review_does_not_decide_about_the_ico_either() -> None:
    both = Actor(user_id=WORSE.by.user_id, roles=(Role.OST, Role.DPO))

    text = refused(case_after(RECEIVED, NO_BREACH, WORSE), taken_by(NOTIFY, both))

    assert "You reviewed this case for OST" in (text or "")


def test_whoever_only_claimed_a_case_may_decide_about_the_ico() -> None:
    both = Actor(user_id=CLAIM.by.user_id, roles=(Role.OST, Role.DPO))
    reviewed_by_another = taken_by(BREACH, Actor(user_id="U0OTHER", roles=(Role.OST,)))

    case = case_after(RECEIVED, CLAIM, reviewed_by_another)

    assert refused(case, taken_by(NOTIFY, both)) is None


def test_the_owner_of_an_action_completes_it_without_any_role() -> None:
    owner = Actor(user_id=ACTION.owner)

    assert refused(case_after(RECEIVED, BREACH, ACTION), taken_by(DONE, owner)) is None


def test_owning_one_action_gives_no_right_to_another() -> None:
    other = ACTION.model_copy(update={"owner": "U0OTHER"})
    case = case_after(RECEIVED, BREACH, ACTION, other)
    second = DONE.model_copy(update={"number": 2, "by": Actor(user_id=ACTION.owner)})

    assert "complete somebody else's remedial action" in (refused(case, second) or "")


def test_the_roles_of_the_step_count_not_those_of_earlier_steps() -> None:
    once_in_ost = Actor(user_id=CLAIM.by.user_id, roles=())

    assert refused(case_after(RECEIVED, CLAIM), taken_by(BREACH, once_in_ost)) is not None


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_case_is_seen_by_those_who_have_a_part_in_it(who: str) -> None:
    seers = set(EVERYBODY) - {"nobody", "hr", "sim of another Area"}

    assert may_see(case_after(RECEIVED), EVERYBODY[who]) is (who in seers)


def test_the_reporter_and_the_owner_of_an_action_see_their_case_and_no_other() -> None:
    reporter, owner = Actor(user_id=str(OPENING.reporter)), Actor(user_id=ACTION.owner)
    case = case_after(RECEIVED, BREACH, ACTION)
    another = case_after(RECEIVED, opening=OPENING.model_copy(update={"reporter": "U0OTHER"}))

    assert may_see(case, reporter)
    assert may_see(case, owner)
    assert not may_see(another, reporter)
    assert not may_see(another, owner)


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_referral_is_seen_by_few_and_the_choice_by_ost_as_well(who: str) -> None:
    case, seers = case_after(RECEIVED, BREACH), {"ost_lead", "dpo", "deputy_dpo", "hr"}

    assert may_see_referral(case, EVERYBODY[who]) is (who in seers)
    assert may_know_of_choice(case, EVERYBODY[who]) is (who in seers | {"ost"})


INVOLVED = OPENING.report.circumstances.model_copy(update={"involved": "U0INVOLVED"})


@pytest.mark.parametrize(
    "kept_out",
    [
        Actor(user_id=str(OPENING.reporter), roles=ALL_ROLES),
        Actor(user_id="U0INVOLVED", roles=ALL_ROLES),
        Actor(user_id="U0ANYONE", roles=ALL_ROLES, sim_areas=(AREA,)),
    ],
    ids=["reporter", "involved", "sim"],
)
def test_reporter_involved_and_sim_learn_nothing_of_a_referral_whatever_their_roles(
    kept_out: Actor,
) -> None:
    report = OPENING.report.model_copy(update={"circumstances": INVOLVED})
    opening = OPENING.model_copy(update={"report": report})
    case = case_after(RECEIVED, BREACH, opening=opening)

    assert not may_see_referral(case, kept_out)
    assert not may_know_of_choice(case, kept_out)
    assert refused(case, taken_by(NO_REFERRAL, kept_out)) is not None
    assert "referral" not in (refused(case, taken_by(CLOSURE, kept_out)) or "")


def test_every_kind_of_decision_is_in_the_table() -> None:
    assert {type(step) for _, step, _ in POSSIBLE.values()} == set(get_args(Decision))
