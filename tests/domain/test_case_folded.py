"""A case follows from its events alone: its stage, its clocks, and what is still open."""

from datetime import UTC, date, datetime

import pytest

from domain.case import Case
from domain.case_clocks import clocks_of, due_of, overdue, policy_of, runs
from domain.folding import after
from domain.stage import stage_of, still_open
from domain.steps import CaseEvent, Step
from domain.taxonomy import Clock, Stage
from tests.domain.samples import (
    ACTION,
    AFTER_ALL_NONE,
    ALERT,
    ANSWER,
    AWARENESS,
    BREACH,
    CLAIM,
    CLOSURE,
    CORRECTION,
    DONE,
    HAND_OVER,
    HOUR,
    ICO_DUE,
    INSTANT,
    LIFE,
    NO_BREACH,
    NO_NOTICE,
    NO_REFERRAL,
    NOT_REQUIRED,
    NOTIFY,
    OPENING,
    OST_DUE,
    POLICIES,
    QUESTION,
    RECEIVED,
    RESTRICTED,
    SUBMISSION,
    TOLD,
    WITHDRAWAL,
    WORSE,
    case_after,
    time_of,
)

OST, ICO, RESTRICTION = Clock.OST_REVIEW, Clock.ICO_NOTIFICATION, Clock.RESTRICTION_REVIEW
EFFECTIVENESS = Clock.EFFECTIVENESS_REVIEW
PEOPLE = "the decision about telling the people affected"
REFERRAL = "the disciplinary referral choice"

STATES: dict[str, tuple[tuple[Step, ...], Stage, tuple[Clock, ...], tuple[str, ...]]] = {
    "opened": ((), Stage.OST_REVIEW, (OST, ICO), ("OST's review",)),
    "reported": ((RECEIVED,), Stage.OST_REVIEW, (OST, ICO), ("OST's review",)),
    "claimed": ((RECEIVED, CLAIM), Stage.OST_REVIEW, (OST, ICO), ("OST's review",)),
    "in question": ((RECEIVED, QUESTION), Stage.OST_REVIEW, (OST, ICO), ("OST's review",)),
    "withdrawn": ((RECEIVED, WITHDRAWAL), Stage.WITHDRAWN, (), ("OST's review",)),
    "not a breach": ((RECEIVED, NO_BREACH), Stage.READY_TO_CLOSE, (), ()),
    "not a breach after all": (
        (RECEIVED, BREACH, NOTIFY, ACTION, AFTER_ALL_NONE),
        Stage.READY_TO_CLOSE,
        (),
        (),
    ),
    "a breach": (
        (RECEIVED, BREACH),
        Stage.ICO_DECISION,
        (ICO,),
        ("the ICO decision", PEOPLE, REFERRAL),
    ),
    "a breach, all but the ICO": (
        (RECEIVED, BREACH, TOLD, NO_REFERRAL, ACTION, DONE),
        Stage.ICO_DECISION,
        (ICO,),
        ("the ICO decision",),
    ),
    "to be notified": (
        (RECEIVED, BREACH, NOTIFY),
        Stage.ICO_NOTIFICATION,
        (ICO,),
        ("the record of the ICO submission", PEOPLE, REFERRAL),
    ),
    "not to be notified": (
        (RECEIVED, BREACH, NO_NOTICE),
        Stage.PEOPLE_AFFECTED,
        (),
        (PEOPLE, REFERRAL),
    ),
    "graver than it was": (
        (RECEIVED, BREACH, NO_NOTICE, NOT_REQUIRED, WORSE),
        Stage.ICO_DECISION,
        (ICO,),
        ("the ICO decision", REFERRAL),
    ),
    "submitted": (
        (RECEIVED, BREACH, NOTIFY, SUBMISSION),
        Stage.PEOPLE_AFFECTED,
        (),
        (PEOPLE, REFERRAL),
    ),
    "people told": ((RECEIVED, BREACH, NO_NOTICE, TOLD), Stage.REMEDIATION, (), (REFERRAL,)),
    "people not to be told": (
        (RECEIVED, BREACH, NO_NOTICE, NOT_REQUIRED),
        Stage.REMEDIATION,
        (),
        (REFERRAL,),
    ),
    "people not to be told for now": (
        (RECEIVED, BREACH, NO_NOTICE, NO_REFERRAL, RESTRICTED),
        Stage.REMEDIATION,
        (RESTRICTION,),
        ("the restriction on telling the people affected",),
    ),
    "restriction lifted": (
        (RECEIVED, BREACH, NO_NOTICE, NO_REFERRAL, RESTRICTED, TOLD),
        Stage.EFFECTIVENESS_REVIEW,
        (EFFECTIVENESS,),
        ("the effectiveness review",),
    ),
    "an action open": (
        (RECEIVED, BREACH, NOTIFY, SUBMISSION, TOLD, NO_REFERRAL, ACTION),
        Stage.REMEDIATION,
        (),
        ("remedial action 1",),
    ),
    "one of two actions done": (
        (RECEIVED, BREACH, NO_NOTICE, TOLD, ACTION, ACTION, DONE),
        Stage.REMEDIATION,
        (),
        (REFERRAL, "remedial action 2"),
    ),
    "all done": (
        LIFE[:-2],
        Stage.EFFECTIVENESS_REVIEW,
        (EFFECTIVENESS,),
        ("the effectiveness review",),
    ),
    "looked back on": (LIFE[:-1], Stage.READY_TO_CLOSE, (), ()),
    "closed": (LIFE, Stage.CLOSED, (), ()),
    "closed, not a breach": ((RECEIVED, NO_BREACH, CLOSURE), Stage.CLOSED, (), ()),
    "closed, whatever was open": ((RECEIVED, CLOSURE), Stage.CLOSED, (), ("OST's review",)),
}
"""After these steps: the stage, the clocks that run, and what is still open."""


