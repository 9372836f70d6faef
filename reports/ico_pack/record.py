"""A case with the events that made it: how it stands, and how it stood when the ICO was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from domain.case import Case
from domain.folding import after
from domain.opening import Opening
from domain.steps import CaseEvent, Decision

DecisionT = TypeVar("DecisionT", bound=Decision)

WHOLE_MINUTES = timedelta(minutes=1)
"""Forms give whole minutes, so that a time may come up to a minute early."""


@dataclass(frozen=True)
class Record:
    """A case as its events make it."""

    case: Case
    events: tuple[CaseEvent, ...]

    @classmethod
    def of(cls, opening: Opening, events: Sequence[CaseEvent]) -> "Record":
        """The case after these events, all that it has up to a moment, in order."""
        case = Case(opening=opening)
        for event in events:
            case = after(case, event)
        return cls(case, tuple(events))

    @property
    def told_at(self) -> datetime | None:
        """When the ICO was told last (UTC); None when it never was."""
        submission = self.case.ico_submission
        if submission is None:
            return None
        follow_ups = [each.decision.sent_at for each in self.case.follow_ups]
        return max([submission.decision.submitted_at, *follow_ups])

    def until(self, moment: datetime) -> "Record":
        """The record as it stood at a moment (aware) that somebody gave in whole minutes."""
        before = [event for event in self.events if event.at <= moment + WHOLE_MINUTES]
        return Record.of(self.case.opening, before)

    def steps(self, kind: type[DecisionT]) -> list[DecisionT]:
        """The steps of a kind, in order."""
        return [event.step for event in self.events if isinstance(event.step, kind)]
