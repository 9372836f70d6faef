"""Complaints of people affected to the CPS: DPA 2018 s.164A."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from chat.deadlines import complaint_line
from chat.elements import day_input, field, labelled, radio, section, select, text_input
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from chat.text import london_today
from domain.case import Case
from domain.people import Actor
from domain.report import LONGEST_REFERENCE
from domain.steps import ComplaintAcknowledged, ComplaintAnswered, ComplaintReceived
from domain.taxonomy import ComplaintOutcome, ComplaintRoute


class ComplaintForm(DecisionForm):
    """Asks when and how a complaint came, and what it is filed under; never whose it is."""

    kind = ComplaintReceived
    name = "complaint"
    title = "Complaint received"
    submit = "Record complaint"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The complaint; one about a case that is over opens it again."""
        over = "The case is over. A complaint opens it again, since its clock must run."
        return [
            *([section(over)] if case.is_over else []),
            section(
                "It is to be acknowledged within 30 days, the day on which it came counted, and "
                "answered without undue delay (DPA 2018 s.164A). No name belongs here."
            ),
            field("received_on", "When did it come?", day_input(london_today(now))),
            field("route", "How?", select(labelled(ComplaintRoute), "Choose how it came")),
            field(
                "complaint_reference",
                "Reference",
                text_input(multiline=False, longest=LONGEST_REFERENCE),
                hint="What it is filed under with you, for example CMP-2026-118.",
            ),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> ComplaintReceived:
        """The complaint."""
        return ComplaintReceived(
            by=by,
            received_on=filled.required(filled.day("received_on"), "received_on"),
            route=filled.required(filled.one_of("route", ComplaintRoute), "route"),
            complaint_reference=(filled.text("complaint_reference") or "").strip(),
        )


class ComplaintAcknowledgedForm(DecisionForm):
    """Asks when the complainant was told that it has arrived."""

    kind = ComplaintAcknowledged
    name = "complaint_acknowledged"
    title = "Complaint acknowledged"
    submit = "Record"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """Which complaint, and the day."""
        return [
            *_about(case, number, now),
            field("acknowledged_on", "When was it acknowledged?", day_input(london_today(now))),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> ComplaintAcknowledged:
        """The acknowledgement."""
        return ComplaintAcknowledged(
            by=by,
            number=filled.required(number, "acknowledged_on"),
            acknowledged_on=filled.required(filled.day("acknowledged_on"), "acknowledged_on"),
        )


class ComplaintAnsweredForm(DecisionForm):
    """Asks what came of it, and when the complainant was told."""

    kind = ComplaintAnswered
    name = "complaint_answered"
    title = "Outcome of a complaint"
    submit = "Record"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """Which complaint, its outcome, and the day."""
        return [
            *_about(case, number, now),
            field("outcome", "Outcome", radio(labelled(ComplaintOutcome))),
            field("answered_on", "When was the complainant told?", day_input(london_today(now))),
            field(
                "reason",
                "What was found, and what were they told?",
                text_input(),
                hint="Facts without names. Whoever is told also hears that they may go to the ICO.",
            ),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> ComplaintAnswered:
        """The outcome."""
        return ComplaintAnswered(
            by=by,
            number=filled.required(number, "outcome"),
            answered_on=filled.required(filled.day("answered_on"), "answered_on"),
            outcome=filled.required(filled.one_of("outcome", ComplaintOutcome), "outcome"),
            reason=filled.text("reason") or "",
        )


def _about(case: Case, number: int | None, now: datetime) -> list[Block]:
    complaint = case.complaint(number)
    return [section(complaint_line(complaint, now))] if complaint else []
