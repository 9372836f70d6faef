"""Which conversations and people the app's bot may reach, and Slack's words when it may not."""

from typing import TypeVar

from localslack.arguments import Arguments, invalid
from localslack.errors import SlackError
from localslack.kinds import BOT_USER_ID, Json
from localslack.records import Conversation, Message
from localslack.slack import Slack
from localslack.workspace import Person

T = TypeVar("T")

_SCOPES = {
    ("public_channel", "read"): "channels:read",
    ("private_channel", "read"): "groups:read",
    ("im", "read"): "im:read",
    ("mpim", "read"): "mpim:read",
    ("public_channel", "history"): "channels:history",
    ("private_channel", "history"): "groups:history",
    ("im", "history"): "im:history",
    ("public_channel", "manage"): "channels:manage",
    ("private_channel", "manage"): "groups:write",
}
"""The scope that each kind of conversation needs, by what is done with it."""


def kind_of(conversation: Conversation) -> str:
    """Slack's word for the kind of a conversation, as in `conversations.list`."""
    if conversation.dm:
        return "im"
    return "private_channel" if conversation.private else "public_channel"


def require_scope(slack: Slack, kind: str, family: str) -> None:
    """Refuse what the bot has no scope for with conversations of that kind.

    Args:
        slack: whose manifest has the scopes.
        kind: as `kind_of` gives it.
        family: `read`, `history` or `manage`.

    Raises:
        SlackError: `missing_scope`.
    """
    needed = _SCOPES.get((kind, family))
    provided = slack.manifest.scopes
    if needed and provided and needed not in provided:
        raise SlackError("missing_scope", needed=needed, provided=",".join(provided))


def seen_channel(slack: Slack, args: Arguments, family: str | None = None) -> Conversation:
    """The conversation named by `channel`, if the bot can know of it.

    Raises:
        SlackError: `channel_not_found`: a private channel without the bot does not exist for
            it; `missing_scope` for the family of scopes that its kind needs.
    """
    found = slack.conversations.get(args.required("channel"))
    if found is None or (found.private and BOT_USER_ID not in found.members):
        raise SlackError("channel_not_found")
    if family:
        require_scope(slack, kind_of(found), family)
    return found


def joined_channel(slack: Slack, args: Arguments, family: str | None = None) -> Conversation:
    """The conversation named by `channel`, of which the bot must be a member.

    Raises:
        SlackError: `channel_not_found`, `missing_scope` or `not_in_channel`.
    """
    found = seen_channel(slack, args, family)
    if BOT_USER_ID not in found.members:
        raise SlackError("not_in_channel")
    return found


def posting_channel(slack: Slack, reference: str) -> Conversation:
    """The conversation to post to: an id, a channel's name, or a person for their DM.

    Raises:
        SlackError: `channel_not_found`, `not_in_channel`, `is_archived` and so on.
    """
    if reference in slack.directory.people:
        return open_dm(slack, reference)
    found = slack.conversation(reference)
    if found is None or (found.private and BOT_USER_ID not in found.members):
        raise SlackError("channel_not_found")
    if BOT_USER_ID not in found.members and "chat:write.public" not in slack.manifest.scopes:
        raise SlackError("not_in_channel")
    if found.archived or (found.dm and _partner_is_gone(slack, found)):
        raise SlackError("is_archived")
    return found


def open_dm(slack: Slack, user: str) -> Conversation:
    """The DM between the bot and a person.

    Raises:
        SlackError: `user_not_found`, `user_disabled` or `cannot_dm_bot`.
    """
    if user == BOT_USER_ID:
        raise SlackError("cannot_dm_bot")
    person = slack.directory.people.get(user)
    if person is None:
        raise SlackError("user_not_found")
    if person.deactivated:
        raise SlackError("user_disabled")
    return slack.conversations.open_dm(BOT_USER_ID, user)


def message_at(conversation: Conversation, ts: str) -> Message:
    """The message with that timestamp. An ephemeral one can't be reached by the Web API.

    Raises:
        SlackError: `message_not_found`.
    """
    message = conversation.messages.get(ts)
    if message is None or message.deleted or message.only_for:
        raise SlackError("message_not_found")
    return message


def person(slack: Slack, args: Arguments, error: str = "user_not_found") -> Person:
    """The person named by the argument `user`.

    Raises:
        SlackError: with the code `error`.
    """
    found = slack.directory.people.get(args.required("user"))
    if found is None:
        raise SlackError(error)
    return found


def page(items: list[T], args: Arguments, default: int, maximum: int) -> tuple[list[T], Json]:
    """One page of a list, and the `response_metadata` that leads to the next.

    Raises:
        SlackError: `invalid_cursor` or `invalid_limit`.
    """
    cursor = args.text("cursor")
    start = _offset(cursor) if cursor else 0
    end = start + args.number("limit", default, maximum)
    next_cursor = f"offset:{end}" if end < len(items) else ""
    return items[start:end], {"next_cursor": next_cursor}


def _offset(cursor: str) -> int:
    kind, _, number = cursor.partition(":")
    if kind != "offset" or not number.isdigit():
        raise SlackError("invalid_cursor")
    return int(number)


def _partner_is_gone(slack: Slack, dm: Conversation) -> bool:
    partner = slack.directory.people.get(dm.partner(BOT_USER_ID))
    return partner is not None and partner.deactivated


def required_timestamp(args: Arguments, name: str) -> str:
    """A message timestamp such as `1700000000.000100`.

    Raises:
        SlackError: `invalid_arguments`, when it is missing or is no timestamp.
    """
    value = args.required(name)
    seconds, _, fraction = value.partition(".")
    if not (seconds.isdigit() and fraction.isdigit()):
        raise invalid(f"{name} must be a message timestamp")
    return value
