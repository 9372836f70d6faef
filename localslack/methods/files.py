"""`files.*`: the two calls around an upload, and reading about a file."""

from typing import Any

from localslack.arguments import Arguments, invalid
from localslack.errors import SlackError
from localslack.files import file_object
from localslack.kinds import BOT_USER_ID, Json
from localslack.methods.access import posting_channel
from localslack.methods.chat import thread_of
from localslack.methods.registry import method
from localslack.records import File
from localslack.slack import Slack

MAX_FILE_BYTES = 50_000_000
"""This server's own limit; Slack's is 1 GB."""


@method("files.getUploadURLExternal", "files:write")
def upload_url(slack: Slack, args: Arguments) -> Json:
    """Where to send the bytes of a file."""
    name, length = args.required("filename"), args.required("length")
    if not length.isdigit() or not 0 < int(length) <= MAX_FILE_BYTES:
        raise invalid(f"length must be a number of bytes from 1 to {MAX_FILE_BYTES}")
    file = slack.files.announce(name, int(length))
    file.alt = args.text("alt_txt") or ""
    return {"upload_url": f"{slack.base_url}/upload/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", "files:write")
def complete_upload(slack: Slack, args: Arguments) -> Json:
    """Finish uploads, and show the files in channels if any are named."""
    files = [_uploaded(slack, item) for item in _items(args)]
    channels = [*args.names("channels"), *args.names("channel_id")]
    conversations = [posting_channel(slack, channel) for channel in dict.fromkeys(channels)]
    for file in files:
        file.complete = True
    for conversation in conversations:
        for file in files:
            file.channels.append(conversation.id)
        slack.conversations.post(
            conversation,
            BOT_USER_ID,
            text=args.text("initial_comment") or "",
            files=[file.id for file in files],
            thread_ts=thread_of(conversation, args.text("thread_ts")),
        )
    # Slack looks at a file only afterwards, so its type is not known yet: ask files.info.
    return {"files": [{**file_object(file, slack.base_url), "mimetype": ""} for file in files]}


@method("files.info", "files:read")
def file_info(slack: Slack, args: Arguments) -> Json:
    """One file."""
    file = slack.files.records.get(args.required("file"))
    if file is None or not file.complete:
        raise SlackError("file_not_found")
    return {"file": file_object(file, slack.base_url)}


def _items(args: Arguments) -> list[Any]:
    items = args.json("files", "invalid_arguments")
    if not isinstance(items, list) or not items:
        raise invalid("files must be a list of objects with an id")
    return items


def _uploaded(slack: Slack, item: Any) -> File:
    if not isinstance(item, dict) or not isinstance(item.get("id"), str):
        raise invalid("files must be a list of objects with an id")
    file = slack.files.records.get(item["id"])
    if file is None or not file.uploaded:
        raise SlackError("file_not_found")
    file.title = str(item.get("title") or file.name)
    return file