@pytest.mark.parametrize("name", STATES)
def test_each_state_has_its_stage_its_clocks_and_its_open_ends(name: str) -> None:
    steps, stage, running, open_ends = STATES[name]

    case = case_after(*steps)

    assert stage_of(case) is stage
    assert tuple(clock for clock in Clock if runs(case, clock)) == running
    assert set(running) <= set(clocks_of(case))
    assert still_open(case) == open_ends
    assert case.is_over is (stage in {Stage.CLOSED, Stage.WITHDRAWN})


@pytest.mark.parametrize("name", STATES)
def test_only_clocks_that_run_can_be_overdue(name: str) -> None:
    steps, _, running, _ = STATES[name]
    case = case_after(*steps)

    assert overdue(case, OST_DUE - INSTANT) == ()
    assert overdue(case, OST_DUE) == tuple(clock for clock in running if clock is OST)
    assert overdue(case, ICO_DUE - INSTANT) == tuple(clock for clock in running if clock is OST)
    assert overdue(case, ICO_DUE) == tuple(clock for clock in running if clock in (OST, ICO))
    ever = overdue(case, ICO_DUE + 10_000 * HOUR)
    assert tuple(clock for clock in ever if not clock.is_numbered) == running


def test_a_case_of_the_first_procedure_goes_the_way_it_went_then() -> None:
    opening = OPENING.model_copy(update={"procedure": 1})
    case = case_after(RECEIVED, BREACH, NO_NOTICE, opening=opening)

    assert stage_of(case) is Stage.REMEDIATION
    assert still_open(case) == (REFERRAL,)


def test_a_corrected_discovery_moves_both_deadlines_also_backwards() -> None:
    case = case_after(RECEIVED, CORRECTION)

    assert case.discovered_at == CORRECTION.at
    assert (case.ost_due, case.ico_due) == (OST_DUE - 6 * HOUR, ICO_DUE - 6 * HOUR)
    assert case.opening == OPENING, "what was reported stays as it was reported"


def test_a_corrected_awareness_moves_the_ico_s_deadline_alone_and_the_other_line_stays() -> None:
    case = case_after(RECEIVED, AWARENESS)

    assert (case.ost_due, case.ico_due) == (OST_DUE, ICO_DUE + 5 * HOUR)
    assert case.conservative_ico_due == ICO_DUE


def test_the_last_correction_counts() -> None:
    back = CORRECTION.model_copy(update={"at": OPENING.report.discovered_at})

    assert case_after(RECEIVED, CORRECTION, back).ico_due == ICO_DUE


@pytest.mark.parametrize(
    ("review_on", "due"),
    [
        (date(2026, 12, 15), datetime(2026, 12, 15, 9, 0, tzinfo=UTC)),
        (date(2027, 6, 15), datetime(2027, 6, 15, 8, 0, tzinfo=UTC)),
    ],
    ids=["winter", "summer"],
)
def test_a_restriction_is_due_for_review_in_the_morning_of_its_day_in_london(
    review_on: date, due: datetime
) -> None:
    restricted = RESTRICTED.model_copy(update={"review_on": review_on})

    case = case_after(RECEIVED, BREACH, NO_NOTICE, restricted)

    assert due_of(case, RESTRICTION) == due
    assert overdue(case, due - INSTANT) == ()
    assert overdue(case, due) == (RESTRICTION,)


