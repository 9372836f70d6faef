"""From the simple values of a page to the `state.values` that Slack sends."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from localslack.blocks.walk import controls, options_of
from localslack.errors import BadRequestError
from localslack.kinds import Json

Values = dict[str, Json]
"""`state.values`: Slack's shape of a value, by block id and action id."""

_ID_FORMS = {
    "users_select": re.compile(r"[UW][A-Z0-9]+"),
    "channels_select": re.compile(r"[CG][A-Z0-9]+"),
    "conversations_select": re.compile(r"[CGD][A-Z0-9]+"),
}


@dataclass(frozen=True)
class _Kind:
    key: str
    """Where the value stands in the state."""
    initial: str
    """Where the app gives the first value."""
    many: bool = False
    option: bool = False


_KINDS = {
    "plain_text_input": _Kind("value", "initial_value"),
    "email_text_input": _Kind("value", "initial_value"),
    "url_text_input": _Kind("value", "initial_value"),
    "number_input": _Kind("value", "initial_value"),
    "datepicker": _Kind("selected_date", "initial_date"),
    "timepicker": _Kind("selected_time", "initial_time"),
    "datetimepicker": _Kind("selected_date_time", "initial_date_time"),
    "static_select": _Kind("selected_option", "initial_option", option=True),
    "external_select": _Kind("selected_option", "initial_option", option=True),
    "radio_buttons": _Kind("selected_option", "initial_option", option=True),
    "users_select": _Kind("selected_user", "initial_user"),
    "channels_select": _Kind("selected_channel", "initial_channel"),
    "conversations_select": _Kind("selected_conversation", "initial_conversation"),
    "multi_static_select": _Kind("selected_options", "initial_options", many=True, option=True),
    "multi_external_select": _Kind("selected_options", "initial_options", many=True, option=True),
    "checkboxes": _Kind("selected_options", "initial_options", many=True, option=True),
    "multi_users_select": _Kind("selected_users", "initial_users", many=True),
    "multi_channels_select": _Kind("selected_channels", "initial_channels", many=True),
    "multi_conversations_select": _Kind(
        "selected_conversations", "initial_conversations", many=True
    ),
}


def holds_state(element: Json) -> bool:
    """Whether the element keeps a value; a button or an overflow menu does not."""
    return element["type"] in _KINDS


def value_in(element: Json, shape: Json) -> Any:
    """The value inside Slack's shape: a string, an option, a list; None or [] when empty."""
    return shape.get(_KINDS[element["type"]].key)


def shaped(element: Json, value: Any) -> Json:
    """Slack's shape of a value, such as `{"type": "datepicker", "selected_date": …}`."""
    kind = _KINDS[element["type"]]
    empty: Any = [] if kind.many else None
    return {"type": element["type"], kind.key: value or empty}


def from_simple(element: Json, simple: Any, offered: Mapping[str, Json]) -> Json:
    """Slack's shape of a simple value.

    Args:
        element: the control.
        simple: what the page sends, see README.md.
        offered: options that the app offered for an external select, by value.

    Raises:
        BadRequestError: no person could have made that choice in this control.
    """
    kind = _KINDS[element["type"]]
    if simple is None or simple in ("", []):
        return shaped(element, None)
    if kind.many != isinstance(simple, list):
        wanted = "a list" if kind.many else "one value"
        raise BadRequestError(f"{element['action_id']}: a {element['type']} takes {wanted}")
    if kind.option:
        choices = {o["value"]: o for o in options_of(element)} | dict(offered)
        chosen = [_choice(element, choices, v) for v in (simple if kind.many else [simple])]
        return shaped(element, chosen if kind.many else chosen[0])
    return shaped(element, _plain(element, simple))


def initial_values(blocks: list[Json]) -> Values:
    """The state of a view that nobody has touched yet."""
    values: Values = {}
    for block, element in controls(blocks):
        if holds_state(element):
            first = element.get(_KINDS[element["type"]].initial)
            _put(values, block, element, shaped(element, first))
    return values


def kept_values(blocks: list[Json], before: Values) -> Values:
    """The state after an update: kept where block id, action id and type are the same.

    Slack keeps what a person typed when an updated view has the same block and action id, even
    if the app gives another initial value.
    """
    values = initial_values(blocks)
    for block_id, actions in values.items():
        for action_id, shape in actions.items():
            old = before.get(block_id, {}).get(action_id)
            if old and old["type"] == shape["type"]:
                actions[action_id] = old
    return values


def merged(
    blocks: list[Json],
    before: Values,
    simple: Mapping[str, Mapping[str, Any]],
    offered: Mapping[tuple[str, str], Mapping[str, Json]],
) -> Values:
    """The state after a page sent `simple` values by block id and action id.

    Raises:
        BadRequestError: a value that no person could give, or for a control that isn't there.
    """
    values = {block_id: dict(actions) for block_id, actions in before.items()}
    missing = {(b, a) for b, actions in simple.items() for a in actions}
    for block, element in controls(blocks):
        place = (block["block_id"], element["action_id"])
        if place in missing and holds_state(element):
            missing.discard(place)
            given = simple[place[0]][place[1]]
            _put(values, block, element, from_simple(element, given, offered.get(place, {})))
    if missing:
        block_id, action_id = sorted(missing)[0]
        raise BadRequestError(f"there is no input {action_id!r} in a block {block_id!r}")
    return values


def _put(values: Values, block: Json, element: Json, shape: Json) -> None:
    values.setdefault(block["block_id"], {})[element["action_id"]] = shape


def _choice(element: Json, choices: Mapping[str, Json], value: Any) -> Json:
    if not isinstance(value, str) or value not in choices:
        raise BadRequestError(f"{element['action_id']}: {value!r} is not one of the options")
    return choices[value]


def _plain(element: Json, simple: Any) -> Any:
    if element["type"] == "datetimepicker":
        if isinstance(simple, bool) or not isinstance(simple, int):
            raise BadRequestError(f"{element['action_id']}: a date and time is Unix seconds")
        return simple
    items = simple if isinstance(simple, list) else [simple]
    if not all(isinstance(item, str) for item in items):
        raise BadRequestError(f"{element['action_id']}: a {element['type']} takes text")
    form = _ID_FORMS.get(element["type"].removeprefix("multi_"))
    if form and not all(form.fullmatch(item) for item in items):
        raise BadRequestError(f"{element['action_id']}: {simple!r} is not an id such as U0PRIYA")
    return simple
