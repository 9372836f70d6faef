"""Somebody of whom the training record knows, and what makes two names one person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.training.due import Expected


@dataclass(frozen=True)
class Learner:
    """Somebody with all that is expected of them."""

    person: str
    """E-mail address or Slack member ID, as the learning system has it; the last of several."""
    area: str
    member_id: str | None
    """Who that is in Slack."""
    expected: tuple[Expected, ...]
    """Each course once, in the order of their keys."""
    address: str | None = None
    """Their e-mail address, where the learning system has it."""


def merged(found: Iterable[Learner]) -> list[Learner]:
    """Everybody once, by the names: who is one member of Slack under several is one learner.

    Args:
        found: by name; of several, the Area of the last counts.
    """
    people: dict[str, list[Learner]] = defaultdict(list)
    for each in found:
        people[each.member_id or each.person].append(each)
    return sorted((_one(names) for names in people.values()), key=lambda each: each.person)


def _one(names: Sequence[Learner]) -> Learner:
    last = names[-1]
    if len(names) == 1:
        return last
    courses: dict[str, list[Expected]] = defaultdict(list)
    for expected in (expected for each in names for expected in each.expected):
        courses[expected.course].append(expected)
    return Learner(
        last.person,
        last.area,
        next((each.member_id for each in names if each.member_id), None),
        tuple(_together(courses[key]) for key in sorted(courses)),
        next((each.address for each in reversed(names) if each.address), None),
    )


def _together(found: Sequence[Expected]) -> Expected:
    """A course that somebody is expected to take under several names, as one."""
    ends = [each.until for each in found]
    return Expected(
        course=found[0].course,
        since=min(each.since for each in found),
        until=None if None in ends else max(end for end in ends if end),
        completions=tuple(sorted({day for each in found for day in each.completions})),
    )
