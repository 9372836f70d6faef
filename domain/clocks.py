"""The statutory and internal clocks: elapsed hours in UTC, shown in London time.

Both clocks start at discovery: 24 hours to OST's review (CPS's own rule) and 72 hours to the ICO
(UK GDPR Art. 33(1); DPA 2018 s.67(1)). Nothing pauses them: nights, weekends and bank holidays
count.
"""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from domain.message import Message, Utc, in_utc
from domain.taxonomy import Role

LONDON = ZoneInfo("Europe/London")
MINUTES_COUNT_BELOW_HOURS = 3
DAYS_COUNT_FROM_HOURS = 96
"""Longer than either statutory clock: those are always shown in the hours that they are made of."""
LONGEST_HOURS = 8784
"""A leap year. What is longer, or infinite, is a slip that no timer could keep."""

Hours = Annotated[float, Field(gt=0, le=LONGEST_HOURS)]


class EscalationStep(Message):
    """One step of the chain past a deadline."""

    after_hours: float = Field(ge=0, le=LONGEST_HOURS)
    to: tuple[Role, ...] = Field(min_length=1)


class AlarmPolicy(Message):
    """Who hears of a deadline when. All figures are elapsed hours."""

    reminders_before_hours: tuple[Hours, ...] = ()
    escalations: tuple[EscalationStep, ...] = Field(min_length=1)


class ClockPolicy(AlarmPolicy):
    """The policy of a clock that also says how long it runs."""

    due_hours: Hours

    @model_validator(mode="after")
    def _first_escalation_at_the_deadline(self) -> Self:
        if min(step.after_hours for step in self.escalations) != 0:
            raise ValueError("the first of escalations must have after_hours = 0: at the deadline")
        if any(hours >= self.due_hours for hours in self.reminders_before_hours):
            raise ValueError("reminders_before_hours must each be shorter than due_hours")
        return self


REMEDIAL_ACTION_POLICY = AlarmPolicy(
    reminders_before_hours=(63, 15),
    escalations=(
        EscalationStep(after_hours=9, to=(Role.SIM, Role.OST_LEAD)),
        EscalationStep(after_hours=9 + 7 * 24, to=(Role.DPO,)),
    ),
)
"""Counted from the midnight in London that ends the due day, so all of it falls at 09:00: two days
before, on the day, the morning after, and a week later."""

FOLLOW_UP_POLICY = ClockPolicy(
    due_hours=14 * 24,
    reminders_before_hours=(72, 24),
    escalations=(
        EscalationStep(after_hours=0, to=(Role.DPO, Role.DEPUTY_DPO)),
        EscalationStep(after_hours=72, to=(Role.SIRO,)),
    ),
)
"""Art. 33(4) and s.67(5) give no figure: without undue further delay."""


COMPLAINT_POLICY = AlarmPolicy(
    reminders_before_hours=(255, 135, 63, 15),
    escalations=(
        EscalationStep(after_hours=9, to=(Role.DPO, Role.DEPUTY_DPO)),
        EscalationStep(after_hours=9 + 3 * 24, to=(Role.SIRO,)),
    ),
)
"""Counted from the midnight in London that ends the thirtieth day, so all of it falls at 09:00."""


EFFECTIVENESS_REVIEW_POLICY = ClockPolicy(
    due_hours=24 * 90,
    reminders_before_hours=(24 * 7, 24),
    escalations=(
        EscalationStep(after_hours=0, to=(Role.OST_LEAD,)),
        EscalationStep(after_hours=24 * 7, to=(Role.DPO,)),
    ),
)
"""Ninety days after the last thing was done: time enough to see whether it holds."""


class ClockPolicies(Message):
    """The policies a case was opened under; they stay with the case for its whole life."""

    ost_review: ClockPolicy
    ico_notification: ClockPolicy
    remedial_action: AlarmPolicy = REMEDIAL_ACTION_POLICY
    ico_follow_up: ClockPolicy = FOLLOW_UP_POLICY
    complaint: AlarmPolicy = COMPLAINT_POLICY
    effectiveness_review: ClockPolicy = EFFECTIVENESS_REVIEW_POLICY


