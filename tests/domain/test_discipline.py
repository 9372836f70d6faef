"""What HR may do with a referral: who, in which order, and how it ends."""

from datetime import date, timedelta

import pytest

from domain.clocks import alarms
from domain.discipline.choice import choice_problems
from domain.discipline.proceeding import REVIEW_POLICY
from domain.discipline.rules import NOT_YOURS, may_handle, step_refusal
from domain.discipline.words import DisciplinaryStage, Move, OutcomeBucket
from domain.people import Actor
from domain.steps import ReferralDecision
from domain.taxonomy import Role
from tests.domain.referrals import (
    AISHA,
    NEXT,
    REFERRAL,
    REFERRED_AT,
    proceeding_after,
    step,
)
from tests.domain.samples import AREA, ELSEWHERE, MAYA
from tests.domain.test_policy_who import EVERYBODY

ALL_ROLES = tuple(role for role in Role if role is not Role.SIM)
NOW = REFERRED_AT + timedelta(days=10)
WARNING = (Move.OUTCOME, OutcomeBucket.FIRST_WARNING)
HEARD = (Move.FORMAL, Move.TO_HEARING)


@pytest.mark.parametrize(
    ("moves", "stage", "outcome"),
    [
        ((), "triage", "pending"),
        ((Move.NO_CASE,), "decided", "no_case"),
        ((Move.INFORMAL,), "informal", "pending"),
        (
            (Move.INFORMAL, (Move.OUTCOME, OutcomeBucket.TRAINING)),
            "decided",
            "training_required",
        ),
        ((Move.FORMAL,), "investigation", "pending"),
        ((Move.FORMAL, Move.SUSPENDED), "investigation", "pending"),
        ((Move.FORMAL, Move.NO_FURTHER_ACTION), "decided", "no_case"),
        ((Move.FORMAL, Move.INFORMAL), "informal", "pending"),
        (HEARD, "hearing", "pending"),
        ((*HEARD, WARNING), "decided", "first_written_warning"),
        ((*HEARD, Move.RESIGNED), "decided", "resigned_before_outcome"),
        ((*HEARD, WARNING, Move.APPEALED), "appeal", "first_written_warning"),
        (
            (*HEARD, WARNING, Move.APPEALED, (Move.APPEAL_DECIDED, OutcomeBucket.NO_CASE)),
            "decided",
            "no_case",
        ),
        ((*HEARD, WARNING, Move.CLOSED), "closed", "first_written_warning"),
    ],
)
def test_a_referral_goes_by_the_stages_of_the_policy(
    moves: tuple[Move, ...], stage: str, outcome: str
) -> None:
    proceeding = proceeding_after(*moves)

    assert (proceeding.stage.value, proceeding.outcome.value) == (stage, outcome)
    assert proceeding.is_over is (stage == "closed")


@pytest.mark.parametrize(
    ("moves", "wrong"),
    [
        ((), Move.CLOSED),
        ((), Move.TO_HEARING),
        ((), Move.OUTCOME),
        ((), Move.APPEALED),
        ((), Move.LIFTED),
        ((Move.FORMAL,), Move.OUTCOME),
        ((Move.FORMAL,), Move.NO_CASE),
        ((Move.SUSPENDED,), Move.SUSPENDED),
        ((Move.NO_CASE,), Move.APPEALED),
        ((Move.NO_CASE,), Move.FORMAL),
        ((*HEARD, WARNING), Move.OUTCOME),
        ((*HEARD, WARNING, Move.APPEALED), Move.CLOSED),
        (
            (*HEARD, WARNING, Move.APPEALED, (Move.APPEAL_DECIDED, OutcomeBucket.OTHER)),
            Move.APPEALED,
        ),
    ],
)
def test_what_the_stage_does_not_allow_is_refused_at_its_field(
    moves: tuple[Move, ...], wrong: Move
) -> None:
    proceeding = proceeding_after(*moves)
    refused = step_refusal(proceeding, step(wrong, seen=proceeding.moves), NOW)

    assert refused is not None
    assert refused.field == "move"


def test_every_way_ends_in_closing() -> None:
    """Whatever HR records, the referral can still be closed without a clock deciding anything."""
    seen: set[tuple[object, ...]] = set()
    ahead: list[tuple[object, ...]] = [()]
    while ahead:
        moves = ahead.pop()
        proceeding = proceeding_after(*moves)  # type: ignore[arg-type]
        state = (proceeding.stage, proceeding.interim, proceeding.appealed, proceeding.outcome)
        if state in seen:
            continue
        seen.add(state)
        assert proceeding.possible or proceeding.is_over
        for move in proceeding.possible:
            asks = move in (Move.OUTCOME, Move.APPEAL_DECIDED)
            outcomes = [(move, outcome) for outcome in proceeding.possible_outcomes]
            ahead += [(*moves, each) for each in (outcomes if asks else [move])]

    assert {stage for stage, *_ in seen} == set(DisciplinaryStage)


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [
        ((Move.INFORMAL,), OutcomeBucket.DISMISSAL),
        ((Move.INFORMAL,), OutcomeBucket.PENDING),
        (HEARD, OutcomeBucket.PENDING),
        (HEARD, OutcomeBucket.RESIGNED),
        (HEARD, None),
    ],
)
def test_a_sanction_takes_a_hearing_and_no_outcome_is_pending(
    stage: tuple[Move, ...], outcome: OutcomeBucket | None
) -> None:
    proceeding = proceeding_after(*stage)
    refused = step_refusal(proceeding, step(Move.OUTCOME, outcome, seen=proceeding.moves), NOW)

    assert refused is not None
    assert refused.field == "outcome"


