"""Which reminder of HR's clock the restricted store still has to hold of a referral."""

from datetime import timedelta

from domain.clocks import Alarm
from domain.discipline.proceeding import (
    FIRST_LOOK,
    ProceedingEvent,
    ReviewReminder,
    after,
)
from domain.discipline.words import Move
from tests.domain.referrals import REFERRAL, REFERRED_AT, RESUMED, lived
from watchdog.referrals import awaited, silent

DAY, PATIENCE = timedelta(days=1), timedelta(minutes=5)


def test_hrs_first_reminder_is_missed_only_after_the_patience() -> None:
    [(proceeding, received)] = lived()
    first = proceeding.review_due - DAY
    assert silent(proceeding, [received], first, PATIENCE) == []
    [found] = silent(proceeding, [received], first + PATIENCE, PATIENCE)
    assert found.since == first
    for unsaid in (REFERRAL.case, REFERRAL.about, REFERRAL.area):
        assert str(unsaid) not in found.what


def test_what_hr_was_reminded_of_is_not_missed_and_the_next_is() -> None:
    [(proceeding, received)] = lived()
    due = proceeding.review_due
    rung = ReviewReminder(due_at=due, alarm=Alarm(at=due, past_due=True))
    reminded = ProceedingEvent(number=2, at=due + DAY, step=rung)
    next_one = awaited(after(proceeding, reminded), [received, reminded])
    assert next_one is not None
    assert next_one.at == due + 7 * DAY


def test_another_day_of_review_and_going_on_begin_the_clock_afresh() -> None:
    moments = lived(Move.FORMAL)
    proceeding, events = moments[-1][0], [event for _, event in moments]
    moved = awaited(proceeding, events)
    assert moved is not None
    assert moved.at == proceeding.review_due - DAY
    late = REFERRED_AT + FIRST_LOOK + 30 * DAY
    resumed = ProceedingEvent(number=3, at=late, step=RESUMED)
    again = awaited(after(proceeding, resumed), [*events, resumed])
    assert again is not None
    assert again.at == max(late, proceeding.review_due - DAY)
