"""Which of two cases carries both when they are one breach, and why a case can't be the one.

The case that was reported first carries on. When a report came never changes, so the direction is
the same whoever reviews which case, and no circle can come about; a discovery may be corrected.
The clocks count from the earliest discovery all the same (`Case.discovered_at`).
"""

from domain.bulletin import Telling
from domain.case import Case
from domain.people import Actor
from domain.report import Problem
from domain.seeing import may_see
from domain.stage import stage_of
from domain.steps import DuplicateAdded, DuplicateRemoved, Tidings
from domain.steps.duplicates import name_of
from domain.taxonomy import Stage

FIELD = "duplicate_of"
NO_SUCH_CASE = (
    "There is no such case, or it is not one of yours to see. Give its whole reference, for "
    "example BR-2026-0001."
)


def obstacle(case: Case, original: Case | None, actor: Actor) -> Problem | None:
    """Why a case can't be merged into that one, in words for the reviewer; None when it can.

    What is asked here never changes, or may change without harm: a case that is over by the time
    it hears of the duplicate is opened again.

    Args:
        case: the case under review.
        original: the case that it is said to be a duplicate of or, if that is one itself, the one
            that it was merged into.
        actor: the reviewer.
    """
    text = _obstacle(case, original, actor)
    return Problem(FIELD, text) if text else None


def _obstacle(case: Case, original: Case | None, actor: Actor) -> str | None:
    if original is None or not may_see(original, actor):
        return NO_SUCH_CASE
    name = original.reference
    if name == case.reference:
        return "This is the case itself, or one that is a duplicate of it already."
    if stage_of(original) is Stage.WITHDRAWN:
        return f"{name} was withdrawn, so it can't carry this one on. Reopen it first."
    if original.opening.drill is not case.opening.drill:
        return "An exercise and a real case can't be duplicates of each other."
    if _reported(original) > _reported(case):
        return (
            f"This case was reported before {name}, so that one is merged into this one: find "
            f"{name} to be a duplicate of {case.reference}, and review this one for what it is."
        )
    return None


def _reported(case: Case) -> tuple[object, str]:
    return case.opening.reported_at, case.reference


def finding_of(case: Case) -> Telling | None:
    """What the case has to tell the one that is to carry both; None when it is no duplicate."""
    if case.review is None or case.duplicate_of is None:
        return None
    review = case.review.decision
    added = DuplicateAdded(
        by=review.by,
        not_personal_data=review.not_personal_data,
        reference=case.reference,
        found_at=case.review.at,
        discovered_at=case.discovered_at,
        aware_at=case.controller_aware_at,
        reason=review.reason,
    )
    return Telling(to=case.duplicate_of, tidings=added)


def has_heard(case: Case, tidings: Tidings) -> bool:
    """Whether the case knows of that finding of a duplicate already, or of its undoing."""
    name = name_of(tidings)
    known = [each for each in case.duplicates if (each.reference, each.found_at) == name]
    if isinstance(tidings, DuplicateRemoved):
        return any(not each.holds for each in known)
    return bool(known)


def undoing_of(case: Case) -> Telling | None:
    """What a case that went its own way again has to tell the one that carried it on."""
    if case.separation is None or not case.merges:
        return None
    link, undoing = case.merges[-1], case.separation.decision
    if link.holds:
        return None
    removed = DuplicateRemoved(
        by=undoing.by,
        not_personal_data=undoing.not_personal_data,
        reference=case.reference,
        found_at=link.found_at,
        reason=undoing.reason,
    )
    return Telling(to=link.reference, tidings=removed)
