"""A slip in a recorded audit, as somebody says how it should read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from domain.audits.audit import Audit, Corrected
from domain.audits.entry import (
    LONGEST_NAME,
    MOST_RECOMMENDATIONS,
    Day,
    Entry,
    Member,
    Name,
    Wording,
    text_of,
)
from domain.audits.recommendation import Recommendation
from domain.audits.rules import LONGEST_AHEAD
from domain.audits.words import Priority
from domain.report import Problem
from domain.section import Section

STALE = "Something was recorded since you opened this form; open it again."
NOTHING = "Nothing differs from what is recorded."
IS_EXAMPLE = "This is example data, so it is not corrected: remove it, and load it again."
IS_WITHDRAWN = "This audit was withdrawn, so there is nothing to correct."


class CorrectedPart(Section):
    """What one recommendation should say; None for what may stay as it is."""

    number: int = Field(ge=1, le=MOST_RECOMMENDATIONS)
    seen: int | None = None
    """How many steps of it the writer knew of; None for a file."""
    priority: Priority | None = None
    wording: Wording | None = None
    owner: Member | None = None
    target_on: Day | None = None


class Correction(Section):
    """What an audit should say, or that it should not be there; None for what may stay."""

    reason: Wording
    body: Name | None = None
    subject: Name | None = None
    reported_on: Day | None = None
    report_reference: Annotated[str, text_of(LONGEST_NAME, required=False)] | None = None
    recommendations: tuple[CorrectedPart, ...] = ()
    withdraws: bool = False
    seen: int | None = None
    """How many changes of the audit the writer knew of; None for a file."""

    def audit(self, audit: Audit) -> Audit:
        """The audit as it should be."""
        told = self.model_dump(include={"body", "subject", "reported_on", "report_reference"})
        given = {name: value for name, value in told.items() if value is not None}
        return audit.model_copy(update={**given, "withdrawn": self.withdraws})


def corrected(correction: Correction, known: Mapping[int, Recommendation]) -> tuple[Corrected, ...]:
    """What differs in recommendations from how they stand."""
    found = [_differing(each, known[each.number]) for each in correction.recommendations]
    return tuple(each for each in found if each)


def _differing(wanted: CorrectedPart, known: Recommendation) -> Corrected | None:
    names = ("priority", "wording", "owner", "target_on")
    told = {name: getattr(wanted, name) for name in names}
    differs = {
        name: value
        for name, value in told.items()
        if value is not None and value != getattr(known, name)
    }
    return Corrected(number=wanted.number, **differs) if differs else None


def closed_to_correction(audit: Audit) -> Problem | None:
    """Why nothing of it can be corrected, whatever is wanted."""
    if audit.withdrawn:
        return Problem("", IS_WITHDRAWN)
    return Problem("", IS_EXAMPLE) if audit.example else None


def problems_of(
    correction: Correction,
    audit: Audit,
    known: Mapping[int, Recommendation],
    others: Sequence[Audit],
    today: date,
) -> Iterator[Problem]:
    """What keeps it from being recorded on this day (London), each by its path.

    Args:
        correction: what is wanted.
        audit: as it is recorded.
        known: its recommendations by their numbers.
        others: the audit that it followed up, and those that followed it up.
        today: London's day.
    """
    if closed := closed_to_correction(audit):
        yield closed
        return
    if correction.seen not in (None, audit.changes):
        yield Problem("", STALE)
    wanted = correction.audit(audit)
    if wanted.reported_on > today:
        yield Problem("reported_on", "This day has not come yet. Check the date of the report.")
    for other in others:
        first, second = (
            (other, wanted) if wanted.follow_up_of == other.reference else (wanted, other)
        )
        if first.reported_on > second.reported_on:
            text = f"That does not fit the date of {other.reference}: a follow-up comes later."
            yield Problem("reported_on", text)
    for at, part in enumerate(correction.recommendations, 1):
        yield from _problems_of_part(f"recommendations.{at}", part, wanted, known, today)


def _problems_of_part(
    path: str,
    part: CorrectedPart,
    wanted: Audit,
    known: Mapping[int, Recommendation],
    today: date,
) -> Iterator[Problem]:
    found = known.get(part.number)
    if found is None:
        yield Problem(path, f"{wanted.reference} has no recommendation {part.number}.")
        return
    if part.seen not in (None, found.steps):
        yield Problem(path, STALE)
    differs = _differing(part, found)
    if differs is None:
        return
    if found.is_over and (differs.owner or differs.target_on):
        field = "owner" if differs.owner else "target_on"
        text = "It is over, so only its wording and priority can be corrected."
        yield Problem(f"{path}.{field}", text)
    if differs.target_on and differs.target_on < wanted.reported_on:
        yield Problem(f"{path}.target_on", "This is before the audit's report.")
    if differs.target_on and differs.target_on > today + LONGEST_AHEAD:
        yield Problem(f"{path}.target_on", "Check the year: this is over five years away.")


def from_entry(
    entry: Entry, reason: str, entered: Mapping[int, Recommendation]
) -> Correction | Problem:
    """The correction that an audit given anew asks for.

    Args:
        entry: the audit as it should have been given.
        reason: why it is corrected.
        entered: its recommendations, with owner and target date as they were first entered: what
            was handed over or put off since stays so.
    """
    if len(entry.recommendations) != len(entered):
        text = (
            f"{len(entered)} are recorded, and these are {len(entry.recommendations)}. To leave "
            "one out or add one, withdraw the audit and give it anew."
        )
        return Problem("recommendations", text)
    if entry.reopened:
        text = "Leave this out: what a follow-up reopened is not corrected, but recorded there."
        return Problem("reopened", text)
    parts = []
    for number, each in enumerate(entry.recommendations, 1):
        first = entered[number]
        parts.append(
            CorrectedPart(
                number=number,
                priority=each.priority,
                wording=each.wording,
                owner=each.owner if each.owner != first.owner else None,
                target_on=each.target_on if each.target_on != first.target_on else None,
            )
        )
    return Correction(
        reason=reason,
        body=entry.body,
        subject=entry.subject,
        reported_on=entry.reported_on,
        report_reference=entry.report_reference,
        recommendations=tuple(parts),
    )
