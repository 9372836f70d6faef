"""Slack's rules for blocks, messages and views."""

import json
from typing import Any

from localslack.blocks.elements import IN_ACTIONS, IN_CONTEXT, IN_INPUT, IN_SECTION, SLACK_FILE
from localslack.blocks.schema import (
    Checker,
    Report,
    any_text,
    boolean,
    by_type,
    items,
    plain_text,
    record,
    string,
    unique,
    url,
)
from localslack.errors import SlackError
from localslack.kinds import Json

MAX_VIEW_BYTES = 250_000

_BLOCK: dict[str, Checker] = {"block_id": string(255)}
_RICH_TEXT_PARTS = {
    "rich_text_section",
    "rich_text_list",
    "rich_text_preformatted",
    "rich_text_quote",
}


def _text_or_fields(value: Any, path: str, report: Report) -> None:
    if not value.get("text") and not value.get("fields"):
        report.add(path, "missing required field: text or fields")


def _action_ids_differ(value: Any, path: str, report: Report) -> None:
    if isinstance(value.get("elements"), list):
        unique("action_id", value["elements"], f"{path}/elements", report)


def _rich_text_part(value: Any, path: str, report: Report) -> None:
    if not isinstance(value, dict) or value.get("type") not in _RICH_TEXT_PARTS:
        report.add(path, "unsupported rich text element")
    elif not isinstance(value.get("elements"), list):
        report.add(path, "missing required field: elements")


BLOCKS: dict[str, Checker] = {
    "section": record(
        {},
        {
            **_BLOCK,
            "text": any_text(3000),
            "fields": items(any_text(2000), 1, 10),
            "accessory": IN_SECTION,
            "expand": boolean,
        },
        _text_or_fields,
    ),
    "divider": record({}, _BLOCK),
    "header": record({"text": plain_text(150)}, _BLOCK),
    "context": record({"elements": items(IN_CONTEXT, 1, 10)}, _BLOCK),
    "actions": record({"elements": items(IN_ACTIONS, 1, 25)}, _BLOCK, _action_ids_differ),
    "input": record(
        {"label": plain_text(2000), "element": IN_INPUT},
        {**_BLOCK, "hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "image": record(
        {"alt_text": string(2000)},
        {**_BLOCK, "image_url": url(), "slack_file": SLACK_FILE, "title": plain_text(2000)},
    ),
    "rich_text": record({"elements": items(_rich_text_part, 0, 100)}, _BLOCK),
    "markdown": record({"text": string(12_000)}, _BLOCK),
}
_ANY_BLOCK = by_type(BLOCKS)
_MESSAGE_BLOCKS = items(_ANY_BLOCK, 0, 50)
_VIEW_BLOCKS = items(_ANY_BLOCK, 0, 100)

_VIEW: dict[str, Checker] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
_MODAL = record(
    {"title": plain_text(24), "blocks": _VIEW_BLOCKS},
    {
        **_VIEW,
        "close": plain_text(24),
        "submit": plain_text(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME = record({"blocks": _VIEW_BLOCKS}, _VIEW)


def check_message_blocks(blocks: Any) -> None:
    """Refuse blocks that Slack would refuse in a message.

    Raises:
        SlackError: `invalid_blocks_format` or `invalid_blocks`.
    """
    if not isinstance(blocks, list) or not all(isinstance(b, dict) for b in blocks):
        raise SlackError("invalid_blocks_format")
    report = Report()
    _MESSAGE_BLOCKS(blocks, "/blocks", report)
    unique("block_id", blocks, "/blocks", report)
    if report.problems:
        raise SlackError("invalid_blocks", problems=report.problems)


def check_view(view: Any, kind: str) -> None:
    """Refuse a view that Slack would refuse. `kind` is `modal` or `home`.

    Raises:
        SlackError: `invalid_arguments` or `view_too_large`.
    """
    report = Report()
    by_type({kind: _MODAL if kind == "modal" else _HOME})(view, "/view", report)
    if isinstance(view, dict) and isinstance(view.get("blocks"), list):
        unique("block_id", view["blocks"], "/view/blocks", report)
        if kind == "modal":
            _inputs_need_submit(view, report)
    if report.problems:
        raise SlackError("invalid_arguments", problems=report.problems)
    if len(json.dumps(view, ensure_ascii=False).encode()) > MAX_VIEW_BYTES:
        raise SlackError("view_too_large")


def _inputs_need_submit(view: Json, report: Report) -> None:
    kinds = {block.get("type") for block in view["blocks"] if isinstance(block, dict)}
    if "input" in kinds and not view.get("submit"):
        report.add("/view", "missing required field: submit (an input block needs it)")
