"""Slack's rules for the elements of Block Kit: buttons, inputs, menus.

The figures are those of Slack's Block Kit reference.
"""

from decimal import Decimal, InvalidOperation
from typing import Any

from localslack.blocks.schema import (
    Checker,
    Report,
    any_text,
    boolean,
    by_type,
    clock_time,
    integer,
    iso_date,
    items,
    one_of,
    parsed,
    plain_text,
    record,
    string,
    url,
)
from localslack.blocks.walk import options_of

_ACTION_ID = string(255)
_CONFIRM = record(
    {
        "title": plain_text(100),
        "text": any_text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
    },
    {"style": one_of("primary", "danger")},
)
_DATE = parsed(iso_date, "a date as YYYY-MM-DD")
_TIME = parsed(clock_time, "a time as HH:MM")
_IDS = items(string(50), 0, 100)
_MOMENT = integer(0, 9_999_999_999)


def _number(value: str) -> Decimal:
    try:
        return Decimal(value)
    except InvalidOperation as error:
        raise ValueError(value) from error


_NUMBER = parsed(_number, "a number in a string")


def _option(text: Checker) -> Checker:
    return record({"text": text, "value": string(150)}, {"description": any_text(75), "url": url()})


_MENU_OPTION = _option(plain_text(75))
# Radio buttons and checkboxes may have mrkdwn labels; menus may not.
_LIST_OPTION = _option(any_text(75))
_OPTION_GROUP = record({"label": plain_text(75), "options": items(_MENU_OPTION, 1, 100)})
OFFER = record(
    optional={"options": items(_MENU_OPTION, 0, 100), "option_groups": items(_OPTION_GROUP, 0, 100)}
)
"""What an app answers when it is asked for the options of an external select."""
_CONVERSATION_FILTER = record(
    optional={
        "include": items(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    }
)


def _initial_is_an_option(value: Any, path: str, report: Report) -> None:
    if report.problems:
        return  # the options themselves may be malformed
    chosen = [*(value.get("initial_options") or [])]
    if value.get("initial_option"):
        chosen.append(value["initial_option"])
    known = {option["value"] for option in options_of(value)}
    if any(option["value"] not in known for option in chosen):
        report.add(path, "initial option must exactly match one of the options")


def _options_or_groups(value: Any, path: str, report: Report) -> None:
    if bool(value.get("options")) == bool(value.get("option_groups")):
        report.add(path, "exactly one of `options` and `option_groups` must be given")


def _values_differ(value: Any, path: str, report: Report) -> None:
    if report.problems:
        return
    values = [option["value"] for option in options_of(value)]
    if len(values) != len(set(values)):
        report.add(path, "option values must be unique")


_COMMON: dict[str, Checker] = {"action_id": _ACTION_ID, "focus_on_load": boolean}
_MENU: dict[str, Checker] = {**_COMMON, "placeholder": plain_text(150), "confirm": _CONFIRM}
_MULTI: dict[str, Checker] = {**_MENU, "max_selected_items": integer(1, 100)}
_STATIC: dict[str, Checker] = {
    "options": items(_MENU_OPTION, 1, 100),
    "option_groups": items(_OPTION_GROUP, 1, 100),
}
_TEXT: dict[str, Checker] = {
    **_COMMON,
    "placeholder": plain_text(150),
    "dispatch_action_config": record(
        {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 1, 2)}
    ),
}
_CONVERSATIONS: dict[str, Checker] = {
    "default_to_current_conversation": boolean,
    "filter": _CONVERSATION_FILTER,
}


def _static(base: dict[str, Checker], **initial: Checker) -> Checker:
    whole = (_options_or_groups, _values_differ, _initial_is_an_option)
    return record({}, {**base, **_STATIC, **initial}, *whole)


def _choice_list(**initial: Checker) -> Checker:
    return record(
        {"options": items(_LIST_OPTION, 1, 10)},
        {**_COMMON, "confirm": _CONFIRM, **initial},
        _values_differ,
        _initial_is_an_option,
    )


