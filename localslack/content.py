"""What a message may say: shared by `chat.*`, response URLs and acknowledgements."""

import json
from typing import Any

from localslack.arguments import Arguments
from localslack.blocks.rules import check_message_blocks
from localslack.blocks.walk import named
from localslack.errors import SlackError
from localslack.kinds import Json

MAX_TEXT = 40_000
MAX_MARKDOWN = 12_000
MAX_ATTACHMENTS = 100
MAX_METADATA_BYTES = 16_000


def read_content(args: Arguments) -> Json:
    """The content given in a call, checked. What was not given is not in the answer.

    Raises:
        SlackError: `msg_too_long`, `invalid_blocks`, `invalid_metadata_format` and so on.
    """
    content: Json = {}
    if args.has("text"):
        content["text"] = _text(args)
    if args.has("blocks") or args.has("markdown_text"):
        content["blocks"] = _blocks(args)
    if args.has("attachments"):
        content["attachments"] = _attachments(args)
    if args.has("metadata"):
        content["metadata"] = _metadata(args)
    return content


def read_new_content(args: Arguments) -> Json:
    """As `read_content`, for a new message, which must say something.

    Raises:
        SlackError: also `no_text`.
    """
    content = read_content(args)
    if not any(content.get(part) for part in ("text", "blocks", "attachments")):
        raise SlackError("no_text")
    return content


def _text(args: Arguments) -> str:
    text = args.text("text") or ""
    if len(text) > MAX_TEXT:
        raise SlackError("msg_too_long")
    return text


def _blocks(args: Arguments) -> list[Json]:
    markdown = args.text("markdown_text")
    if markdown:
        if args.text("text") or args.values.get("blocks"):
            raise SlackError("markdown_text_conflict")
        if len(markdown) > MAX_MARKDOWN:
            raise SlackError("msg_too_long")
        return named([{"type": "markdown", "text": markdown}])
    blocks: Any = args.json("blocks", "invalid_blocks_format")
    if not blocks:
        return []
    check_message_blocks(blocks)
    return named(blocks)


def _attachments(args: Arguments) -> list[Json]:
    attachments: Any = args.json("attachments", "invalid_attachments") or []
    if not isinstance(attachments, list) or not all(isinstance(a, dict) for a in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > MAX_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    for attachment in attachments:
        if attachment.get("blocks"):
            check_message_blocks(attachment["blocks"])
            attachment["blocks"] = named(attachment["blocks"])
    return attachments


def _metadata(args: Arguments) -> Json | None:
    metadata: Any = args.json("metadata", "invalid_metadata_format")
    if not metadata:
        return None
    if (
        not isinstance(metadata, dict)
        or not isinstance(metadata.get("event_type"), str)
        or not isinstance(metadata.get("event_payload"), dict)
    ):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata).encode()) > MAX_METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return {"event_type": metadata["event_type"], "event_payload": metadata["event_payload"]}
