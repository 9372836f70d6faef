"""Complaints under DPA 2018 s.164A: thirty days, the day of receipt counted, whenever they come."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.case import Case
from domain.case_clocks import due_of, overdue, policy_of, runs
from domain.clocks import upcoming
from domain.complaints import Complaint
from domain.content import content_problems
from domain.policy import refusal
from domain.stage import stage_of, still_open
from domain.steps import ComplaintAcknowledged, ComplaintAnswered, Decision, Step
from domain.summary import awaited
from domain.taxonomy import Clock, ComplaintRoute, Role, Stage
from domain.waiting import next_due, tasks
from tests.domain.samples import (
    ACKNOWLEDGED,
    ANSWERED,
    BREACH,
    CLOSURE,
    COMPLAINT,
    DANIEL,
    LIFE,
    LOOK_BACK,
    NO_BREACH,
    NO_NOTICE,
    NO_REFERRAL,
    NOT_REQUIRED,
    OPENING,
    OWEN,
    RECEIVED,
    WITHDRAWAL,
    case_after,
    time_of,
)

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
LAST = datetime(2026, 12, 20, tzinfo=UTC)
SECOND = COMPLAINT.model_copy(
    update={"complaint_reference": "CMP-2026-200", "received_on": date(2026, 11, 24)}
)


def complaint(received_on: date) -> Complaint:
    return Complaint(
        number=1,
        event=2,
        received_on=received_on,
        route=ComplaintRoute.EMAIL,
        complaint_reference="CMP-1",
        recorded_by=OWEN.user_id,
        recorded_at=NOW,
    )


def wrong(case: Case, step: Decision, changes: dict[str, object]) -> list[str]:
    found = content_problems(case, step.model_copy(update=changes), NOW)
    return [problem.field for problem in found]


@pytest.mark.parametrize(
    ("received", "last_day", "over"),
    [
        (date(2026, 6, 19), date(2026, 7, 18), datetime(2026, 7, 18, 23, tzinfo=UTC)),
        (date(2026, 10, 1), date(2026, 10, 30), datetime(2026, 10, 31, tzinfo=UTC)),
        (date(2026, 3, 10), date(2026, 4, 8), datetime(2026, 4, 8, 23, tzinfo=UTC)),
        (date(2026, 12, 15), date(2027, 1, 13), datetime(2027, 1, 14, tzinfo=UTC)),
        (date(2027, 1, 31), date(2027, 3, 1), datetime(2027, 3, 2, tzinfo=UTC)),
        (date(2028, 1, 31), date(2028, 2, 29), datetime(2028, 3, 1, tzinfo=UTC)),
    ],
    ids=["summer", "into winter", "into summer", "new year", "February", "leap year"],
)
def test_the_thirtieth_day_is_the_last_with_the_day_of_receipt_as_the_first(
    received: date, last_day: date, over: datetime
) -> None:
    found = complaint(received)

    assert found.last_day == last_day
    assert found.due == over
    assert (last_day - received).days == 29


def test_weekends_and_holidays_move_no_end() -> None:
    assert complaint(date(2026, 11, 27)).last_day == date(2026, 12, 26)


def test_its_reminders_and_escalations_fall_at_nine_in_the_morning_in_winter() -> None:
    case = case_after(RECEIVED, COMPLAINT)
    policy = policy_of(case, Clock.COMPLAINT)
    due = due_of(case, Clock.COMPLAINT, 1)

    rings = upcoming(policy, due, opened_at=time_of(2), rung_at=None)

    assert due == LAST
    assert [ring.at - due for ring in rings] == [
        timedelta(hours=hours) for hours in (-255, -135, -63, -15, 9, 81)
    ]
    assert {ring.at.hour for ring in rings} == {9}
    assert [ring.to for ring in rings if ring.past_due] == [
        (Role.DPO, Role.DEPUTY_DPO),
        (Role.SIRO,),
    ]


def test_each_complaint_has_a_clock_of_its_own() -> None:
    case = case_after(RECEIVED, COMPLAINT, SECOND)

    assert [runs(case, Clock.COMPLAINT, number) for number in (1, 2, 3)] == [True, True, False]
    assert due_of(case, Clock.COMPLAINT, 2) - due_of(case, Clock.COMPLAINT, 1) == timedelta(days=4)
    acknowledged = case_after(RECEIVED, COMPLAINT, SECOND, ACKNOWLEDGED)
    assert [runs(acknowledged, Clock.COMPLAINT, number) for number in (1, 2)] == [False, True]
    assert next_due(case_after(RECEIVED, NO_BREACH, COMPLAINT, SECOND, ACKNOWLEDGED)) == (
        LAST + timedelta(days=4)
    )


def test_an_answer_acknowledges_as_well() -> None:
    case = case_after(RECEIVED, COMPLAINT, ANSWERED)

    assert not runs(case, Clock.COMPLAINT, 1)
    assert case.open_complaints == ()
    assert case.complaints[0].outcome is ANSWERED.outcome


def test_past_its_thirtieth_day_it_is_overdue() -> None:
    case = case_after(RECEIVED, NO_BREACH, COMPLAINT)

    assert overdue(case, LAST - timedelta(seconds=1)) == ()
    assert overdue(case, LAST) == (Clock.COMPLAINT,)


@pytest.mark.parametrize(
    "before",
    [(RECEIVED, NO_BREACH), (RECEIVED, BREACH, NO_NOTICE, NOT_REQUIRED, NO_REFERRAL, LOOK_BACK)],
    ids=["no breach", "breach"],
)
def test_a_case_stays_open_until_its_complaints_are_answered(before: tuple[Step, ...]) -> None:
    for steps in ((COMPLAINT,), (COMPLAINT, ACKNOWLEDGED)):
        case = case_after(*before, *steps)
        assert still_open(case) == ("complaint 1",)
        assert stage_of(case) is Stage.REMEDIATION
        assert awaited(case) == "complaint 1"
        assert refusal(case, CLOSURE, time_of(9)) is not None
    assert refusal(case_after(*before, COMPLAINT, ANSWERED), CLOSURE, time_of(9)) is None


@pytest.mark.parametrize(
    "before", [LIFE, (RECEIVED, NO_BREACH, CLOSURE), (RECEIVED, WITHDRAWAL)], ids=len
)
def test_a_complaint_opens_a_case_again_that_was_over(before: tuple[Step, ...]) -> None:
    case = case_after(*before)
    assert refusal(case, COMPLAINT, NOW) is None

    opened = case_after(*before, COMPLAINT)

    assert not opened.is_over
    assert opened.reopenings == 1
    assert runs(opened, Clock.COMPLAINT, 1)


def test_a_complaint_about_an_open_case_reopens_nothing() -> None:
    assert case_after(RECEIVED, COMPLAINT).reopenings == 0


def test_what_somebody_complained_of_is_not_withdrawn_by_its_reporter() -> None:
    found = refusal(case_after(RECEIVED, COMPLAINT), WITHDRAWAL, NOW)

    assert found is not None
    assert "OST decides" in found.text
    assert refusal(case_after(RECEIVED, COMPLAINT, ANSWERED), WITHDRAWAL, NOW) is None


def test_the_same_complaint_is_recorded_once_however_it_is_spelled() -> None:
    again = COMPLAINT.model_copy(update={"by": DANIEL, "complaint_reference": " cmp-2026-118"})

    found = refusal(case_after(RECEIVED, COMPLAINT), again, NOW)

    assert found is not None
    assert "as complaint 1" in found.text
    assert (found.field, found.by) == ("complaint_reference", OWEN.user_id)


@pytest.mark.parametrize(
    ("before", "step", "words"),
    [
        ((), ACKNOWLEDGED, "no such complaint"),
        ((COMPLAINT,), ACKNOWLEDGED.model_copy(update={"number": 2}), "no such complaint"),
        ((COMPLAINT, ACKNOWLEDGED), ACKNOWLEDGED, "already acknowledged"),
        ((COMPLAINT, ANSWERED), ACKNOWLEDGED, "already answered"),
        ((COMPLAINT, ANSWERED), ANSWERED, "already answered"),
    ],
)
def test_each_is_acknowledged_and_answered_once(
    before: tuple[Step, ...], step: Decision, words: str
) -> None:
    found = refusal(case_after(RECEIVED, *before), step, NOW)

    assert found is not None
    assert words in found.text


def test_it_waits_for_ost_and_the_dpo_by_its_number() -> None:
    case = case_after(RECEIVED, NO_BREACH, COMPLAINT, SECOND, ACKNOWLEDGED)

    for actor in (OWEN, DANIEL):
        waiting = [(task.kind, task.number, task.due) for task in tasks([case], actor)]
        assert waiting == [
            (ComplaintAcknowledged, 2, LAST + timedelta(days=4)),
            (ComplaintAnswered, 1, None),
        ]


@pytest.mark.parametrize(
    ("step", "changes", "fields"),
    [
        (COMPLAINT, {}, []),
        (COMPLAINT, {"received_on": date(2026, 11, 25)}, []),
        (COMPLAINT, {"received_on": date(2026, 11, 26)}, ["received_on"]),
        (COMPLAINT, {"received_on": date(1999, 1, 1)}, ["received_on"]),
        (COMPLAINT, {"complaint_reference": " "}, ["complaint_reference"]),
        (COMPLAINT, {"complaint_reference": "x" * 61}, ["complaint_reference"]),
        (ACKNOWLEDGED, {}, []),
        (ACKNOWLEDGED, {"acknowledged_on": date(2026, 11, 19)}, ["acknowledged_on"]),
        (ACKNOWLEDGED, {"acknowledged_on": date(2026, 11, 26)}, ["acknowledged_on"]),
        (ANSWERED, {}, []),
        (ANSWERED, {"answered_on": date(2026, 11, 26)}, ["answered_on"]),
        (ANSWERED, {"reason": ""}, ["reason"]),
    ],
)
def test_its_days_can_have_been(
    step: Decision, changes: dict[str, object], fields: list[str]
) -> None:
    assert wrong(case_after(RECEIVED, COMPLAINT), step, changes) == fields


def test_an_older_case_takes_complaints_too() -> None:
    older = case_after(
        RECEIVED, NO_BREACH, COMPLAINT, opening=OPENING.model_copy(update={"procedure": 1})
    )

    assert runs(older, Clock.COMPLAINT, 1)
    assert still_open(older) == ("complaint 1",)
