"""Slack's limits on blocks and views, in Slack's own words."""

from typing import Any

import pytest

from localslack.blocks.rules import check_message_blocks, check_view
from localslack.errors import SlackError
from tests.localslack.parcel_desk import actions, button, modal, plain, section, text_input

Json = dict[str, Any]


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(number: int, **fields: Any) -> Json:
    return {"text": plain(f"Option {number}"), "value": str(number), **fields}


def menu(count: int = 2, **fields: Any) -> Json:
    options = [option(n) for n in range(count)]
    return {"type": "static_select", "action_id": "menu", "options": options, **fields}


def field(element: Json) -> Json:
    return {"type": "input", "block_id": "f", "label": plain("Label"), "element": element}


def image(text: str) -> Json:
    return {"type": "image", "image_url": "https://example.org/x.png", "alt_text": text}


ALLOWED = [
    section("a" * 3000),
    {"type": "section", "fields": [mrkdwn("a" * 2000)] * 10},
    {"type": "section", "text": mrkdwn("x"), "accessory": menu(100)},
    {"type": "header", "text": plain("a" * 150)},
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("x")] * 9 + [image("x")]},
    actions(*[button(str(n)) for n in range(25)]),
    actions({**button("x", "v" * 2000), "text": plain("a" * 75), "style": "danger"}),
    actions({"type": "overflow", "action_id": "o", "options": [option(n) for n in range(5)]}),
    field(menu(placeholder=plain("a" * 150), initial_option=option(1))),
    field({"type": "radio_buttons", "options": [option(1, text=mrkdwn("*x*"))]}),
    field({"type": "checkboxes", "options": [option(n) for n in range(10)]}),
    field({"type": "datepicker", "initial_date": "2025-03-30"}),
    field({"type": "timepicker", "initial_time": "01:30", "timezone": "Europe/London"}),
    field({"type": "datetimepicker", "initial_date_time": 1_750_000_000}),
    field({"type": "number_input", "is_decimal_allowed": True, "min_value": "0.5"}),
    field({"type": "multi_users_select", "initial_users": ["U0OWEN"], "max_selected_items": 3}),
    field({"type": "plain_text_input", "multiline": True, "max_length": 3000}),
    image("x"),
    {"type": "markdown", "text": "# x"},
    {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
    },
]


@pytest.mark.parametrize("block", ALLOWED, ids=lambda b: b["type"])
def test_what_slack_takes_is_taken(block: Json) -> None:
    check_message_blocks([block])
    check_view(modal("Title", block), "modal")


REFUSED = [
    (section("a" * 3001), "must be less than 3001 characters", "/text/text"),
    (section(""), "must be more than 0 characters", "/text/text"),
    ({"type": "section"}, "missing required field: text or fields", ""),
    ({"type": "section", "fields": [mrkdwn("x")] * 11}, "no more than 10 items allowed", "/fields"),
    (
        {"type": "section", "fields": [mrkdwn("a" * 2001)]},
        "must be less than 2001 characters",
        "/fields/0/text",
    ),
    ({"type": "header", "text": plain("a" * 151)}, "must be less than 151", "/text/text"),
    ({"type": "header", "text": mrkdwn("x")}, "unsupported type: mrkdwn", "/text/type"),
    ({"type": "header", "text": "bare"}, "must provide an object", "/text"),
    ({"type": "banner"}, "unsupported type: banner", "/type"),
    ({"text": plain("x")}, "missing required field: type", ""),
    ({**section("x"), "colour": "red"}, "invalid additional property: colour", ""),
    ({**section("x"), "block_id": "b" * 256}, "must be less than 256 characters", "/block_id"),
    (actions(*[button(str(n)) for n in range(26)]), "no more than 25 items", "/elements"),
    (actions(), "no fewer than 1 items allowed", "/elements"),
    (actions(button("a"), button("a")), "`action_id` a already exists", "/elements/1/action_id"),
    (actions(button("a" * 256)), "must be less than 256", "/elements/0/action_id"),
    (actions(button("a", "v" * 2001)), "must be less than 2001", "/elements/0/value"),
    (
        actions({**button("a"), "text": plain("t" * 76)}),
        "must be less than 76",
        "/elements/0/text/text",
    ),
    (actions({**button("a"), "style": "loud"}), "valid enum value", "/elements/0/style"),
    (actions({**button("a"), "url": "nowhere"}), "must be a valid URL", "/elements/0/url"),
    (actions({"type": "plain_text_input", "action_id": "t"}), "unsupported type", "/elements/0"),
    ({"type": "context", "elements": [mrkdwn("x")] * 11}, "no more than 10 items", "/elements"),
    (field(menu(101)), "no more than 100 items allowed", "/element/options"),
    (field(menu(placeholder=plain("a" * 151))), "less than 151", "/element/placeholder/text"),
    (field(menu(option_groups=[])), "no fewer than 1 items", "/element/option_groups"),
    (field({"type": "static_select"}), "exactly one of `options`", "/element"),
    (field(menu(initial_option=option(9))), "initial option must exactly match", "/element"),
    (
        field({"type": "static_select", "options": [option(1, text=plain("a" * 76))]}),
        "must be less than 76",
        "/element/options/0/text/text",
    ),
    (
        field({"type": "static_select", "options": [option(1, value="v" * 151)]}),
        "must be less than 151",
        "/element/options/0/value",
    ),
    (
        field({"type": "static_select", "options": [option(1), option(1)]}),
        "option values must be unique",
        "/element",
    ),
    (
        field({"type": "radio_buttons", "options": [option(n) for n in range(11)]}),
        "no more than 10 items allowed",
        "/element/options",
    ),
    (field({"type": "datepicker", "initial_date": "30/03/2025"}), "must be a date", "/element"),
    (field({"type": "datetimepicker", "initial_date_time": "now"}), "an integer", "/element"),
    (field({"type": "number_input"}), "missing required field: is_decimal_allowed", "/element"),
    (field({"type": "file_input"}), "unsupported type: file_input", "/element/type"),
    (field(button("a")), "unsupported type: button", "/element/type"),
    ({**field(menu()), "label": mrkdwn("x")}, "unsupported type: mrkdwn", "/label/type"),
    ({**field(menu()), "optional": "yes"}, "must provide a boolean", "/optional"),
    ({"type": "rich_text", "elements": [{"type": "poem"}]}, "unsupported rich", "/elements/0"),
]


