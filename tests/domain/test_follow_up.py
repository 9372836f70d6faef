"""What the ICO was not told is followed up, by a day, until it has all that it needs."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain import data
from domain.case import Case
from domain.case_clocks import runs
from domain.circumstances import Circumstances
from domain.content import content_problems
from domain.facts import Facts
from domain.follow_up import FollowUp, IcoFact, due_on, unknown
from domain.opening import Opening
from domain.policy import refusal
from domain.stage import stage_of, still_open
from domain.steps import Closure, Decision, IcoFollowUp, Step
from domain.summary import awaited
from domain.taxonomy import Clock, Stage
from domain.waiting import next_due, tasks
from tests.domain.samples import (
    AFTER_ALL_NONE,
    BREACH,
    CLOSURE,
    DANIEL,
    FACTS,
    FOLLOW_UP,
    FOLLOW_UP_PLAN,
    GRACE,
    NO_NOTICE,
    NO_REFERRAL,
    NOT_REQUIRED,
    NOTIFY,
    OPENING,
    QUERY,
    RECEIVED,
    REPORT,
    SUBMISSION,
    case_after,
    time_of,
)

TWO_WEEKS = timedelta(days=14)
VAGUE = OPENING.model_copy(
    update={
        "report": REPORT.model_copy(
            update={
                "people_affected": None,
                "occurred_at": None,
                "circumstances": Circumstances(data_subjects=(data.DataSubject.NOT_YET_KNOWN,)),
            }
        )
    }
)
SENT = (RECEIVED, BREACH, NOTIFY, SUBMISSION)
OCCURRED = FACTS.model_copy(update={"occurred_at": REPORT.occurred_at, "occurred_until": None})
ALL_TOLD = FOLLOW_UP.model_copy(update={"complete": True, "next_due_on": None})
NONE_NEEDED = FOLLOW_UP_PLAN.model_copy(update={"wanted": False, "due_on": None})


def due(*steps: Step, opening: Opening = VAGUE) -> FollowUp | None:
    return case_after(*steps, opening=opening).follow_up


def wrong(case: Case, step: Decision, **changes: object) -> list[str]:
    found = content_problems(case, step.model_copy(update=changes), time_of(9))
    return [problem.field for problem in found]


def test_what_the_form_requires_and_nobody_knows_makes_a_follow_up_due() -> None:
    assert due(*SENT) == FollowUp(due_at=SUBMISSION.submitted_at + TWO_WEEKS, untold=tuple(IcoFact))


def test_none_is_due_before_the_submission_or_without_one() -> None:
    assert due(*SENT[:-1]) is None
    assert due(RECEIVED, BREACH, NO_NOTICE) is None


def test_none_is_due_when_nothing_is_missing() -> None:
    assert due(*SENT, opening=OPENING) is None
    assert due(RECEIVED, OCCURRED, *SENT[1:]) is None


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (Facts.of(REPORT), ()),
        (Facts.of(VAGUE.report), tuple(IcoFact)),
        (Facts.of(REPORT).model_copy(update={"people_affected": 0}), ()),
        (Facts.of(REPORT).model_copy(update={"occurred_at": None}), (IcoFact.OCCURRED,)),
    ],
)
def test_what_is_unknown_is_named_in_the_order_of_the_form(
    facts: Facts, missing: tuple[IcoFact, ...]
) -> None:
    assert unknown(facts) == missing


def test_not_yet_known_among_others_leaves_the_question_open() -> None:
    types = (data.DataType.BASIC, data.DataType.NOT_YET_KNOWN)
    around = REPORT.circumstances.model_copy(update={"data_types": types})

    facts = Facts.of(REPORT).model_copy(update={"circumstances": around})

    assert unknown(facts) == (IcoFact.DATA_TYPES,)


def test_its_hours_are_those_that_the_case_was_opened_under() -> None:
    policy = VAGUE.policies.ico_follow_up.model_copy(update={"due_hours": 100.0})
    policies = VAGUE.policies.model_copy(update={"ico_follow_up": policy})

    found = due(*SENT, opening=VAGUE.model_copy(update={"policies": policies}))

    assert found is not None
    assert found.due_at == SUBMISSION.submitted_at + timedelta(hours=100)


def test_what_is_found_out_later_is_still_to_be_told() -> None:
    before, after = due(*SENT), due(*SENT, OCCURRED)

    assert before == after
    assert unknown(case_after(*SENT, OCCURRED, opening=VAGUE).facts) == ()


def test_news_after_a_complete_report_makes_a_follow_up_due_from_then() -> None:
    found = due(*SENT, FACTS, opening=OPENING)

    assert found == FollowUp(due_at=time_of(5) + TWO_WEEKS, untold=tuple(IcoFact))


def test_news_that_the_ico_s_form_does_not_ask_for_makes_none_due() -> None:
    nothing = dict.fromkeys(("people_affected", "occurred_until"))
    aside = FACTS.model_copy(update={**nothing, "data_types": (), "data_subjects": ()})

    assert due(*SENT, aside, opening=OPENING) is None


def test_news_are_added_to_what_is_to_be_told_anyway() -> None:
    plan_first = due(*SENT, FOLLOW_UP_PLAN, FACTS, opening=OPENING)

    assert plan_first is not None
    assert plan_first.due_at == datetime(2026, 12, 4, 17, tzinfo=UTC)
    assert plan_first.untold == tuple(IcoFact)


def test_a_follow_up_with_more_to_come_sets_the_next_day() -> None:
    assert due(*SENT, FOLLOW_UP) == FollowUp(
        due_at=datetime(2026, 12, 8, 17, tzinfo=UTC), untold=tuple(IcoFact)
    )


def test_five_o_clock_in_london_is_an_hour_earlier_in_summer() -> None:
    june = FOLLOW_UP.model_copy(update={"next_due_on": date(2027, 6, 1)})

    found = due(*SENT, june)

    assert found is not None
    assert found.due_at == datetime(2027, 6, 1, 16, tzinfo=UTC)


@pytest.mark.parametrize("step", [ALL_TOLD, NONE_NEEDED], ids=["all told", "none needed"])
def test_the_clock_stops_once_nothing_more_is_to_be_told(step: Step) -> None:
    case = case_after(*SENT, step, opening=VAGUE)

    assert case.follow_up is None
    assert not runs(case, Clock.ICO_FOLLOW_UP)


def test_every_follow_up_that_was_sent_is_kept() -> None:
    case = case_after(*SENT, FOLLOW_UP, OCCURRED, ALL_TOLD, opening=VAGUE)

    assert [sent.decision for sent in case.follow_ups] == [FOLLOW_UP, ALL_TOLD]


def test_the_case_stays_open_and_waits_for_the_dpo_while_one_is_due() -> None:
    case = case_after(*SENT, NOT_REQUIRED, NO_REFERRAL, opening=VAGUE)

    assert still_open(case) == ("the follow-up report to the ICO",)
    assert refusal(case, CLOSURE, time_of(7)) is not None
    assert next_due(case) == SUBMISSION.submitted_at + TWO_WEEKS
    assert [task.kind for task in tasks([case], DANIEL)] == [IcoFollowUp]
    assert Closure not in [task.kind for task in tasks([case], GRACE)]


def test_the_ico_is_also_told_of_what_turned_out_to_be_no_breach() -> None:
    case = case_after(*SENT, AFTER_ALL_NONE, opening=VAGUE)

    assert runs(case, Clock.ICO_FOLLOW_UP)
    assert still_open(case) == ("the follow-up report to the ICO",)
    assert stage_of(case) is Stage.ICO_NOTIFICATION
    assert "to follow up with the ICO" in awaited(case)
    assert refusal(case, FOLLOW_UP, time_of(9)) is None


def test_nothing_is_followed_up_before_there_was_a_first_report() -> None:
    for step in (FOLLOW_UP, FOLLOW_UP_PLAN):
        found = refusal(case_after(RECEIVED, BREACH, NOTIFY), step, time_of(9))
        assert found is not None
        assert "nothing to follow" in found.text


def test_an_older_case_owes_none_but_the_dpo_may_want_one() -> None:
    older = VAGUE.model_copy(update={"procedure": 2})

    assert due(*SENT, opening=older) is None
    assert due(*SENT, FACTS, opening=older) is None
    assert due(*SENT, FOLLOW_UP_PLAN, opening=older) is not None


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"what": " "}, ["what"]),
        ({"sent_at": SUBMISSION.submitted_at - timedelta(seconds=1)}, ["sent_at"]),
        ({"sent_at": time_of(9) + timedelta(minutes=2)}, ["sent_at"]),
        ({"complete": True}, ["complete"]),
        ({"next_due_on": None}, ["next_due_on"]),
        ({"next_due_on": time_of(9).date()}, ["next_due_on"]),
        ({"next_due_on": date(2028, 1, 1)}, ["next_due_on"]),
    ],
)
def test_a_follow_up_is_recorded_as_it_can_have_been(
    changes: dict[str, object], fields: list[str]
) -> None:
    assert wrong(case_after(*SENT, opening=VAGUE), FOLLOW_UP, **changes) == fields


def test_the_ico_has_all_only_once_all_is_known() -> None:
    assert wrong(case_after(*SENT, OCCURRED, opening=VAGUE), ALL_TOLD) == []


@pytest.mark.parametrize(
    ("step", "opening", "fields"),
    [
        (FOLLOW_UP_PLAN, OPENING, []),
        (FOLLOW_UP_PLAN.model_copy(update={"due_on": None}), OPENING, ["due_on"]),
        (FOLLOW_UP_PLAN.model_copy(update={"reason": ""}), OPENING, ["reason"]),
        (NONE_NEEDED, VAGUE, []),
        (NONE_NEEDED, OPENING, ["wanted"]),
        (NONE_NEEDED.model_copy(update={"reason": " "}), VAGUE, ["reason"]),
    ],
)
def test_the_dpo_says_why_and_by_when(step: Decision, opening: Opening, fields: list[str]) -> None:
    assert wrong(case_after(*SENT, opening=opening), step) == fields


@pytest.mark.parametrize("asked", [QUERY, FOLLOW_UP_PLAN.model_copy(update={"wanted": True})])
def test_what_was_due_before_the_submission_is_still_due_after_it(asked: Step) -> None:
    before = due(RECEIVED, BREACH, asked, NOTIFY, opening=OPENING)
    after = due(RECEIVED, BREACH, asked, NOTIFY, SUBMISSION, opening=OPENING)

    assert before is not None
    assert after == before.model_copy(update={"untold": ()})


def test_of_a_reply_and_what_was_not_told_the_earlier_counts() -> None:
    found = due(RECEIVED, BREACH, QUERY, NOTIFY, SUBMISSION)
    alone = due(*SENT)

    assert found is not None
    assert alone is not None
    assert found.untold == alone.untold
    assert found.due_at == min(alone.due_at, due_on(date(2026, 12, 7)))


def test_a_case_of_an_older_edition_folds_as_it_did() -> None:
    older = OPENING.model_copy(update={"procedure": 5})

    assert due(RECEIVED, BREACH, QUERY, NOTIFY, SUBMISSION, opening=older) is None
