"""The clocks of a case: which it has, when each is due, and what stops it."""

from datetime import datetime, time

from domain.case import Called, Case
from domain.clocks import LONDON, AlarmPolicy, EscalationStep, deadline, end_of, since_last_missed
from domain.message import in_utc
from domain.opening import WITH_ACTION_CLOCKS, WITH_MISSED_REMINDER
from domain.taxonomy import Clock, Role

RESTRICTION_POLICY = AlarmPolicy(
    reminders_before_hours=(72, 24),
    escalations=(
        EscalationStep(after_hours=0, to=(Role.DPO, Role.DEPUTY_DPO)),
        EscalationStep(after_hours=72, to=(Role.SIRO,)),
    ),
)
"""A restriction is looked at again on its review date."""

REVIEW_HOUR = time(9)
"""London time at which a restriction's review is due on its day."""


def clocks_of(case: Case) -> tuple[Clock, ...]:
    """The clocks that the case has, beside the numbered ones."""
    later = {
        Clock.ICO_FOLLOW_UP: case.follow_up is not None,
        Clock.RESTRICTION_REVIEW: case.restriction is not None,
        Clock.EFFECTIVENESS_REVIEW: case.is_to_be_looked_back_on and case.settled_at is not None,
    }
    started = (clock for clock, is_started in later.items() if is_started)
    return (Clock.OST_REVIEW, Clock.ICO_NOTIFICATION, *started)


def has_numbered(case: Case, clock: Clock, number: int) -> bool:
    """Whether the case has what the numbered clock of that number times, open or not."""
    timed = case.complaint(number) if clock is Clock.COMPLAINT else case.action(number)
    return timed is not None


def policy_of(case: Case, clock: Clock) -> AlarmPolicy:
    """The policy that the clock runs by: the one that the case was opened under."""
    if clock is Clock.RESTRICTION_REVIEW:
        return RESTRICTION_POLICY
    policies = case.opening.policies
    kept: dict[Clock, AlarmPolicy] = {
        Clock.OST_REVIEW: policies.ost_review,
        Clock.ICO_NOTIFICATION: policies.ico_notification,
        Clock.ICO_FOLLOW_UP: policies.ico_follow_up,
        Clock.EFFECTIVENESS_REVIEW: policies.effectiveness_review,
        Clock.REMEDIAL_ACTION: policies.remedial_action,
        Clock.COMPLAINT: policies.complaint,
    }
    return kept[clock]


def due_of(case: Case, clock: Clock, number: int | None = None) -> datetime:
    """When the clock is due (UTC); a numbered one when its day in London is over."""
    action = case.action(number) if clock is Clock.REMEDIAL_ACTION else None
    if action:
        return end_of(action.due_on)
    complaint = case.complaint(number) if clock is Clock.COMPLAINT else None
    if complaint:
        return complaint.due
    if clock is Clock.RESTRICTION_REVIEW and case.restriction and case.restriction.review_on:
        return in_utc(datetime.combine(case.restriction.review_on, REVIEW_HOUR, LONDON))
    if clock is Clock.ICO_FOLLOW_UP and case.follow_up:
        return case.follow_up.due_at
    if clock is Clock.EFFECTIVENESS_REVIEW and case.settled_at:
        return deadline(case.settled_at, case.opening.policies.effectiveness_review.due_hours)
    return case.ost_due if clock is Clock.OST_REVIEW else case.ico_due


def runs(case: Case, clock: Clock, number: int | None = None) -> bool:
    """Whether the clock runs. What was done in time or late stops it; time does not."""
    action, complaint = case.action(number), case.complaint(number)
    looks_back = case.settled_at is not None and case.awaits_effectiveness_review
    waiting = {
        Clock.OST_REVIEW: case.review is None,
        Clock.ICO_NOTIFICATION: _is_ico_to_be_told(case),
        Clock.ICO_FOLLOW_UP: case.follow_up is not None,
        Clock.RESTRICTION_REVIEW: case.restriction is not None and case.is_breach,
        Clock.EFFECTIVENESS_REVIEW: looks_back,
        Clock.REMEDIAL_ACTION: _times_actions(case) and action is not None and action.is_open,
        Clock.COMPLAINT: complaint is not None and not complaint.is_acknowledged,
    }
    return waiting[clock] and not case.is_over


def rings_from(case: Case, clock: Clock, begins_at: datetime) -> datetime:
    """From when on the alarms of a clock are rung that begins with the case (aware).

    Of the ICO's clock the last reminder from before the report is made up for: until the review
    the DPO has no card, and would hear nothing with an hour left.
    """
    if clock is not Clock.ICO_NOTIFICATION or case.opening.procedure < WITH_MISSED_REMINDER:
        return begins_at
    if begins_at != case.opening.reported_at:
        return begins_at
    return since_last_missed(policy_of(case, clock), due_of(case, clock), begins_at)


def overdue(case: Case, now: datetime) -> tuple[Clock, ...]:
    """The clocks that run past their deadline at `now` (aware), each named once."""
    clocks: list[tuple[Clock, int | None]] = [(clock, None) for clock in Clock]
    clocks += [(Clock.REMEDIAL_ACTION, action.number) for action in case.open_actions]
    clocks += [(Clock.COMPLAINT, complaint.number) for complaint in case.open_complaints]
    late = [each for each in clocks if runs(case, *each) and now >= due_of(case, *each)]
    return tuple(dict.fromkeys(clock for clock, _ in late))


def has_called_the_deputy(case: Case, clock: Clock) -> bool:
    """Whether the clock has escalated to the deputy DPO for the deadline that it has now."""
    return Called(clock=clock, due_at=due_of(case, clock)) in case.called


def _is_ico_to_be_told(case: Case) -> bool:
    """Also before the review, and for a duplicate until the other case has taken over."""
    if case.review is not None and not case.is_breach and not case.duplicate_of:
        return False
    return case.notify is None or (case.notify and case.ico_submission is None)


def _times_actions(case: Case) -> bool:
    return case.is_breach and case.opening.procedure >= WITH_ACTION_CLOCKS
