"""Folding the links of two cases that are one breach."""

from datetime import datetime

from domain.case import Case, Taken
from domain.duplicates import Duplicate, Link, holding, undone
from domain.folding_from_outside import opened_again
from domain.steps import DuplicateAdded, DuplicateRemoved, Merged, Separation
from domain.steps.duplicates import name_of

Linking = Merged | DuplicateAdded | DuplicateRemoved | Separation


def link_changes(case: Case, step: Linking, at: datetime) -> dict[str, object]:
    """What such a step at `at` (aware) changes about the case."""
    match step:
        case Merged():
            return {"merges": (*case.merges, _merge(case, step, at))}
        case DuplicateAdded():
            return _with_duplicate(case, step, at)
        case DuplicateRemoved():
            return {"duplicates": _without_duplicate(case, step, at)}
        case Separation():
            return _separated(case, step, at)


def _merge(case: Case, step: Merged, at: datetime) -> Link:
    return Link(reference=step.into, at=at, found_at=case.review.at if case.review else at)


def _with_duplicate(case: Case, step: DuplicateAdded, at: datetime) -> dict[str, object]:
    added = Duplicate(
        reference=step.reference,
        at=at,
        found_at=step.found_at,
        discovered_at=step.discovered_at,
        aware_at=step.aware_at,
    )
    again = opened_again(case) if case.is_over else {}
    return {"duplicates": (*case.duplicates, added), **again}


def _without_duplicate(case: Case, step: DuplicateRemoved, at: datetime) -> tuple[Duplicate, ...]:
    links = case.duplicates
    for link in links:
        if (link.reference, link.found_at) == name_of(step):
            links = undone(links, link, at=at, by=step.by.user_id)
    return links


def _separated(case: Case, step: Separation, at: datetime) -> dict[str, object]:
    """What it was before it was found to be a duplicate, with the links marked as undone."""
    links = case.merges
    for link in holding(case.merges):
        links = undone(links, link, at=at, by=step.by.user_id)
    return {
        "merges": links,
        "separation": Taken(decision=step, at=at),
        "review": case.review_before,
        "review_before": None,
        "reopenings": case.reopenings + 1,
    }
