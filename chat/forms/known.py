"""What was reported and found so far: in the details, and above what a form asks next."""

from slack_sdk.models.blocks import Block

from chat.elements import facts, section, typed
from chat.text import moment_alone, occurred_alone, person
from domain.case import Case
from domain.summary import people_affected


def report_blocks(case: Case) -> list[Block]:
    """What was reported."""
    report = case.opening.report
    late = (
        [section("*Why OST heard late*"), typed(report.late_reason)] if report.late_reason else []
    )
    return [
        facts(
            [
                ("What happened", report.incident_type.label),
                ("People affected", people_affected(case)),
                ("Discovered", moment_alone(case.discovered_at)),
                ("Occurred", occurred_alone(case.facts)),
            ]
        ),
        section(f"*Reported by {person(case.opening.reporter)}*"),
        typed(report.description),
        *late,
    ]


def review_blocks(case: Case) -> list[Block]:
    """What OST's review found; nothing before it."""
    if not case.review:
        return []
    review = case.review.decision
    severity = f", severity {review.severity.label.lower()}" if review.severity else ""
    return [
        section(
            f"*OST review by {person(review.by.user_id)}*: {review.classification.label}{severity}"
        ),
        typed(review.reason),
    ]
