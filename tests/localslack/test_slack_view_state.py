"""The values of a form: Slack's shapes, and the checks of Slack's own client."""

from typing import Any

import pytest

from localslack.blocks.walk import named
from localslack.errors import BadRequestError
from localslack.fieldchecks import field_errors
from localslack.viewstate import initial_values, kept_values, merged
from tests.localslack.parcel_desk import plain

Json = dict[str, Any]
LONDON, LEEDS = ({"text": plain(n), "value": n.lower()} for n in ("London", "Leeds"))


def form(element: Json, **block: Any) -> list[Json]:
    field = {"type": "input", "block_id": "b", "label": plain("L"), **block}
    return named([{**field, "element": {"action_id": "a", **element}}])


def shape(element: Json, simple: Any) -> Json:
    blocks = form(element)
    values = merged(blocks, initial_values(blocks), {"b": {"a": simple}}, {})
    found: Json = values["b"]["a"]
    return found


OPTIONS = {"options": [LONDON, LEEDS]}
GROUPS = {"option_groups": [{"label": plain("North"), "options": [LEEDS]}]}


@pytest.mark.parametrize(
    ("element", "simple", "key", "value"),
    [
        ({"type": "plain_text_input"}, "x", "value", "x"),
        ({"type": "email_text_input"}, "a@b.uk", "value", "a@b.uk"),
        ({"type": "number_input"}, "12", "value", "12"),
        ({"type": "datepicker"}, "2025-01-31", "selected_date", "2025-01-31"),
        ({"type": "timepicker"}, "09:30", "selected_time", "09:30"),
        ({"type": "datetimepicker"}, 1_750_000_000, "selected_date_time", 1_750_000_000),
        ({"type": "users_select"}, "U0OWEN", "selected_user", "U0OWEN"),
        ({"type": "channels_select"}, "C0REVIEW", "selected_channel", "C0REVIEW"),
        ({"type": "conversations_select"}, "D0X", "selected_conversation", "D0X"),
        ({"type": "multi_users_select"}, ["U0OWEN"], "selected_users", ["U0OWEN"]),
        ({"type": "multi_users_select"}, None, "selected_users", []),
        ({"type": "plain_text_input"}, "", "value", None),
        ({"type": "static_select", **GROUPS}, None, "selected_option", None),
        ({"type": "checkboxes", **OPTIONS}, [], "selected_options", []),
    ],
)
def test_a_simple_value_gets_slacks_shape(element: Json, simple: Any, key: str, value: Any) -> None:
    assert shape(element, simple) == {"type": element["type"], key: value}


@pytest.mark.parametrize("kind", ["static_select", "radio_buttons"])
def test_a_choice_becomes_its_whole_option(kind: str) -> None:
    chosen = shape({"type": kind, **OPTIONS}, "leeds")["selected_option"]
    assert (chosen["value"], chosen["text"]["text"]) == ("leeds", "Leeds")


def test_choices_out_of_groups_and_in_lists() -> None:
    assert shape({"type": "static_select", **GROUPS}, "leeds")["selected_option"]
    chosen = shape({"type": "multi_static_select", **OPTIONS}, ["leeds", "london"])
    assert [o["value"] for o in chosen["selected_options"]] == ["leeds", "london"]


@pytest.mark.parametrize(
    ("element", "simple"),
    [
        ({"type": "static_select", **OPTIONS}, "york"),
        ({"type": "static_select", **OPTIONS}, ["leeds"]),
        ({"type": "checkboxes", **OPTIONS}, "leeds"),
        ({"type": "datetimepicker"}, "2025-01-31"),
        ({"type": "plain_text_input"}, 7),
        ({"type": "users_select"}, "owen"),
        ({"type": "multi_channels_select"}, ["review"]),
    ],
)
def test_what_no_person_could_choose_is_a_mistake_of_the_caller(element: Json, simple: Any) -> None:
    with pytest.raises(BadRequestError):
        shape(element, simple)


def test_a_value_for_an_input_that_is_not_there() -> None:
    with pytest.raises(BadRequestError, match="no input 'z' in a block 'b'"):
        merged(form({"type": "plain_text_input"}), {}, {"b": {"z": "x"}}, {})


def test_initial_values_stand_until_changed() -> None:
    blocks = form({"type": "static_select", **OPTIONS, "initial_option": LEEDS})
    assert initial_values(blocks)["b"]["a"]["selected_option"]["value"] == "leeds"
    text = form({"type": "plain_text_input", "initial_value": "first"})
    assert initial_values(text)["b"]["a"]["value"] == "first"


def test_a_changed_kind_of_input_starts_afresh() -> None:
    before = {"b": {"a": {"type": "plain_text_input", "value": "typed"}}}
    blocks = form({"type": "datepicker"})
    assert kept_values(blocks, before)["b"]["a"] == {"type": "datepicker", "selected_date": None}


@pytest.mark.parametrize(
    ("element", "simple", "error"),
    [
        ({"type": "plain_text_input"}, None, "Please complete this required field."),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "at least 3 characters"),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "no more than 3 characters"),
        ({"type": "email_text_input"}, "not an address", "valid email"),
        ({"type": "url_text_input"}, "example", "valid URL"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "whole number"),
        ({"type": "number_input", "is_decimal_allowed": True}, "many", "a number"),
        ({"type": "number_input", "is_decimal_allowed": True}, "NaN", "a number"),
        ({"type": "number_input", "min_value": "2"}, "1", "at least 2"),
        ({"type": "number_input", "max_value": "2"}, "3", "at most 2"),
        ({"type": "datepicker"}, "2025-02-30", "valid date"),
        ({"type": "timepicker"}, "25:00", "valid time"),
        ({"type": "checkboxes", **OPTIONS}, [], "required"),
        (
            {"type": "multi_static_select", **OPTIONS, "max_selected_items": 1},
            ["leeds", "london"],
            "no more than 1",
        ),
    ],
)
def test_the_client_checks_before_sending(element: Json, simple: Any, error: str) -> None:
    blocks = form(element)
    values = merged(blocks, initial_values(blocks), {"b": {"a": simple}}, {})
    assert error in field_errors(blocks, values)["b"]


def test_an_optional_field_may_stay_empty_but_not_be_wrong() -> None:
    blocks = form({"type": "email_text_input"}, optional=True)
    assert field_errors(blocks, initial_values(blocks)) == {}
    values = merged(blocks, {}, {"b": {"a": "x"}}, {})
    assert list(field_errors(blocks, values)) == ["b"]
