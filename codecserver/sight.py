"""What operators see of a message: its structure, numbers, times and codes; no text, nobody's id.

Fails closed: a text of a new field is withheld until the field is marked (`domain/message.py`).
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AwareDatetime
from temporalio.api.common.v1 import Payload

from domain.bulletin import Beginning, Bulletin, Outcome, Receipt, Recording, Shown
from domain.digest import Digest, DigestOutcome
from domain.learning.lesson import LearningOutcome, Lessons
from domain.message import Message, Operators
from domain.refusal import Refusal
from encryption.codec import Reason

WITHHELD = "(withheld)"
TRAVELLING: tuple[type[Message], ...] = (
    Beginning,
    Bulletin,
    Digest,
    DigestOutcome,
    LearningOutcome,
    Lessons,
    Outcome,
    Receipt,
    Recording,
    Refusal,
    Shown,
)
"""The messages that Temporal carries; the others are in them."""

METADATA = b"temporal.api.sdk.v1.WorkflowMetadata"
"""Temporal's own description of a workflow, with the current details that we write."""

_FAILURE = {"message", "stack_trace"}
_OPEN = (bool, int, float, date, datetime, Enum, NoneType, Message)
_OUR_WORDS = {"Failed decoding arguments", *Reason}
"""Messages of failures that hold nothing of a case."""


def for_operators(payload: Payload) -> Payload:
    """The same payload without what operators may not see."""
    encoding = payload.metadata.get("encoding")
    if encoding == b"binary/null":
        return payload
    if encoding == b"json/protobuf" and payload.metadata.get("messageType") == METADATA:
        return payload
    if encoding != b"json/plain":
        return text_payload(WITHHELD)
    try:
        value = json.loads(payload.data)
    except (ValueError, RecursionError):
        return text_payload(WITHHELD)
    return _json_payload(_seen(value))


def text_payload(text: str) -> Payload:
    """A payload that says something itself."""
    return _json_payload(text)


def _json_payload(value: Any) -> Payload:
    return Payload(metadata={"encoding": b"json/plain"}, data=json.dumps(value).encode())


def _seen(value: Any) -> Any:
    if isinstance(value, dict):
        # A trace holds lines of our code and no values; a failure's message may quote anything.
        return _failure(value) if value.keys() == _FAILURE else _message(value)
    # A text by itself is a summary or details, which we write: all else travels in messages.
    return WITHHELD if isinstance(value, list) else value


def _failure(value: dict[str, Any]) -> dict[str, Any]:
    return {**value, "message": value["message"] if value["message"] in _OUR_WORDS else WITHHELD}


def _message(value: dict[str, Any]) -> dict[str, Any] | str:
    if value.get("restricted") is True:
        return WITHHELD
    known = fields_seen()
    return {name: _field(each, known[name]) for name, each in value.items() if name in known}


def _field(value: Any, seen: bool) -> Any:
    if value is None or not seen:
        return None if value is None else WITHHELD
    if isinstance(value, dict):
        return _message(value)
    return [_field(each, seen) for each in value] if isinstance(value, list) else value


@cache
def fields_seen() -> dict[str, bool]:
    """Every name of a field in a message that travels; whether operators see it in all of them."""
    seen: dict[str, bool] = {}
    for message in _with_all_inside(TRAVELLING):
        for name, field in message.model_fields.items():
            seen[name] = seen.get(name, True) and _is_open(field.annotation, *field.metadata)
    return seen


def _is_open(kind: Any, *marks: Any) -> bool:
    if Operators.DO_NOT_SEE in marks:
        return False
    if Operators.SEE in marks or kind is AwareDatetime or get_origin(kind) is Literal:
        return True
    if get_origin(kind) is Annotated:
        return _is_open(*get_args(kind))
    if get_origin(kind) in (Union, UnionType, tuple):
        return all(_is_open(each) for each in get_args(kind) if each is not Ellipsis)
    return isinstance(kind, type) and issubclass(kind, _OPEN)


def _with_all_inside(messages: tuple[type[Message], ...]) -> set[type[Message]]:
    found: set[type[Message]] = set()
    waiting = list(messages)
    while waiting:
        message = waiting.pop()
        if message not in found:
            found.add(message)
            for field in message.model_fields.values():
                waiting.extend(_messages_in(field.annotation))
    return found


def _messages_in(kind: Any) -> Iterator[type[Message]]:
    if isinstance(kind, type) and issubclass(kind, Message):
        yield kind
    for each in get_args(kind):
        yield from _messages_in(each)
