"""A modal with every kind of input that the page knows, and the blocks it is made of."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(label: str, value: str) -> Json:
    return {"text": plain(label), "value": value}


def button(action_id: str, label: str, **fields: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(label), **fields}


def section(text: str, **fields: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **fields}


def actions(block_id: str, *elements: Json) -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def field(block_id: str, label: str, kind: str, *, optional: bool = False, **element: Any) -> Json:
    """An input block; its action id is `it`."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "optional": optional,
        "element": {"type": kind, "action_id": "it", **element},
    }


def modal(title: str, *blocks: Json, **fields: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Send"),
        "close": plain("Cancel"),
        "blocks": list(blocks),
        **fields,
    }


COLOURS = [option("Red", "red"), option("Green", "green"), option("Blue", "blue")]
GROUPS = [
    {"label": plain("Clothes"), "options": [option("Coat", "coat"), option("Hat", "hat")]},
    {"label": plain("Papers"), "options": [option("Notebook", "notebook")]},
]


def every_input() -> Json:
    """The modal."""
    return modal(
        "Something lost",
        section("*Say what you know.*"),
        field("story", "Story", "plain_text_input", multiline=True, min_length=5, max_length=200),
        field("name", "Name of it", "plain_text_input"),
        field("count", "How many", "number_input", is_decimal_allowed=False, min_value="1"),
        field("mail", "E-mail address", "email_text_input"),
        field("link", "Address of a picture", "url_text_input"),
        field("kind", "Kind", "static_select", option_groups=GROUPS),
        field("colours", "Colours", "multi_static_select", options=COLOURS),
        field("place", "Place", "external_select", min_query_length=2),
        field("places", "Other places", "multi_external_select", min_query_length=2),
        field("person", "Who lost it", "users_select"),
        field("people", "Who knows", "multi_users_select"),
        field("channel", "Channel to tell", "channels_select"),
        field("channels", "Channels to tell", "multi_channels_select"),
        field("talk", "Conversation to tell", "conversations_select"),
        field("talks", "Conversations to tell", "multi_conversations_select"),
        field("value", "Is it valuable", "radio_buttons", options=[*COLOURS[:2]]),
        field("marks", "Marks on it", "checkboxes", options=COLOURS),
        field("day", "Day", "datepicker"),
        field("hour", "Hour", "timepicker"),
        field("moment", "Moment", "datetimepicker"),
    )
