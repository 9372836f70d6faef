"""Remedial actions: giving one to somebody, and recording that it is done."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from slack_sdk.models.blocks import Block

from chat.elements import (
    day_input,
    field,
    option,
    person_input,
    select,
    text_input,
)
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from chat.forms.which_action import chosen_action, which_action
from domain.case import Case
from domain.clocks import LONDON
from domain.people import Actor
from domain.remedies import remedies_for, remedy
from domain.steps import ActionDone, NewAction

TEMPLATE = "template"
USUAL_TIME = timedelta(days=7)


class NewActionForm(DecisionForm):
    """Asks what is to be done, by whom and by when."""

    kind = NewAction
    name = "action_added"
    title = "Add remedial action"
    submit = "Add action"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """What, who, by when; the usual actions for this type of incident can be chosen."""
        report = case.opening.report
        usual = remedies_for(
            report.incident_type, physical_safety=case.facts.circumstances.physical_safety
        )
        return [
            field(
                TEMPLATE,
                f"Usual for: {report.incident_type.label}",
                select([option(each.key, each.description) for each in usual], "Choose one"),
                optional=True,
                hint="A course is recorded as done once the training record shows that the "
                "owner took it from today on. Who took it before records it as done themselves.",
            ),
            field(
                "description",
                "Or in your own words: what is to be done?",
                text_input(),
                hint="What you write here counts, whatever is chosen above.",
                optional=True,
            ),
            field("owner", "Who does it?", person_input("Choose a person")),
            field("due_on", "By when?", day_input((now + USUAL_TIME).astimezone(LONDON).date())),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> NewAction:
        """The new action."""
        return NewAction(
            by=by,
            description=_description(filled),
            owner=filled.required(filled.user("owner"), "owner"),
            due_on=filled.required(filled.day("due_on"), "due_on"),
            course=_course(filled),
        )


def _description(filled: Filled) -> str:
    """What was written, or else what was chosen.

    Raises:
        ValueError: for a choice that no template has.
    """
    written, chosen = filled.text("description"), filled.choice(TEMPLATE)
    if written or not chosen:
        return written or ""
    return remedy(chosen).description


def _course(filled: Filled) -> str:
    """What the chosen template asks for, unless something else was written."""
    chosen = filled.choice(TEMPLATE)
    return "" if filled.text("description") or not chosen else remedy(chosen).course


class ActionDoneForm(DecisionForm):
    """Asks for what shows that the action is done."""

    kind = ActionDone
    name = "action_completed"
    title = "Complete action"
    submit = "Record as done"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The action, then its evidence."""
        evidence = text_input()
        return [
            *which_action(case, number),
            field("evidence", "What shows that it is done?", evidence, hint="Facts without names."),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> ActionDone:
        """The completion."""
        return ActionDone(
            by=by, number=chosen_action(filled, number), evidence=filled.text("evidence") or ""
        )
