"""OST's review: what the incident is, and how serious."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from chat.elements import field, option, radio, text_input
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from chat.forms.details import report_blocks
from domain.case import Case
from domain.people import Actor
from domain.steps import Review
from domain.taxonomy import Classification, Severity


class ReviewForm(DecisionForm):
    """Shows what was reported, and asks for classification, severity and reasons."""

    kind = Review
    name = "review"
    title = "OST review"
    submit = "Record review"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The report, then the questions."""
        return [
            *report_blocks(case),
            field(
                "classification",
                "What is it?",
                radio([option(each, each.label) for each in Classification]),
            ),
            field(
                "severity",
                "If it is a breach, how serious?",
                radio([option(each, each.label) for each in Severity]),
                hint="Your judgement of what it may mean for the people affected.",
                optional=True,
            ),
            field(
                "reason",
                "Reasons",
                text_input(),
                hint="Nature, scope and impact. Facts without names.",
            ),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> Review:
        """The review."""
        severity = filled.choice("severity")
        return Review(
            by=by,
            classification=Classification(
                filled.required(filled.choice("classification"), "classification")
            ),
            severity=Severity(severity) if severity else None,
            reason=filled.text("reason") or "",
        )
