"""How far a breach is contained, and which other organisations were told."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from chat.elements import (
    field,
    instant_input,
    labelled,
    radio,
    section,
    select,
    text_input,
    typed,
)
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from chat.text import moment, person
from domain.case import Case
from domain.people import Actor
from domain.remediation import ContainmentState, OutsideBody
from domain.remediation_content import LONGEST_NAME
from domain.steps import Containment, OrganisationTold

MOST_TOLD = 5
"""Two blocks each in the details; the count says how many there are in all."""


class ContainmentForm(DecisionForm):
    """Asks how far it is contained, with facts and time."""

    kind = Containment
    name = "containment"
    title = "Containment"
    submit = "Record"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """What was said last, then the questions."""
        return [
            *containment_blocks(case),
            field("state", "How far is it contained?", radio(labelled(ContainmentState))),
            field("as_of", "As of when?", instant_input(now)),
            field(
                "facts",
                "What shows it?",
                text_input(),
                hint="What was recovered, deleted, blocked or isolated. Facts without names.",
            ),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> Containment:
        """The state of containment."""
        return Containment(
            by=by,
            state=filled.required(filled.one_of("state", ContainmentState), "state"),
            as_of=filled.required(filled.instant("as_of"), "as_of"),
            facts=filled.text("facts") or "",
        )


class OrganisationToldForm(DecisionForm):
    """Asks who was told, when and what for."""

    kind = OrganisationTold
    name = "organisation_told"
    title = "Organisation told"
    submit = "Record"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """Who, when, what for. The ICO's form asks for it."""
        return [
            field("body", "Who was told?", select(labelled(OutsideBody), "Choose one")),
            field(
                "name",
                "Which one?",
                text_input(multiline=False, longest=LONGEST_NAME),
                hint="Such as West Midlands Police. The NCSC needs no name.",
                optional=True,
            ),
            field("told_at", "When?", instant_input(now)),
            field("purpose", "What for?", text_input(), hint="Facts without names."),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> OrganisationTold:
        """The record."""
        return OrganisationTold(
            by=by,
            body=filled.required(filled.one_of("body", OutsideBody), "body"),
            name=filled.text("name"),
            told_at=filled.required(filled.instant("told_at"), "told_at"),
            purpose=filled.text("purpose") or "",
        )


def containment_blocks(case: Case) -> list[Block]:
    """How far the breach is contained, and what was said last about it."""
    blocks: list[Block] = []
    said = case.containment.decision if case.containment else None
    if case.contained and not (said and said.state is case.contained):
        blocks.append(section(f"*Containment, by OST's review:* {case.contained.label.lower()}"))
    if said:
        who = f"by {person(said.by.user_id)} as of {moment(said.as_of)}"
        blocks += [section(f"*Containment, {who}:* {said.state.label.lower()}"), typed(said.facts)]
    return blocks


def told_blocks(case: Case) -> list[Block]:
    """The other organisations that were told, the latest records."""
    if not case.told:
        return []
    blocks: list[Block] = [section(f"*Other organisations told:* {len(case.told)}")]
    for each in case.told[-MOST_TOLD:]:
        told = each.decision
        who = f", {told.name}" if told.name else ""
        blocks += [
            section(f"{moment(told.told_at)}, recorded by {person(told.by.user_id)}"),
            typed(f"{told.body.label}{who}: {told.purpose}"),
        ]
    return blocks