def test_the_case_is_in_the_hands_of_whoever_took_it_last() -> None:
    assert case_after(RECEIVED).in_hand_of is None
    assert case_after(RECEIVED, CLAIM).in_hand_of == CLAIM.by.user_id
    assert case_after(RECEIVED, CLAIM, HAND_OVER).in_hand_of == HAND_OVER.to
    assert case_after(RECEIVED, HAND_OVER, CLAIM).in_hand_of == CLAIM.by.user_id


def test_a_new_question_waits_for_a_new_answer() -> None:
    assert case_after(RECEIVED, QUESTION, ANSWER).answer is not None
    assert case_after(RECEIVED, QUESTION, ANSWER, QUESTION).answer is None


def test_a_deadline_that_passes_changes_no_stage() -> None:
    alert = ALERT.model_copy(update={"clock": ICO, "due_at": ICO_DUE})

    assert stage_of(case_after(RECEIVED, ALERT, alert)) is Stage.OST_REVIEW


def test_each_clock_has_its_own_policy_and_deadline() -> None:
    case = case_after(RECEIVED)

    assert (policy_of(case, OST), policy_of(case, ICO)) == (
        POLICIES.ost_review,
        POLICIES.ico_notification,
    )
    assert (due_of(case, OST), due_of(case, ICO)) == (OST_DUE, ICO_DUE)


def test_deadlines_follow_the_policies_that_the_case_was_opened_under() -> None:
    shorter = POLICIES.ost_review.model_copy(update={"due_hours": 12.5})
    policies = POLICIES.model_copy(update={"ost_review": shorter})

    case = Case(opening=OPENING.model_copy(update={"policies": policies}))

    assert case.ost_due == OST_DUE - 11.5 * HOUR
    assert case.ico_due == ICO_DUE


def test_every_decision_is_kept_with_its_time() -> None:
    case = case_after(*LIFE)

    kept = {
        CLAIM: case.claim,
        QUESTION: case.question,
        ANSWER: case.answer,
        BREACH: case.review,
        NOTIFY: case.ico_decision,
        SUBMISSION: case.ico_submission,
        TOLD: case.people,
        NO_REFERRAL: case.referral,
        CLOSURE: case.closure,
    }
    for decision, taken in kept.items():
        assert taken is not None
        assert (taken.decision, taken.at) == (decision, time_of(LIFE.index(decision) + 1))
    assert case.events == len(LIFE)
    assert case.opening == OPENING


def test_a_step_changes_nothing_but_its_own_part() -> None:
    earlier = (RECEIVED, CLAIM, BREACH, NOTIFY)
    before = case_after(*earlier)

    later = after(before, CaseEvent(number=5, at=time_of(5), step=SUBMISSION))

    changed = {name for name in Case.model_fields if getattr(before, name) != getattr(later, name)}
    assert changed == {"events", "ico_submission"}
    assert before == case_after(*earlier), "the case before stays as it was"


@pytest.mark.parametrize("step", [RECEIVED, ALERT], ids=["report", "alert"])
def test_what_nobody_decides_is_only_counted(step: Step) -> None:
    assert case_after(step) == Case(opening=OPENING, events=1)


def test_actions_are_numbered_within_the_case_and_know_their_event() -> None:
    case = case_after(RECEIVED, BREACH, ACTION, NO_NOTICE, ACTION)

    assert [(action.number, action.event) for action in case.actions] == [(1, 3), (2, 5)]
    assert all(
        (action.description, action.owner, action.due_on, action.done_at, action.done_by)
        == (ACTION.description, ACTION.owner, ACTION.due_on, None, None)
        for action in case.actions
    )


def test_completing_an_action_leaves_the_others_open() -> None:
    second = DONE.model_copy(update={"number": 2})

    case = case_after(RECEIVED, BREACH, ACTION, ACTION, second)

    assert [(action.done_at, action.done_by) for action in case.actions] == [
        (None, None),
        (time_of(5), DONE.by.user_id),
    ]
    assert [action.number for action in case.open_actions] == [1]


def test_an_event_knows_who_acted() -> None:
    def actor(step: Step) -> str | None:
        return CaseEvent(number=1, at=time_of(1), step=step).actor

    assert actor(CLAIM) == CLAIM.by.user_id
    assert actor(RECEIVED) is None
    assert actor(ALERT) is None
