"""Assessing severity: the grid, and ENISA's measure beside it."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, DividerBlock

from chat.elements import checkboxes, field, labelled, multi_select, option, section, select
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from domain.case import Case
from domain.enisa_facts import (
    Adjuster,
    Availability,
    Confidentiality,
    DataCategory,
    Identification,
    Integrity,
    categories,
)
from domain.people import Actor
from domain.severity_grid import Effect, Likelihood
from domain.severity_of_case import advice_of
from domain.steps import SeverityAssessment

CONTAINED, MALICIOUS, UNINTELLIGIBLE = "contained", "malicious", "unintelligible"


class SeverityForm(DecisionForm):
    """Asks the questions of both measures; one of them is enough."""

    kind = SeverityAssessment
    name = "severity_assessment"
    title = "Assess severity"
    submit = "Record"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The grid's questions, then ENISA's."""
        return [
            section(
                "Both measures advise; a person judges. One is enough, and it may be done again."
            ),
            section(f"_{advice_of(case).safety}_"),
            *_grid_questions(),
            DividerBlock(),
            *_enisa_questions(case),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> SeverityAssessment:
        """The answers; nothing stands in for what was not answered."""
        marks = (*filled.choices("grid_marks"), *filled.choices("enisa_marks"))
        return SeverityAssessment(
            by=by,
            likelihood=filled.one_of("likelihood", Likelihood),
            effect=filled.one_of("effect", Effect),
            contained=CONTAINED in marks,
            categories=filled.all_of("categories", DataCategory),
            adjusters=filled.all_of("adjusters", Adjuster),
            identification=filled.one_of("identification", Identification),
            confidentiality=filled.one_of("confidentiality", Confidentiality)
            or Confidentiality.EXPOSED,
            integrity=filled.one_of("integrity", Integrity) or Integrity.KEPT,
            availability=filled.one_of("availability", Availability) or Availability.KEPT,
            malicious=MALICIOUS in marks,
            unintelligible=UNINTELLIGIBLE in marks,
        )


def severity_blocks(case: Case) -> list[Block]:
    """How each measure came to its advice; nothing before there is an assessment."""
    advice = advice_of(case)
    blocks: list[Block] = []
    if advice.grid:
        how = " ".join(advice.grid.explanation)
        blocks.append(section(f"*Grid advises: {advice.grid.outcome.label}.* {how}"))
    if advice.enisa:
        how = " ".join((*advice.enisa.explanation, *advice.enisa.flags))
        what = advice.enisa.advice.label
        blocks.append(section(f"*ENISA: {advice.enisa.level.label}. {what}.* {how}"))
    return blocks


def _grid_questions() -> list[Block]:
    return [
        section("*The grid*: likelihood by effect, from 1 to 5 each"),
        field(
            "likelihood",
            "How likely is it that people come to harm?",
            select(labelled(Likelihood), "1 to 5"),
            optional=True,
        ),
        field(
            "effect",
            "How severe would the harm be?",
            select(labelled(Effect), "1 to 5"),
            optional=True,
        ),
        field(
            "grid_marks",
            "Containment",
            checkboxes([option(CONTAINED, "It is contained: recovered, deleted, or trusted")]),
            optional=True,
        ),
    ]


def _enisa_questions(case: Case) -> list[Block]:
    kinds = multi_select(labelled(DataCategory), "The kinds of data")
    proposed = categories(case.facts.circumstances.data_types)
    kinds.initial_options = [option(each, each.label) for each in proposed] or None
    return [
        section(
            "*ENISA*: kind of data (DPC) × ease of identification (EI) + circumstances of the "
            "breach (CB)"
        ),
        field("categories", "Which kinds of data?", kinds, optional=True),
        field(
            "adjusters",
            "What makes it weigh more or less?",
            multi_select(labelled(Adjuster), "Each counts one step"),
            optional=True,
        ),
        field(
            "identification",
            "How easily can people be identified?",
            select(labelled(Identification), "Choose one"),
            optional=True,
        ),
        field(
            "confidentiality",
            "Who came to see it?",
            select(labelled(Confidentiality), Confidentiality.EXPOSED.label),
            optional=True,
        ),
        field(
            "integrity",
            "Was it altered?",
            select(labelled(Integrity), Integrity.KEPT.label),
            optional=True,
        ),
        field(
            "availability",
            "Was it missing?",
            select(labelled(Availability), Availability.KEPT.label),
            optional=True,
        ),
        field(
            "enisa_marks",
            "Mark",
            checkboxes(
                [
                    option(MALICIOUS, "It was done on purpose"),
                    option(UNINTELLIGIBLE, "Whoever has it can't read it (encrypted)"),
                ]
            ),
            optional=True,
        ),
    ]