@pytest.mark.parametrize(("block", "problem", "place"), REFUSED)
def test_what_slack_refuses_is_refused_with_its_place(
    block: Json, problem: str, place: str
) -> None:
    with pytest.raises(SlackError) as refused:
        check_message_blocks([block])
    assert refused.value.code == "invalid_blocks"
    text = refused.value.problems[0]
    assert problem in text
    assert f"[json-pointer:/blocks/0{place}" in text
    assert refused.value.answer()["response_metadata"]["messages"][0] == f"[ERROR] {text}"

    with pytest.raises(SlackError) as in_view:
        check_view(modal("Title", block), "modal")
    assert in_view.value.code == "invalid_arguments"
    assert f"[json-pointer:/view/blocks/0{place}" in in_view.value.problems[0]


def test_a_message_has_fifty_blocks_and_a_view_a_hundred() -> None:
    check_message_blocks([section("x")] * 50)
    check_view(modal("Title", *[section("x")] * 100), "modal")
    with pytest.raises(SlackError) as message:
        check_message_blocks([section("x")] * 51)
    assert message.value.problems == ["no more than 50 items allowed [json-pointer:/blocks]"]
    with pytest.raises(SlackError) as view:
        check_view(modal("Title", *[section("x")] * 101), "modal")
    assert view.value.problems == ["no more than 100 items allowed [json-pointer:/view/blocks]"]


def test_block_ids_differ() -> None:
    with pytest.raises(SlackError, match="invalid_blocks"):
        check_message_blocks([text_input("same"), text_input("same")])


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"title": plain("a" * 25)}, "must be less than 25 characters"),
        ({"title": None}, "missing required field: title"),
        ({"submit": plain("a" * 25)}, "must be less than 25 characters"),
        ({"close": plain("a" * 25)}, "must be less than 25 characters"),
        ({"private_metadata": "m" * 3001}, "must be less than 3001 characters"),
        ({"private_metadata": {"a": 1}}, "must provide a string"),
        ({"callback_id": "c" * 256}, "must be less than 256 characters"),
        ({"submit": None}, "missing required field: submit"),
        ({"id": "V1"}, "invalid additional property: id"),
        ({"blocks": "none"}, "must provide an array"),
    ],
)
def test_the_frame_of_a_modal(change: Json, problem: str) -> None:
    with pytest.raises(SlackError) as refused:
        check_view({**modal("Title", text_input("what")), **change}, "modal")
    assert problem in refused.value.problems[0]


def test_a_modal_without_inputs_needs_no_submit() -> None:
    check_view(modal("Title", section("x"), submit=None), "modal")


def test_a_home_tab_has_no_title() -> None:
    with pytest.raises(SlackError) as refused:
        check_view({"type": "home", "blocks": [], "title": plain("x")}, "home")
    assert "invalid additional property: title" in refused.value.problems[0]
