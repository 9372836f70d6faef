"""The parts that our forms and messages are made of, within Slack's limits."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CheckboxesElement,
    ConfirmObject,
    ContextBlock,
    DatePickerElement,
    DateTimePickerElement,
    HeaderBlock,
    InputBlock,
    InputInteractiveElement,
    MarkdownTextObject,
    NumberInputElement,
    Option,
    OptionGroup,
    OverflowMenuElement,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    SectionBlock,
    StaticMultiSelectElement,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from domain.references import is_reference
from domain.report import LONGEST_TEXT
from domain.taxonomy import Labelled

VALUE = "value"
"""The action_id of every input: the block_id alone names the field."""
MORE = "more"
"""The action_id of every menu; what was chosen says which step."""
OPTION_LABEL = 75
SECTION_TEXT = 3000


def option(value: str, label: str) -> Option:
    """A choice; a longer label is cut to Slack's 75 characters."""
    shown = label if len(label) <= OPTION_LABEL else f"{label[: OPTION_LABEL - 1]}…"
    return Option(value=value, label=shown)


def field(
    name: str,
    label: str,
    element: InputInteractiveElement,
    *,
    hint: str | None = None,
    optional: bool = False,
) -> InputBlock:
    """An input whose block_id is the field's name, so that errors can be shown at it."""
    element.action_id = VALUE
    return InputBlock(block_id=name, label=label, element=element, hint=hint, optional=optional)


def text_input(
    *, multiline: bool = True, longest: int = LONGEST_TEXT, initial: str = ""
) -> PlainTextInputElement:
    """A free text; `initial` stands there beforehand."""
    return PlainTextInputElement(
        multiline=multiline, max_length=longest, initial_value=initial or None
    )


def number_input() -> NumberInputElement:
    """A whole number from 0. Slack refuses anything else before it shows us the other fields."""
    return NumberInputElement(is_decimal_allowed=False, min_value="0")


def select(
    options: Sequence[Option], placeholder: str, *, initial: str | None = None
) -> StaticSelectElement:
    """One of a list; `initial` is the value of the one that is chosen beforehand."""
    chosen = next((each for each in options if each.value == initial), None)
    return StaticSelectElement(
        options=list(options), placeholder=placeholder, initial_option=chosen
    )


def grouped_select(groups: Sequence[OptionGroup], placeholder: str) -> StaticSelectElement:
    """One of a list in groups."""
    return StaticSelectElement(option_groups=list(groups), placeholder=placeholder)


def multi_select(options: Sequence[Option], placeholder: str) -> StaticMultiSelectElement:
    """Any of a list."""
    return StaticMultiSelectElement(options=list(options), placeholder=placeholder)


def checkboxes(options: Sequence[Option]) -> CheckboxesElement:
    """Any of a few that are all in sight."""
    return CheckboxesElement(options=list(options))


def labelled(kind: type[Labelled], members: Sequence[Labelled] | None = None) -> list[Option]:
    """A choice for each member of an enumeration, or for some of them."""
    return [option(each, each.label) for each in members or kind]


def radio(options: Sequence[Option]) -> RadioButtonsElement:
    """One of a few that are all in sight."""
    return RadioButtonsElement(options=list(options))


def instant_input(initial: datetime | None = None) -> DateTimePickerElement:
    """A date and time; Slack gives an instant, so that no clock change can make it ambiguous."""
    seconds = int(initial.timestamp()) // 60 * 60 if initial else None
    return DateTimePickerElement(initial_date_time=seconds)


def day_input(initial: date | None) -> DatePickerElement:
    """A day."""
    return DatePickerElement(initial_date=initial.isoformat() if initial else None)


def person_input(placeholder: str, initial: str | None = None) -> UserSelectElement:
    """A member of the workspace."""
    return UserSelectElement(placeholder=placeholder, initial_user=initial)


def section(markdown: str) -> SectionBlock:
    """A paragraph of Slack's markup."""
    return SectionBlock(text=MarkdownTextObject(text=markdown[:SECTION_TEXT]))


