"""Completing the facts: what was not yet known when it was reported (Art. 33(4); s.67(5))."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from chat.elements import (
    field,
    instant_input,
    labelled,
    multi_select,
    number_input,
    option,
    section,
    select,
    text_input,
)
from chat.filled import Filled
from chat.forms.circumstances import bands, circumstances_blocks
from chat.forms.decision import DecisionForm
from chat.text import occurred, people_affected
from domain.case import Case
from domain.data import Answer, DataSubject, DataType, PeopleBand, Recovered
from domain.people import Actor
from domain.steps import FactsCompleted

AS_IT_IS = "Leave as it is"


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
            field("occurred_at", "When did it happen?", instant_input(), optional=True),
            field(
                "occurred_until",
                "If it happened over a time: until when?",
                instant_input(),
                optional=True,
            ),
            _choice("casework", "Is it about material of a criminal case?", Answer),
            field(
                "data_types",
                "Which data?",
                multi_select(labelled(DataType), AS_IT_IS),
                hint="Takes the place of what was chosen before.",
                optional=True,
            ),
            field(
                "data_subjects",
                "Whose data?",
                multi_select(labelled(DataSubject), AS_IT_IS),
                hint="Takes the place of what was chosen before.",
                optional=True,
            ),
            _choice("recovered", "Has the data been recovered?", Recovered),
            _choice("retained_in_cjs", "Did it stay within the criminal justice system?", Answer),
            _choice("live_proceedings", "Are there live proceedings?", Answer),
            _choice("physical_safety", "Could anybody's physical safety be at risk?", Answer),
            field(
                "reason",
                "What was found out, and how?",
                text_input(),
                hint="Facts without names. The old values stay on record.",
            ),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> FactsCompleted:
        """What is new."""
        people, recovered = filled.text("people_affected"), filled.choice("recovered")
        roughly = filled.choice("people_band")
        return FactsCompleted(
            by=by,
            people_affected=int(people) if people else None,
            people_band=PeopleBand(roughly) if roughly else None,
            occurred_at=filled.instant("occurred_at"),
            occurred_until=filled.instant("occurred_until"),
            casework=_answer(filled, "casework"),
            data_types=tuple(DataType(each) for each in filled.choices("data_types")),
            data_subjects=tuple(DataSubject(each) for each in filled.choices("data_subjects")),
            recovered=Recovered(recovered) if recovered else None,
            retained_in_cjs=_answer(filled, "retained_in_cjs"),
            live_proceedings=_answer(filled, "live_proceedings"),
            physical_safety=_answer(filled, "physical_safety"),
            reason=filled.text("reason") or "",
        )


def _choice(name: str, label: str, kind: type[Answer] | type[Recovered]) -> Block:
    return field(name, label, select(labelled(kind), AS_IT_IS), optional=True)


def _answer(filled: Filled, name: str) -> Answer | None:
    chosen = filled.choice(name)
    return Answer(chosen) if chosen else None
