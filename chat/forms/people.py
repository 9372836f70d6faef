"""Telling the people affected (UK GDPR Art. 34; DPA 2018 s.68)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from slack_sdk.models.blocks import Block

from chat.elements import (
    day_input,
    field,
    instant_input,
    number_input,
    option,
    radio,
    select,
    text_input,
)
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from chat.forms.known import report_blocks, review_blocks
from domain.case import Case
from domain.clocks import LONDON
from domain.grounds import Ground
from domain.people import Actor
from domain.steps import PeopleInformed
from domain.taxonomy import Communication

USUAL_RESTRICTION = timedelta(days=28)


class PeopleInformedForm(DecisionForm):
    """Asks whether they were told, need not be told, or not yet; the last until a review date."""

    kind = PeopleInformed
    name = "people_informed"
    title = "People affected"
    submit = "Record"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The case, then the questions; what is needed depends on the first answer."""
        grounds = [option(each, f"{each.law}: {each.label}") for each in Ground]
        review_on = (now + USUAL_RESTRICTION).astimezone(LONDON).date()
        return [
            *report_blocks(case),
            *review_blocks(case),
            field(
                "communication",
                "Are they told?",
                radio([option(each, each.label) for each in Communication]),
                hint="They must be told without undue delay where the risk to them is high.",
            ),
            field("told_at", "If told: when?", instant_input(), optional=True),
            field("number", "If told: how many people?", number_input(), optional=True),
            field(
                "ground",
                "If not: on what ground?",
                select(grounds, "Choose the ground in law"),
                optional=True,
            ),
            field(
                "review_on",
                "If restricted: looked at again on",
                day_input(review_on),
                hint="A restriction lasts only as long as it is necessary and proportionate.",
                optional=True,
            ),
            field("reason", "How they were told, or why not", text_input()),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> PeopleInformed:
        """The decision, without answers that belong to another choice."""
        chosen = filled.required(filled.choice("communication"), "communication")
        communication = Communication(chosen)
        told = communication is Communication.TOLD
        restricted = communication is Communication.RESTRICTED
        return PeopleInformed(
            by=by,
            communication=communication,
            told_at=filled.instant("told_at") if told else None,
            number=filled.number("number") if told else None,
            ground=None if told else filled.one_of("ground", Ground),
            review_on=filled.day("review_on") if restricted else None,
            reason=filled.text("reason") or "",
        )