def typed(text: str) -> SectionBlock:
    """What a person typed, shown to the letter: a mention or a link in it is only text."""
    return SectionBlock(text=PlainTextObject(text=text[:SECTION_TEXT] or "–", emoji=False))


def facts(pairs: Sequence[tuple[str, str]]) -> SectionBlock:
    """Up to ten labelled facts in two columns."""
    return SectionBlock(
        fields=[MarkdownTextObject(text=f"*{label}*\n{value}") for label, value in pairs]
    )


def header(text: str) -> HeaderBlock:
    """A headline."""
    return HeaderBlock(text=PlainTextObject(text=text[:150]))


def context(markdown: str) -> ContextBlock:
    """A quiet line."""
    return ContextBlock(elements=[MarkdownTextObject(text=markdown)])


def button(
    kind: str,
    label: str,
    reference: str,
    *,
    number: int | None = None,
    style: str | None = None,
    confirm: ConfirmObject | None = None,
) -> ButtonElement:
    """A button that starts the step `kind` of the case, or of its remedial action `number`."""
    return ButtonElement(
        action_id=kind,
        text=label,
        value=subject(reference, number),
        style=style,
        confirm=confirm,
    )


def buttons(
    elements: Sequence[ButtonElement | OverflowMenuElement], *, name: str = "steps"
) -> list[Block]:
    """A row of buttons; nothing when there are none.

    Its name stays the same, so that a press still counts while the message is being edited; where
    there are several rows, each needs its own.
    """
    return [ActionsBlock(block_id=name, elements=list(elements))] if elements else []


def menu(
    reference: str, choices: Sequence[tuple[str, str]], *, number: int | None = None
) -> OverflowMenuElement:
    """The quiet menu behind the buttons: up to five more steps, each by kind and label.

    With a number they are about that remedial action.
    """
    about = {"reference": reference, "number": number}
    return OverflowMenuElement(
        action_id=MORE,
        options=[
            Option(value=json.dumps({**about, "kind": kind}), label=label)
            for kind, label in choices
        ],
    )


def modal(
    callback: str, title: str, blocks: Sequence[Block], *, submit: str | None, metadata: str = ""
) -> View:
    """A modal; without `submit` it only shows something."""
    return View(
        type="modal",
        callback_id=callback,
        title=title,
        submit=submit,
        close="Cancel" if submit else "Done",
        blocks=list(blocks),
        private_metadata=metadata,
    )


def changed_form(
    view: Mapping[str, Any], blocks: Sequence[dict[str, Any]], *, title: str | None = None
) -> View:
    """The submitted form with other blocks. Slack keeps what was typed in fields that stay."""
    return View(
        type="modal",
        callback_id=view["callback_id"],
        title=title or view["title"],
        submit=view["submit"],
        close=view["close"],
        private_metadata=view["private_metadata"],
        blocks=list(blocks),
    )


def subject(reference: str, number: int | None = None) -> str:
    """What a button or a form is about. It comes back from outside: check it again."""
    return json.dumps({"reference": reference, "number": number})


def read_subject(text: str) -> tuple[str, int | None]:
    """The reference and the number of the remedial action, if any.

    Raises:
        ValueError: for anything else; a button's value can be forged.
    """
    value = json.loads(text)
    if not isinstance(value, dict) or not isinstance(value.get("reference"), str):
        raise ValueError("not the subject of a button of ours")
    if not is_reference(value["reference"]):
        raise ValueError("not the name of anything of ours")
    number = value.get("number")
    if number is not None and not (isinstance(number, int) and not isinstance(number, bool)):
        raise ValueError("not the subject of a button of ours")
    return value["reference"], number


def read_choice(text: str) -> tuple[str, str]:
    """The kind of step and the subject that a menu's choice is about.

    Raises:
        ValueError: for anything else; it can be forged.
    """
    value = json.loads(text)
    if not isinstance(value, dict) or not isinstance(value.get("kind"), str):
        raise ValueError("not a choice of a menu of ours")
    about = {name: value.get(name) for name in ("reference", "number")}
    return value["kind"], json.dumps(about)
