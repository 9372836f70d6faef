"""What a row of figures must say, by the events of its record."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from domain.case import Case
from domain.discipline.proceeding import Proceeding, ProceedingEvent
from domain.discipline.proceeding import after as after_move
from domain.folding import after
from domain.incident import Incident
from domain.opening import Opening
from domain.past import Imported
from domain.steps import CaseEvent, ReportReceived
from register.incidents import incident_values
from register.referrals import counted

Values = Mapping[str, Any]
Events = Sequence[Row[Any]]
"""Events with their number, kind, time and content, in order and none left out."""

Expected = Callable[[str | None, Events], Values]
"""The row by the text of what the record began with, and its events.

What it began with is not all in the events: of a case when it was reported, under which limits, and
whether as an exercise; of a referral its days.

Raises:
    ValidationError: when either can't be read.
    UnknownBeginningError: when there is no such text.
"""


class UnknownBeginningError(Exception):
    """The row that holds what a record began with is gone."""


def expected_incident(opening: str | None, events: Events) -> Values:
    """By its only event if it was imported, or by its case, folded as this version folds."""
    first = events[0]
    if first.kind == "imported":
        return incident_values(Imported.model_validate(first.details).incident)
    case = Case(opening=Opening.model_validate_json(_there(opening)))
    for row in events:
        event = CaseEvent.model_validate(_written(row))
        if isinstance(event.step, ReportReceived):
            # The chain proves this report, and nothing the one in the table of cases.
            told = case.opening.model_copy(update={"report": event.step.report})
            case = case.model_copy(update={"opening": told})
        case = after(case, event)
    return incident_values(Incident.of(case))


def expected_referral(state: str | None, events: Events) -> Values:
    """By HR's moves."""
    proceeding = Proceeding(referral=Proceeding.model_validate_json(_there(state)).referral)
    for row in events:
        proceeding = after_move(proceeding, ProceedingEvent.model_validate(_written(row)))
    return counted(proceeding)


def _there(beginning: str | None) -> str:
    if beginning is None:
        raise UnknownBeginningError
    return beginning


def _written(event: Row[Any]) -> dict[str, Any]:
    return {"number": event.number, "at": event.at, "step": event.details}
