"""When letters of the ICO and complaints may be recorded: they come when they come."""

from domain.case import Case
from domain.complaints_content import complaint_recorded_already
from domain.letters import recorded_already
from domain.refusal import Refusal, taken
from domain.steps import (
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintReceived,
    Decision,
    IcoLetter,
)

AFTER_THE_END = (IcoLetter, ComplaintReceived)
"""What may come years later: it is recorded whether the case is over or not."""
ABOUT_A_COMPLAINT = (ComplaintAcknowledged, ComplaintAnswered)


def known_already(case: Case, step: Decision) -> Refusal | None:
    """Why a letter or complaint is not recorded again: it is there, by whom and since when."""
    if isinstance(step, IcoLetter) and (letter := recorded_already(case, step)):
        return taken("This letter is recorded already", letter, "says")
    if isinstance(step, ComplaintReceived) and (known := complaint_recorded_already(case, step)):
        return Refusal(
            text=f"This is recorded already, as complaint {known.number}",
            field="complaint_reference",
            by=known.recorded_by,
            at=known.recorded_at,
        )
    return None


def no_such_complaint(case: Case, kind: type[Decision], number: int | None) -> Refusal | None:
    """Why a complaint can't be acknowledged or answered: there is none, or that was done."""
    complaint = case.complaint(number)
    if complaint is None:
        return Refusal(text="This case has no such complaint.", field="number")
    done = complaint.is_acknowledged if kind is ComplaintAcknowledged else not complaint.is_open
    if not done:
        return None
    word = "acknowledged" if complaint.is_open else "answered"
    text = f"This complaint was already {word}"
    return Refusal(text=text, by=complaint.settled_by, at=complaint.settled_at)
