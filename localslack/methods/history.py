"""`conversations.history` and `conversations.replies`: reading."""

from localslack.apiobjects import message_object
from localslack.arguments import Arguments
from localslack.errors import SlackError
from localslack.kinds import Json
from localslack.methods.access import joined_channel, page, required_timestamp
from localslack.methods.registry import method
from localslack.records import Conversation, Message
from localslack.slack import Slack

_SCOPES = ("channels:history", "groups:history", "im:history")
_MAX = 999


@method("conversations.history", *_SCOPES)
def history(slack: Slack, args: Arguments) -> Json:
    """The messages of a conversation, newest first, without thread replies."""
    conversation = joined_channel(slack, args, "history")
    messages = [
        m
        for m in _within(conversation, args)
        if m.only_for is None and (not m.is_reply or m.broadcast)
    ]
    return _answer(slack, conversation, messages[::-1], args, default=100)


@method("conversations.replies", *_SCOPES)
def replies(slack: Slack, args: Arguments) -> Json:
    """A thread, oldest first, its parent before all."""
    conversation = joined_channel(slack, args, "history")
    asked = conversation.messages.get(required_timestamp(args, "ts"))
    parent = conversation.messages.get(asked.thread_ts or asked.ts) if asked else None
    if parent is None or parent.only_for:
        raise SlackError("thread_not_found")
    within = {m.ts for m in _within(conversation, args)}
    found = conversation.threads().get(parent.ts, [])
    thread = [parent, *(m for m in found if m.ts in within)]
    return _answer(slack, conversation, thread, args, default=_MAX)


def _within(conversation: Conversation, args: Arguments) -> list[Message]:
    """The messages between `oldest` and `latest`; these themselves only if `inclusive`."""
    oldest, latest = _moment(args, "oldest"), _moment(args, "latest")
    ends = {oldest, latest} if args.flag("inclusive") else set()
    return [
        m
        for m in conversation.messages.values()
        if m.ts in ends or ((oldest is None or m.ts > oldest) and (latest is None or m.ts < latest))
    ]


def _moment(args: Arguments, name: str) -> str | None:
    """A timestamp; a bare number of seconds, as some clients send it, is made one."""
    value = args.text(name)
    if value is None:
        return None
    seconds, _, fraction = value.partition(".")
    if not seconds.isdigit():
        raise SlackError(f"invalid_ts_{name}")
    return f"{int(seconds):010d}.{fraction:0<6}"


def _answer(
    slack: Slack,
    conversation: Conversation,
    messages: list[Message],
    args: Arguments,
    default: int,
) -> Json:
    metadata, threads = args.flag("include_all_metadata"), conversation.threads()
    shown, cursor = page(messages, args, default, _MAX)
    return {
        "messages": [
            message_object(slack, conversation, m, metadata=metadata, threads=threads)
            for m in shown
        ],
        "has_more": bool(cursor["next_cursor"]),
        "pin_count": 0,
        "response_metadata": cursor,
    }
