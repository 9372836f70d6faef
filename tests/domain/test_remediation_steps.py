"""Remedial actions from hand to hand, their clocks, containment, and who else was told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.audience import reminded
from domain.case import Case
from domain.case_clocks import due_of, overdue, runs
from domain.clocks import REMEDIAL_ACTION_POLICY, Alarm, alarms, day_ended, end_of
from domain.findings import Findings
from domain.people import LEARNING_RECORD, Actor
from domain.policy import hindrance, refusal
from domain.remediation import ContainmentState, OutsideBody
from domain.seeing import may_see
from domain.stage import still_open, unsettled
from domain.steps import (
    ActionCancelled,
    ActionDone,
    ActionHandedOver,
    ActionRescheduled,
    Alert,
    Decision,
    EffectivenessReview,
    Step,
)
from domain.taxonomy import Clock
from domain.waiting import next_due, tasks
from tests.domain.samples import (
    ACTION,
    AFTER_ALL_NONE,
    BREACH,
    CANCELLED,
    CLAIM,
    CLOSURE,
    CONTAINMENT,
    DONE,
    HANDED_OVER,
    INSTANT,
    NO_NOTICE,
    NO_REFERRAL,
    OPENING,
    ORGANISATION_TOLD,
    OWEN,
    RECEIVED,
    REPORTED,
    RESCHEDULED,
    TOLD,
    case_after,
    time_of,
)

OMAR, NINA = Actor(user_id=ACTION.owner), Actor(user_id=HANDED_OVER.to)
ACTIONS = Clock.REMEDIAL_ACTION
WITH_ACTION: tuple[Step, ...] = (RECEIVED, BREACH, ACTION)


def refused(case: Case, step: Decision) -> str | None:
    found = refusal(case, step, time_of(case.events + 1))
    return found.text if found else None


def field_refused(case: Case, step: Decision) -> str | None:
    found = refusal(case, step, time_of(case.events + 1))
    return found.field if found else None


def test_an_action_that_was_handed_over_is_with_its_new_owner_alone() -> None:
    case = case_after(*WITH_ACTION, HANDED_OVER)

    (action,) = case.actions
    assert action.owner == NINA.user_id
    assert [each.owner for each in action.past_owners] == [OMAR.user_id]
    assert [task.kind for task in tasks([case], NINA)] == [ActionDone]
    assert tasks([case], OMAR) == []
    assert may_see(case, NINA)
    assert not may_see(case, OMAR)


def test_the_owner_hands_over_what_is_theirs_and_nothing_else() -> None:
    of_another = ACTION.model_copy(update={"owner": "U0OTHER"})
    case = case_after(*WITH_ACTION, of_another)

    first = HANDED_OVER.model_copy(update={"by": OMAR})
    second = HANDED_OVER.model_copy(update={"by": OMAR, "number": 2})

    assert refused(case, first) is None
    assert "hand over somebody else's remedial action" in (refused(case, second) or "")


@pytest.mark.parametrize("step", [RESCHEDULED, CANCELLED])
def test_the_owner_alone_neither_cancels_an_action_nor_moves_its_due_day(step: Decision) -> None:
    by_owner = step.model_copy(update={"by": OMAR})

    assert (refused(case_after(*WITH_ACTION), by_owner) or "").startswith("Only ")


def test_the_training_record_completes_an_action_that_asks_for_a_course_and_no_other() -> None:
    course = ACTION.model_copy(update={"course": "redaction"})
    case = case_after(*WITH_ACTION, course)
    by_record = DONE.model_copy(update={"by": Actor(user_id=LEARNING_RECORD)})

    assert (refused(case, by_record) or "").startswith("Only ")
    assert refused(case, by_record.model_copy(update={"number": 2})) is None
    assert refused(case, HANDED_OVER.model_copy(update={"by": by_record.by, "number": 2}))
    done = case_after(*WITH_ACTION, course, by_record.model_copy(update={"number": 2}))
    assert (done.actions[1].done_by, done.actions[0].is_open) == (LEARNING_RECORD, True)


def test_handing_over_to_whoever_has_it_is_refused_at_the_field() -> None:
    again = HANDED_OVER.model_copy(update={"to": OMAR.user_id})

    assert field_refused(case_after(*WITH_ACTION), again) == "to"


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (ACTION.due_on, "due on this day already"),
        (date(2026, 11, 1), "has passed"),
        (date(2062, 1, 1), "over ten years"),
    ],
)
def test_a_new_due_day_is_another_one_and_lies_ahead(due_on: date, words: str) -> None:
    moved = RESCHEDULED.model_copy(update={"due_on": due_on})

    found = refusal(case_after(*WITH_ACTION), moved, time_of(4))

    assert found is not None
    assert found.field == "due_on"
    assert words in found.text


@pytest.mark.parametrize("ended", [DONE, CANCELLED])
@pytest.mark.parametrize("step", [DONE, HANDED_OVER, RESCHEDULED, CANCELLED])
def test_nothing_more_is_done_with_an_action_that_ended(ended: Step, step: Decision) -> None:
    case = case_after(*WITH_ACTION, ended)

    found = refusal(case, step, time_of(5))

    assert found is not None
    assert found.text.startswith("This action was ")
    assert (found.by, found.at) == ("U0TOM", time_of(4))


@pytest.mark.parametrize("kind", [ActionDone, ActionHandedOver, ActionRescheduled, ActionCancelled])
def test_a_form_without_a_chosen_action_opens_only_while_one_is_open(
    kind: type[Decision],
) -> None:
    assert hindrance(case_after(*WITH_ACTION), kind, OWEN) is None
    ended = hindrance(case_after(*WITH_ACTION, CANCELLED), kind, OWEN)
    assert ended is not None
    assert ended.text == "No remedial action is open."


def test_a_cancelled_action_stays_on_record_with_its_reason_and_holds_nothing_up() -> None:
    rest = (NO_NOTICE, TOLD, NO_REFERRAL)
    with_open = case_after(*WITH_ACTION, *rest)
    case = case_after(*WITH_ACTION, *rest, CANCELLED)

    assert still_open(with_open) == ("remedial action 1",)
    assert unsettled(case) == ()
    none_needed = EffectivenessReview(by=OWEN, needed=False, reason="Nothing was done.")
    assert refused(case, none_needed) is None
    (action,) = case.actions
    assert (action.cancelled_by, action.cancel_reason) == ("U0TOM", CANCELLED.reason)


def test_what_shows_that_an_action_is_done_stays_with_it() -> None:
    (action,) = case_after(*WITH_ACTION, DONE).actions

    assert (action.evidence, action.done_by) == (DONE.evidence, "U0TOM")


def test_the_clock_of_an_action_is_due_when_its_day_in_london_is_over() -> None:
    winter, summer = date(2026, 12, 1), date(2026, 7, 1)

    assert end_of(winter) == datetime(2026, 12, 2, 0, tzinfo=UTC)
    assert end_of(summer) == datetime(2026, 7, 1, 23, tzinfo=UTC)
    assert [day_ended(end_of(day)) for day in (winter, summer)] == [winter, summer]
    assert due_of(case_after(*WITH_ACTION), ACTIONS, 1) == end_of(winter)


def test_the_alarms_that_come_with_the_product_ring_at_nine() -> None:
    rings = alarms(REMEDIAL_ACTION_POLICY, end_of(date(2026, 12, 10)))

    assert {alarm.at.hour for alarm in rings} == {9}
    assert [alarm.at.day for alarm in rings] == [8, 10, 11, 18]
    assert [alarm.past_due for alarm in rings] == [False, False, True, True]


@pytest.mark.parametrize("ended", [DONE, CANCELLED, AFTER_ALL_NONE, CLOSURE])
def test_the_clock_of_an_action_runs_from_its_beginning_to_its_end(ended: Step) -> None:
    assert not runs(case_after(RECEIVED, BREACH), ACTIONS, 1)
    assert runs(case_after(*WITH_ACTION), ACTIONS, 1)
    assert not runs(case_after(*WITH_ACTION, ended), ACTIONS, 1)


def test_a_new_due_day_moves_the_clock_and_the_next_deadline_of_the_case() -> None:
    case = case_after(*WITH_ACTION, NO_NOTICE, RESCHEDULED)

    assert due_of(case, ACTIONS, 1) == end_of(RESCHEDULED.due_on)
    assert next_due(case) == end_of(RESCHEDULED.due_on)


def test_an_action_past_its_day_makes_the_case_overdue_once() -> None:
    case = case_after(*WITH_ACTION, ACTION, NO_NOTICE)
    due = end_of(ACTION.due_on)

    assert overdue(case, due - INSTANT) == ()
    assert overdue(case, due) == (ACTIONS,)


def test_an_action_of_an_earlier_procedure_has_no_clock() -> None:
    case = case_after(*WITH_ACTION, opening=OPENING.model_copy(update={"procedure": 2}))

    assert not runs(case, ACTIONS, 1)
    assert overdue(case, end_of(ACTION.due_on)) == overdue(
        case_after(RECEIVED, BREACH, opening=OPENING), end_of(ACTION.due_on)
    )


def test_a_reminder_of_an_action_is_for_its_owner_of_the_moment() -> None:
    due = end_of(ACTION.due_on)
    alarm = Alarm(at=due - timedelta(hours=15), past_due=False)
    alert = Alert(clock=ACTIONS, number=1, due_at=due, alarm=alarm)

    assert reminded(case_after(RECEIVED, CLAIM, BREACH, ACTION), alert) == OMAR.user_id
    assert reminded(case_after(*WITH_ACTION, HANDED_OVER), alert) == NINA.user_id


CONTAINED = BREACH.model_copy(update={"findings": Findings(contained=True)})


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((BREACH,), None),
        ((CONTAINED,), ContainmentState.CONTAINED),
        ((BREACH, CONTAINMENT), ContainmentState.PARTLY),
        ((CONTAINED, CONTAINMENT), ContainmentState.PARTLY),
        ((BREACH, CONTAINMENT, CONTAINED), ContainmentState.CONTAINED),
    ],
)
def test_the_last_word_on_containment_counts_and_the_review_has_one(
    steps: tuple[Step, ...], state: ContainmentState | None
) -> None:
    assert case_after(RECEIVED, *steps).contained is state


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"facts": " "}, "facts"),
        ({"as_of": REPORTED + timedelta(days=1)}, "as_of"),
        ({"as_of": datetime(1999, 1, 1, tzinfo=UTC)}, "as_of"),
    ],
)
def test_containment_needs_facts_and_a_moment_that_was(
    changes: dict[str, object], field: str
) -> None:
    step = CONTAINMENT.model_copy(update=changes)

    assert field_refused(case_after(RECEIVED, BREACH), step) == field


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, None),
        ({"name": None}, "name"),
        ({"name": None, "body": OutsideBody.NCSC}, None),
        ({"name": "x" * 151}, "name"),
        ({"purpose": ""}, "purpose"),
        ({"told_at": REPORTED + timedelta(days=1)}, "told_at"),
        ({"told_at": REPORTED - timedelta(days=1)}, "told_at"),
    ],
)
def test_an_organisation_that_was_told_has_a_name_a_moment_and_a_purpose(
    changes: dict[str, object], field: str | None
) -> None:
    step = ORGANISATION_TOLD.model_copy(update=changes)

    assert field_refused(case_after(RECEIVED, BREACH), step) == field


def test_every_organisation_that_was_told_is_kept_in_order() -> None:
    court = ORGANISATION_TOLD.model_copy(update={"body": OutsideBody.COURT})

    told = case_after(RECEIVED, BREACH, ORGANISATION_TOLD, court).told

    assert [each.decision.body for each in told] == [OutsideBody.POLICE, OutsideBody.COURT]
    assert [each.at for each in told] == [time_of(3), time_of(4)]


@pytest.mark.parametrize("ended", [DONE, CANCELLED])
def test_the_owner_is_told_how_their_action_ended(ended: Step) -> None:
    case = case_after(*WITH_ACTION, ended)

    assert (refused(case, DONE.model_copy(update={"by": OMAR})) or "").startswith("This action was")
