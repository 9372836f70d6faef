"""How a case becomes the columns of its row."""

from typing import Any

from domain.case import Case
from domain.stage import stage_of
from domain.waiting import next_due


def case_values(case: Case) -> dict[str, Any]:
    """The columns that follow from the case's state."""
    report = case.opening.report
    severity = case.review.decision.severity if case.review else None
    return {
        "opening": case.opening.model_dump(mode="json"),
        "drill": case.opening.drill,
        "area": report.area,
        "incident_type": report.incident_type.value,
        "discovered_at": case.discovered_at,
        "reported_at": case.opening.reported_at,
        "ost_due": case.ost_due,
        "ico_due": case.ico_due,
        "stage": stage_of(case).value,
        "severity": severity.value if severity else None,
        "reporter": case.opening.reporter,
        "next_due": next_due(case),
        "events": case.events,
        "state": case.model_dump(mode="json"),
    }