def test_an_outcome_where_none_is_due_is_refused() -> None:
    refused = step_refusal(proceeding_after(), step(Move.FORMAL, OutcomeBucket.DISMISSAL), NOW)

    assert refused is not None
    assert refused.field == "outcome"


def test_measures_last_until_they_are_lifted_or_there_is_an_outcome() -> None:
    held = (Move.FORMAL, Move.SUSPENDED, Move.ON_HOLD)

    assert proceeding_after(*held).interim == (Move.SUSPENDED, Move.ON_HOLD)
    assert proceeding_after(*held, Move.LIFTED).interim == ()
    assert proceeding_after(*held, Move.NO_FURTHER_ACTION).interim == ()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"review_on": None}, "review_on"),
        ({"review_on": NOW.date()}, "review_on"),
        ({"review_on": date(2099, 1, 1)}, "review_on"),
    ],
)
def test_each_step_has_a_reason_and_a_day_on_which_hr_looks_again(
    changed: dict[str, object], field: str
) -> None:
    wrong = step(Move.FORMAL).model_copy(update=changed)
    refused = step_refusal(proceeding_after(), wrong, NOW)

    assert refused is not None
    assert refused.field == field


def test_closing_needs_no_further_look() -> None:
    proceeding = proceeding_after(Move.NO_CASE)
    closing = step(Move.CLOSED, seen=1).model_copy(update={"review_on": None})

    assert step_refusal(proceeding, closing, NOW) is None


def test_nobody_decides_on_what_has_changed_meanwhile() -> None:
    refused = step_refusal(proceeding_after(Move.FORMAL), step(Move.TO_HEARING, seen=0), NOW)

    assert refused is not None
    assert "open it again" in refused.text
    assert (refused.by, refused.at) == (AISHA.user_id, REFERRED_AT + timedelta(days=1))


@pytest.mark.parametrize("who", EVERYBODY)
def test_hr_alone_handles_a_referral(who: str) -> None:
    assert may_handle(REFERRAL, EVERYBODY[who]) is (who == "hr")


@pytest.mark.parametrize(
    "kept_out",
    [
        Actor(user_id="U0ABOUT", roles=ALL_ROLES),
        Actor(user_id="U0INVOLVED", roles=ALL_ROLES),
        Actor(user_id=str(REFERRAL.reporter), roles=ALL_ROLES),
        Actor(user_id="U0ANYONE", roles=ALL_ROLES, sim_areas=(ELSEWHERE, AREA)),
    ],
    ids=["about", "involved", "reporter", "sim"],
)
def test_whom_it_concerns_learns_nothing_of_it_in_hr_either(kept_out: Actor) -> None:
    refused = step_refusal(
        proceeding_after(), step(Move.FORMAL).model_copy(update={"by": kept_out}), NOW
    )

    assert not may_handle(REFERRAL, kept_out)
    assert refused is not None
    assert refused.text == NOT_YOURS


def test_whoever_referred_it_records_nothing_in_it() -> None:
    lead = Actor(user_id=MAYA.user_id, roles=(Role.OST_LEAD, Role.HR))
    refused = step_refusal(
        proceeding_after(), step(Move.FORMAL).model_copy(update={"by": lead}), NOW
    )

    assert refused is not None
    assert refused.text.startswith("You referred this")


def test_after_closing_nothing_is_recorded_and_who_closed_it_is_said() -> None:
    proceeding = proceeding_after(Move.NO_CASE, Move.CLOSED)
    refused = step_refusal(proceeding, step(Move.FORMAL, seen=2), NOW)

    assert refused is not None
    assert (refused.text, refused.by) == ("This referral was closed", AISHA.user_id)


def test_hr_is_reminded_before_its_day_and_for_months_after_it() -> None:
    due = proceeding_after(Move.FORMAL).review_due
    ringing = alarms(REVIEW_POLICY, due)

    assert due.date() == NEXT
    assert ringing[0].at == due - timedelta(days=1)
    assert ringing[-1].at > due + timedelta(days=300)


def decision(**changed: object) -> ReferralDecision:
    written = {"by": MAYA, "refer": True, "reason": "The third time.", "about": "U0ABOUT"}
    return ReferralDecision.model_validate(written | changed)


@pytest.mark.parametrize(
    ("step_", "fields"),
    [
        (decision(), []),
        (decision(refer=False, about=None), []),
        (decision(about=None), ["about"]),
        (decision(about=MAYA.user_id), ["about"]),
        (decision(reason=" "), ["reason"]),
        (decision(refer=False, about=None, reason=""), ["reason"]),
    ],
)
def test_a_choice_has_a_reason_and_a_referral_somebody_it_is_about(
    step_: ReferralDecision, fields: list[str]
) -> None:
    assert [problem.field for problem in choice_problems(step_)] == fields
