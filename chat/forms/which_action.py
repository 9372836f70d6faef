"""Which remedial action a form is about: the button says, or the person chooses."""

from slack_sdk.models.blocks import Block

from chat.elements import field, option, section, select, typed
from chat.filled import Filled
from chat.text import day, person
from domain.case import Case

NUMBER = "number"
MOST_OPTIONS = 100


def which_action(case: Case, number: int | None) -> list[Block]:
    """The action that the form is about; without a number, the open ones to choose from."""
    action = case.action(number)
    if action:
        return [
            section(
                f"Remedial action {action.number} of {person(action.owner)}, "
                f"due {day(action.due_on)}"
            ),
            typed(action.description),
        ]
    choices = [
        option(str(each.number), f"{each.number}, due {day(each.due_on)}: {each.description}")
        for each in case.open_actions[:MOST_OPTIONS]
    ]
    return [field(NUMBER, "Which remedial action?", select(choices, "Choose one"))]


def chosen_action(filled: Filled, number: int | None) -> int:
    """The number of the action, from the button or from the form.

    Raises:
        MissingFieldError: when neither says it.
        ValueError: for a choice that is no number.
    """
    if number is not None:
        return number
    return int(filled.required(filled.choice(NUMBER), NUMBER))