class Alarm(Message):
    """One moment at which a clock speaks."""

    at: Utc
    past_due: bool
    to: tuple[Role, ...] = ()
    """Whom an escalation goes to; a reminder goes to whoever has the case in hand."""


def deadline(start: datetime, hours: float) -> datetime:
    """The instant that many elapsed hours after `start` (aware; the answer is UTC).

    Raises:
        ValueError: for a start without a zone.
    """
    return in_utc(start) + timedelta(hours=hours)


def end_of(day: date) -> datetime:
    """The moment at which a day in London is over (UTC)."""
    return in_utc(datetime.combine(day + timedelta(days=1), time(), LONDON))


def day_ended(moment: datetime) -> date:
    """The day in London that is over at the moment (aware) which `end_of` gives for it."""
    return (moment - timedelta.resolution).astimezone(LONDON).date()


def alarms(policy: AlarmPolicy, due: datetime) -> tuple[Alarm, ...]:
    """Every alarm of a clock that is due at `due`, in the order in which they ring."""
    before = [
        Alarm(at=due - timedelta(hours=hours), past_due=False)
        for hours in policy.reminders_before_hours
    ]
    after = [
        Alarm(at=due + timedelta(hours=step.after_hours), past_due=True, to=step.to)
        for step in policy.escalations
    ]
    return tuple(sorted([*before, *after], key=lambda alarm: alarm.at))


def upcoming(
    policy: AlarmPolicy, due: datetime, *, opened_at: datetime, rung_at: datetime | None
) -> tuple[Alarm, ...]:
    """The alarms that a clock still has to ring.

    Args:
        policy: the clock's policy.
        due: its deadline (aware).
        opened_at: when the case was opened; reminders from before are not worth ringing, since
            the new card says the same. Escalations are: a report may arrive past its deadline.
        rung_at: the time of the last alarm that has rung, None for none.
    """
    return tuple(
        alarm
        for alarm in alarms(policy, due)
        if (rung_at is None or alarm.at > rung_at) and (alarm.past_due or alarm.at > opened_at)
    )


def since_last_missed(policy: AlarmPolicy, due: datetime, begins_at: datetime) -> datetime:
    """From when a clock must ring to make up for the last reminder before it began, if any.

    Args:
        policy: the clock's policy.
        due: its deadline (aware).
        begins_at: when it began (aware).
    """
    missed = [
        alarm.at for alarm in alarms(policy, due) if not alarm.past_due and alarm.at <= begins_at
    ]
    return missed[-1] - timedelta.resolution if missed else begins_at


def merged(passed: tuple[Alarm, ...]) -> Alarm:
    """One alarm for all that have passed, so that an outage of days ends in one message.

    Everybody whom a missed escalation was for is told; reminders that were missed as well are not
    worth a message of their own.
    """
    last = passed[-1]
    people = dict.fromkeys(role for alarm in passed for role in alarm.to)
    return Alarm(at=last.at, past_due=last.past_due, to=tuple(people))


def london(moment: datetime) -> str:
    """An instant as people in London read it, for example `Sat 21 Nov 2026, 18:05 GMT`."""
    return moment.astimezone(LONDON).strftime("%a %d %b %Y, %H:%M %Z")


def time_left(due: datetime, now: datetime) -> str:
    """How far off a deadline is: `89 days left`, `21 h left`, and when near `45 min overdue`.

    It is rounded down, in elapsed time: nobody is told of time that is not there.
    """
    hours, minutes = divmod(int(abs((due - now).total_seconds()) // 60), 60)
    if hours >= DAYS_COUNT_FROM_HOURS:
        amount = f"{hours // 24} days"
    elif hours >= MINUTES_COUNT_BELOW_HOURS:
        amount = f"{hours} h"
    else:
        amount = f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"
    return f"{amount} left" if due > now else f"{amount} overdue"
