"""Completing the facts: what was not yet known when it was reported (Art. 33(4); s.67(5))."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from chat.elements import (
    field,
    number_input,
    option,
    section,
    select,
    text_input,
)
from chat.filled import Filled
from chat.forms.circumstances import bands, circumstances_asked, circumstances_blocks
from chat.forms.decision import DecisionForm
from chat.text import occurred
from domain.case import Case
from domain.data import Answer, DataSubject, DataType, PeopleBand, Recovered
from domain.people import Actor
from domain.steps import FactsCompleted
from domain.summary import people_affected

AS_IT_IS = "Leave as it is"
REPLACES = "Takes the place of what was chosen before."


class FactsForm(DecisionForm):
    """Shows what is known, and takes only what is new: nobody overwrites what they left out."""

    kind = FactsCompleted
    name = "facts_completed"
    title = "Complete the facts"
    submit = "Record"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """What is known, then the same questions that the report asked."""
        known = occurred(case.facts) or "not yet known"
        return [
            section(f"*Now:* people affected: {people_affected(case).lower()}; occurred: {known}."),
            *circumstances_blocks(case, shows_involved=False),
            section("Fill in what is new. What you leave out stays; no decision is changed."),
            field(
                "people_affected",
                "How many people are affected, at most?",
                number_input(),
                hint="Wrong recipients are not counted.",
                optional=True,
            ),
            field(
                "people_band",
                "Or roughly how many?",
                select([*bands(), option(PeopleBand.UNKNOWN, "Not yet known")], AS_IT_IS),
                hint="Takes the place of a number that was given before.",
                optional=True,
            ),
            *circumstances_asked(AS_IT_IS, AS_IT_IS, REPLACES),
            field(
                "reason",
                "What was found out, and how?",
                text_input(),
                hint="Facts without names. The old values stay on record.",
            ),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> FactsCompleted:
        """What is new."""
        return FactsCompleted(
            by=by,
            people_affected=filled.number("people_affected"),
            people_band=filled.one_of("people_band", PeopleBand),
            occurred_at=filled.instant("occurred_at"),
            occurred_until=filled.instant("occurred_until"),
            casework=filled.one_of("casework", Answer),
            data_types=filled.all_of("data_types", DataType),
            data_subjects=filled.all_of("data_subjects", DataSubject),
            recovered=filled.one_of("recovered", Recovered),
            retained_in_cjs=filled.one_of("retained_in_cjs", Answer),
            live_proceedings=filled.one_of("live_proceedings", Answer),
            physical_safety=filled.one_of("physical_safety", Answer),
            reason=filled.text("reason") or "",
        )
