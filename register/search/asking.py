"""A search as it was typed, and the question that it puts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.dates import parse_day
from domain.organisation import Organisation
from domain.origin import Origin
from domain.taxonomy import Classification, IncidentType, Stage
from domain.words import area_words, words_of
from register.search.finding import Question

MOST = 100_000
"""Incidents that one search may give."""


@dataclass(frozen=True)
class Asked:
    """A search as it was typed; None: anything."""

    reference: str | None = None
    area: str | None = None
    incident_type: str | None = None
    stage: str | None = None
    classification: str | None = None
    origin: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    overdue: bool = False
    drill: bool = False
    limit: int = 50


class AskedWronglyError(Exception):
    """The question can't be put; each problem names its option."""

    def __init__(self, problems: list[str]) -> None:
        """The problems."""
        super().__init__("; ".join(problems))
        self.problems = problems


def question_of(asked: Asked, organisation: Organisation, now: datetime) -> Question:
    """The search as it is put to the register.

    Args:
        asked: as typed.
        organisation: for its Areas.
        now: the present (aware).

    Raises:
        AskedWronglyError: naming every option that is wrong.
    """
    readers: dict[str, tuple[str, Callable[[str], Any]]] = {
        "area": ("--area", area_words(organisation).find),
        "incident_type": ("--type", words_of("a type of incident", IncidentType).find),
        "stage": ("--stage", words_of("a stage", Stage).find),
        "classification": ("--classification", words_of("a finding", Classification).find),
        "origin": ("--origin", words_of("an origin", Origin).find),
        "first_day": ("--from", parse_day),
        "last_day": ("--to", parse_day),
    }
    values: dict[str, Any] = {}
    problems = []
    for field, (option, read) in readers.items():
        typed = getattr(asked, field)
        try:
            values[field] = None if typed is None else read(typed)
        except ValueError as error:
            problems.append(f"{option}: {error}")
    first, last = values.get("first_day"), values.get("last_day")
    if first and last and last < first:
        problems.append("--to: this is before --from: change them round")
    if not 1 <= asked.limit <= MOST:
        problems.append(f"--limit: give a number from 1 to {MOST:,}")
    if asked.reference is not None and not asked.reference.strip():
        problems.append("--reference: give a reference or how it begins, for example 2026-42")
    if problems:
        raise AskedWronglyError(problems)
    return Question(
        reference=asked.reference,
        overdue_at=now if asked.overdue else None,
        # Whoever knows its reference need not know that it was an exercise.
        drill=None if asked.reference and not asked.drill else asked.drill,
        limit=asked.limit,
        **values,
    )
