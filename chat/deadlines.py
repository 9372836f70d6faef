"""Deadlines as people read them: when a clock is due, how long is left, or how it ended."""

from datetime import datetime

from chat.text import day, moment, person
from domain.case import Case
from domain.case_clocks import due_of, runs
from domain.clocks import day_ended, time_left
from domain.complaints import Complaint
from domain.steps import Alert
from domain.taxonomy import Clock

SOON_HOURS = 12


def clock_line(case: Case, clock: Clock, now: datetime) -> str:
    """One clock of a case: when it is due and how long is left, or how it ended."""
    due = due_of(case, clock)
    if runs(case, clock):
        icon = due_icon(due, now)
        word = "*overdue*, was due" if now >= due else "due"
        return f"{icon} {clock.label} {word} {moment(due)} · *{time_left(due, now)}*"
    ended = _ended_at(case, clock)
    if ended is None and case.merged_into:
        return f":link: {clock.label}: carried by {case.merged_into}"
    if clock is Clock.ICO_FOLLOW_UP and case.follow_up:
        return (
            f":warning: {clock.label}: wanted by {moment(due)}. The case is over, so no clock "
            "reminds of it: *Reopen…* it to have one"
        )
    if ended is None:
        return f":heavy_minus_sign: {clock.label}: not needed"
    if ended > due:
        return f":warning: {clock.label}: done late, {moment(ended)}"
    return f":white_check_mark: {clock.label}: done {moment(ended)}"


def cautious_line(case: Case) -> list[str]:
    """The ICO's deadline from discovery, beside one from a later awareness; none without either.

    A later awareness needs its reason, and the ICO may not accept it, so the cautious deadline
    stays in sight, and after the submission also whether it was kept.
    """
    if case.controller_aware_at <= case.discovered_at:
        return []
    due, told = case.conservative_ico_due, case.ico_submission
    line = f"72 h from discovery: {moment(due)}"
    if runs(case, Clock.ICO_NOTIFICATION):
        return [f":information_source: {line}"]
    if told is None:
        return []
    if told.decision.submitted_at > due:
        return [f":warning: {line} · the ICO was told after that"]
    return [f":information_source: {line} · the ICO was told before that"]


def alert_text(case: Case, alert: Alert, now: datetime) -> str:
    """What an alarm of a clock says."""
    name, left = alert.clock.called(alert.number), time_left(alert.due_at, now)
    due = day(day_ended(alert.due_at)) if alert.clock.is_numbered else moment(alert.due_at)
    if alert.alarm.past_due:
        is_action = alert.clock is Clock.REMEDIAL_ACTION
        action = case.action(alert.number) if is_action else None
        owner = f" It is with {person(action.owner)}." if action else ""
        return (
            f":rotating_light: *{name} of {case.reference} is overdue.* "
            f"It was due {due} ({left}).{owner}"
        )
    return f":alarm_clock: *{name} of {case.reference} is due {due}*: {left}."


def complaint_line(complaint: Complaint, now: datetime | None = None) -> str:
    """A complaint, and how far it is dealt with.

    Args:
        complaint: as it stands.
        now: the present (aware), where its clock is shown as those of the case are; None in a
            message that is not kept up to date.
    """
    came = f"*Complaint {complaint.number}* of {day(complaint.received_on)}"
    if complaint.outcome and complaint.answered_on:
        told = f"{complaint.outcome.label.lower()}, told {day(complaint.answered_on)}"
        return f":envelope: {came} · {told}"
    if complaint.acknowledged_on:
        known = f"acknowledged {day(complaint.acknowledged_on)}"
        return f":envelope: {came} · {known}, the outcome is to be told without undue delay"
    by = f"to be acknowledged by {day(complaint.last_day)}"
    if now is None:
        return f":envelope: {came} · {by}"
    due = complaint.due
    late = f"acknowledgement *overdue*, was due {day(complaint.last_day)}"
    words = late if now >= due else by
    return f"{due_icon(due, now)} {came} · {words} · *{time_left(due, now)}*"


def due_icon(due: datetime, now: datetime) -> str:
    """The sign of a deadline: green, yellow in its last hours, red once it has passed."""
    hours = (due - now).total_seconds() / 3600
    if hours <= 0:
        return ":red_circle:"
    return ":large_yellow_circle:" if hours <= SOON_HOURS else ":large_green_circle:"


def _ended_at(case: Case, clock: Clock) -> datetime | None:
    if clock is Clock.OST_REVIEW:
        return case.review.at if case.review else None
    if clock in (Clock.RESTRICTION_REVIEW, Clock.ICO_FOLLOW_UP):
        return None
    if clock is Clock.EFFECTIVENESS_REVIEW:
        look_back = case.effectiveness
        return look_back.at if look_back and look_back.decision.needed else None
    return case.ico_submission.decision.submitted_at if case.ico_submission else None
