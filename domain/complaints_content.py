"""What people write into steps about complaints, and whether a complaint is recorded already."""

from datetime import date, datetime

from domain.case import Case
from domain.clocks import LONDON
from domain.complaints import Complaint
from domain.report import EARLIEST, LONGEST_REFERENCE, Problem, text_problems
from domain.steps import ComplaintAcknowledged, ComplaintAnswered, ComplaintReceived


def complaint_recorded_already(case: Case, step: ComplaintReceived) -> Complaint | None:
    """The complaint of the same reference, if the case has it."""
    wanted = step.complaint_reference.strip().casefold()
    found = (each for each in case.complaints if each.complaint_reference.casefold() == wanted)
    return next(found, None)


def complaint_problems(
    case: Case,
    step: ComplaintReceived | ComplaintAcknowledged | ComplaintAnswered,
    now: datetime,
) -> list[Problem]:
    """Everything wrong with the fields of such a step; `now` is aware."""
    today = now.astimezone(LONDON).date()
    match step:
        case ComplaintReceived():
            return [
                *_day_problems("received_on", step.received_on, EARLIEST.date(), today),
                *text_problems(
                    "complaint_reference",
                    step.complaint_reference,
                    required=True,
                    longest=LONGEST_REFERENCE,
                ),
            ]
        case ComplaintAcknowledged():
            return _since_received(
                case, step.number, "acknowledged_on", step.acknowledged_on, today
            )
        case ComplaintAnswered():
            return [
                *_since_received(case, step.number, "answered_on", step.answered_on, today),
                *text_problems("reason", step.reason, required=True),
            ]


def _since_received(case: Case, number: int, field: str, day: date, today: date) -> list[Problem]:
    complaint = case.complaint(number)
    return _day_problems(field, day, complaint.received_on, today) if complaint else []


def _day_problems(field: str, day: date, earliest: date, today: date) -> list[Problem]:
    if day > today:
        return [Problem(field, "This day is still to come.")]
    if day < earliest:
        return [Problem(field, f"Check the day: it is before {earliest:%d %b %Y}.")]
    return []