SLACK_FILE = record({}, {"id": string(255), "url": url()})
_IMAGE = record({"alt_text": string(2000)}, {"image_url": url(), "slack_file": SLACK_FILE})

ELEMENTS: dict[str, Checker] = {
    "button": record(
        {"text": plain_text(75)},
        {
            "action_id": _ACTION_ID,
            "url": url(),
            "value": string(2000, 0),
            "style": one_of("primary", "danger"),
            "confirm": _CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "overflow": record(
        {"options": items(_MENU_OPTION, 1, 5)},
        {"action_id": _ACTION_ID, "confirm": _CONFIRM},
        _values_differ,
    ),
    "image": _IMAGE,
    "static_select": _static(_MENU, initial_option=_MENU_OPTION),
    "multi_static_select": _static(_MULTI, initial_options=items(_MENU_OPTION, 1, 100)),
    "external_select": record(
        {}, {**_MENU, "initial_option": _MENU_OPTION, "min_query_length": integer(0, 100)}
    ),
    "multi_external_select": record(
        {},
        {
            **_MULTI,
            "initial_options": items(_MENU_OPTION, 1, 100),
            "min_query_length": integer(0, 100),
        },
    ),
    "users_select": record({}, {**_MENU, "initial_user": string(50)}),
    "multi_users_select": record({}, {**_MULTI, "initial_users": _IDS}),
    "channels_select": record(
        {}, {**_MENU, "initial_channel": string(50), "response_url_enabled": boolean}
    ),
    "multi_channels_select": record({}, {**_MULTI, "initial_channels": _IDS}),
    "conversations_select": record(
        {},
        {
            **_MENU,
            **_CONVERSATIONS,
            "initial_conversation": string(50),
            "response_url_enabled": boolean,
        },
    ),
    "multi_conversations_select": record(
        {}, {**_MULTI, **_CONVERSATIONS, "initial_conversations": _IDS}
    ),
    "radio_buttons": _choice_list(initial_option=_LIST_OPTION),
    "checkboxes": _choice_list(initial_options=items(_LIST_OPTION, 1, 10)),
    "datepicker": record({}, {**_MENU, "initial_date": _DATE}),
    "timepicker": record(
        {},
        {
            **_MENU,
            "initial_time": _TIME,
            "timezone": string(50),
        },
    ),
    "datetimepicker": record({}, {**_COMMON, "confirm": _CONFIRM, "initial_date_time": _MOMENT}),
    "plain_text_input": record(
        {},
        {
            **_TEXT,
            "initial_value": string(3000, 0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
    ),
    "email_text_input": record({}, {**_TEXT, "initial_value": string(3000, 0)}),
    "url_text_input": record({}, {**_TEXT, "initial_value": string(3000, 0)}),
    "number_input": record(
        {"is_decimal_allowed": boolean},
        {
            **_TEXT,
            "initial_value": _NUMBER,
            "min_value": _NUMBER,
            "max_value": _NUMBER,
        },
    ),
}

_PICKERS = {"datepicker", "timepicker"}
_CHOICES = {"radio_buttons", "checkboxes"}
_SINGLE_MENUS = {name for name in ELEMENTS if name.endswith("_select") and "multi" not in name}
_MULTI_MENUS = {name for name in ELEMENTS if name.startswith("multi_")}
_INPUTS = {name for name in ELEMENTS if name.endswith("_input")}


def _only(*names: str) -> Checker:
    return by_type({name: ELEMENTS[name] for name in names})


IN_SECTION = _only(
    "button", "overflow", "image", *_PICKERS, *_CHOICES, *_SINGLE_MENUS, *_MULTI_MENUS
)
IN_ACTIONS = _only(
    "button", "overflow", "datetimepicker", *_PICKERS, *_CHOICES, *_SINGLE_MENUS, *_MULTI_MENUS
)
IN_INPUT = _only("datetimepicker", *_PICKERS, *_CHOICES, *_SINGLE_MENUS, *_MULTI_MENUS, *_INPUTS)
IN_CONTEXT = by_type({"image": _IMAGE, "plain_text": any_text(3000), "mrkdwn": any_text(3000)})
