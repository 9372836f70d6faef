"""Remedial actions: giving one to somebody, and recording that it is done."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from slack_sdk.models.blocks import Block

from chat.elements import day_input, field, person_input, section, text_input, typed
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from chat.text import day, person
from domain.case import Case
from domain.clocks import LONDON
from domain.people import Actor
from domain.steps import ActionDone, NewAction

USUAL_TIME = timedelta(days=7)


class NewActionForm(DecisionForm):
    """Asks what is to be done, by whom and by when."""

    kind = NewAction
    name = "action_added"
    title = "Add remedial action"
    submit = "Add action"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """What, who, by when."""
        return [
            field(
                "description",
                "What is to be done?",
                text_input(),
                hint="For example: recall the e-mail and confirm its deletion.",
            ),
            field("owner", "Who does it?", person_input("Choose a person")),
            field("due_on", "By when?", day_input((now + USUAL_TIME).astimezone(LONDON).date())),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> NewAction:
        """The new action."""
        return NewAction(
            by=by,
            description=filled.text("description") or "",
            owner=filled.required(filled.user("owner"), "owner"),
            due_on=filled.required(filled.day("due_on"), "due_on"),
        )


class ActionDoneForm(DecisionForm):
    """Asks for what shows that the action is done."""

    kind = ActionDone
    name = "action_completed"
    title = "Complete action"
    submit = "Record as done"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The action, then its evidence."""
        about: list[Block] = []
        for action in case.actions:
            if action.number == number:
                about = [
                    section(
                        f"Remedial action {action.number} of {person(action.owner)}, "
                        f"due {day(action.due_on)}"
                    ),
                    typed(action.description),
                ]
        evidence = text_input()
        return [
            *about,
            field("evidence", "What shows that it is done?", evidence, hint="Facts without names."),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> ActionDone:
        """The completion."""
        return ActionDone(by=by, number=number or 0, evidence=filled.text("evidence") or "")
