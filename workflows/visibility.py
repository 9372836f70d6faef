"""The search attributes of a case: the one registry of their names and types.

They are kept in clear text by Temporal, so they hold no personal data.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from temporalio.common import (
    SearchAttributeKey,
    SearchAttributePair,
    SearchAttributeUpdate,
    TypedSearchAttributes,
)

from domain.case import Case
from domain.case_clocks import overdue
from domain.stage import stage_of

REFERENCE = SearchAttributeKey.for_keyword("BreachReference")
STAGE = SearchAttributeKey.for_keyword("BreachStage")
AREA = SearchAttributeKey.for_keyword("BreachArea")
SEVERITY = SearchAttributeKey.for_keyword("BreachSeverity")
OST_DUE = SearchAttributeKey.for_datetime("BreachOstDue")
ICO_DUE = SearchAttributeKey.for_datetime("BreachIcoDue")
OVERDUE = SearchAttributeKey.for_bool("BreachOverdue")
DRILL = SearchAttributeKey.for_bool("BreachDrill")

KEYS: tuple[SearchAttributeKey[Any], ...] = (
    REFERENCE,
    STAGE,
    AREA,
    SEVERITY,
    OST_DUE,
    ICO_DUE,
    OVERDUE,
    DRILL,
)


def attributes(case: Case, now: datetime) -> TypedSearchAttributes:
    """The search attributes of the case at `now` (aware); severity once it is known."""
    pairs: list[SearchAttributePair[Any]] = [
        SearchAttributePair(REFERENCE, case.reference),
        SearchAttributePair(STAGE, stage_of(case).value),
        SearchAttributePair(AREA, case.area),
        SearchAttributePair(OST_DUE, case.ost_due),
        SearchAttributePair(ICO_DUE, case.ico_due),
        SearchAttributePair(OVERDUE, bool(overdue(case, now))),
        SearchAttributePair(DRILL, case.opening.drill),
    ]
    severity = case.review.decision.severity if case.review else None
    if severity:
        pairs.append(SearchAttributePair(SEVERITY, severity.value))
    return TypedSearchAttributes(pairs)


def changes(
    before: TypedSearchAttributes, after: TypedSearchAttributes
) -> Sequence[SearchAttributeUpdate[Any]]:
    """Only what differs, since every update of attributes is an event of the history."""
    return [pair.key.value_set(pair.value) for pair in after if before.get(pair.key) != pair.value]
