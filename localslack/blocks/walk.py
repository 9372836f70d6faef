"""Finding the controls inside blocks, and giving names to what came without."""

import secrets
from collections.abc import Iterator
from typing import Any

from localslack.kinds import Json


def controls(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every element that a person can use, with the block it stands in."""
    for block in blocks:
        for element in _elements(block):
            if "action_id" in element:
                yield block, element


def find_control(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json] | None:
    """The block and element of that name, if it is there."""
    for block, element in controls(blocks):
        if block["block_id"] == block_id and element["action_id"] == action_id:
            return block, element
    return None


def options_of(element: Json) -> list[Json]:
    """The options of a select, out of their groups."""
    groups: list[Json] = element.get("option_groups") or []
    options: list[Json] = element.get("options") or []
    return [*options, *(option for group in groups for option in group["options"])]


def named(blocks: list[Json]) -> list[Json]:
    """A copy in which every block and control has an id, as Slack gives them."""
    return [_named_block(block) for block in blocks]


def _elements(block: Json) -> list[Json]:
    match block["type"]:
        case "section":
            return [block["accessory"]] if block.get("accessory") else []
        case "actions":
            elements: list[Json] = block["elements"]
            return elements
        case "input":
            return [block["element"]]
        case _:
            return []


def _named_block(block: Json) -> Json:
    named_block = {**_completed(block)}
    named_block.setdefault("block_id", _short_id())
    for element in _elements(named_block):
        if element["type"] != "image":
            element.setdefault("action_id", _short_id())
    return named_block


def _completed(value: Any) -> Any:
    """A deep copy with the properties that Slack adds to text objects."""
    if isinstance(value, list):
        return [_completed(item) for item in value]
    if not isinstance(value, dict):
        return value
    copy = {key: _completed(item) for key, item in value.items()}
    if "text" in copy and copy.get("type") == "plain_text":
        copy.setdefault("emoji", True)
    if "text" in copy and copy.get("type") == "mrkdwn":
        copy.setdefault("verbatim", False)
    return copy


def _short_id() -> str:
    return secrets.token_urlsafe(4)[:5]
