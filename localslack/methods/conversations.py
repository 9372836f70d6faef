"""`conversations.*` except reading messages, and `users.conversations`."""

import re

from localslack.apiobjects import channel_object
from localslack.arguments import Arguments
from localslack.errors import SlackError
from localslack.kinds import BOT_USER_ID, Json
from localslack.methods.access import (
    joined_channel,
    kind_of,
    open_dm,
    page,
    require_scope,
    seen_channel,
)
from localslack.methods.registry import method
from localslack.records import Conversation
from localslack.slack import Slack

_READ = ("channels:read", "groups:read", "im:read")
_MANAGE = ("channels:manage", "groups:write")
_NAME = re.compile(r"[a-z0-9_-]{1,80}")


@method("conversations.list", *_READ)
def list_conversations(slack: Slack, args: Arguments) -> Json:
    """The conversations that the bot can know of."""
    return _listed(slack, args, [c for c in slack.conversations if _is_seen(c)])


@method("users.conversations", *_READ)
def of_user(slack: Slack, args: Arguments) -> Json:
    """The conversations that a user, or the bot, is in."""
    user = args.text("user") or BOT_USER_ID
    if not slack.directory.knows(user):
        raise SlackError("user_not_found")
    return _listed(slack, args, [c for c in slack.conversations.of(user) if _is_seen(c)])


@method("conversations.info", *_READ)
def info(slack: Slack, args: Arguments) -> Json:
    """One conversation."""
    conversation = seen_channel(slack, args, "read")
    with_count = args.flag("include_num_members")
    return {"channel": channel_object(conversation, members=with_count)}


@method("conversations.members", *_READ)
def members(slack: Slack, args: Arguments) -> Json:
    """The ids of those in a conversation."""
    conversation = seen_channel(slack, args, "read")
    shown, cursor = page(conversation.members, args, 100, 1000)
    return {"members": shown, "response_metadata": cursor}


@method("conversations.open", "im:write")
def open_conversation(slack: Slack, args: Arguments) -> Json:
    """Open a DM with one person. Group DMs are not part of this Slack."""
    if args.text("channel"):
        conversation = seen_channel(slack, args)
        if not conversation.dm:
            raise SlackError("method_not_supported_for_channel_type")
    else:
        users = args.names("users")
        if not users:
            raise SlackError("users_list_not_supplied")
        if len(users) > 1:
            raise SlackError("too_many_users")
        before = slack.conversations.dm(BOT_USER_ID, users[0])
        conversation = open_dm(slack, users[0])
        if before:
            return _opened(conversation, args) | {"no_op": True, "already_open": True}
    return _opened(conversation, args)


@method("conversations.create", *_MANAGE)
def create(slack: Slack, args: Arguments) -> Json:
    """A new channel."""
    name = args.required("name")
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name_specials" if len(name) <= 80 else "invalid_name_maxlength")  # noqa: PLR2004
    if slack.conversations.channel(name):
        raise SlackError("name_taken")
    private = args.flag("is_private")
    require_scope(slack, "private_channel" if private else "public_channel", "manage")
    channel = slack.conversations.create(name, private=private)
    return {"channel": channel_object(channel)}


@method("conversations.invite", *_MANAGE)
def invite(slack: Slack, args: Arguments) -> Json:
    """Bring people into a channel of which the bot is a member."""
    channel = _changeable(slack, args)
    users = args.names("users")
    if not users:
        raise SlackError("no_user")
    for user in users:
        _refuse_invitation(slack, channel, user)
    channel.members.extend(dict.fromkeys(users))
    slack.conversations.members_changed(channel)
    return {"channel": channel_object(channel)}


@method("conversations.kick", *_MANAGE)
def kick(slack: Slack, args: Arguments) -> Json:
    """Take a person out of a channel."""
    channel = _changeable(slack, args)
    user = args.required("user")
    if user == BOT_USER_ID:
        raise SlackError("cant_kick_self")
    if user not in channel.members:
        raise SlackError("not_in_channel")
    channel.members.remove(user)
    slack.conversations.members_changed(channel, user)
    return {}


@method("conversations.join", "channels:join")
def join(slack: Slack, args: Arguments) -> Json:
    """The bot joins a public channel."""
    channel = seen_channel(slack, args)
    if channel.dm:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if BOT_USER_ID not in channel.members:
        channel.members.append(BOT_USER_ID)
        slack.conversations.members_changed(channel)
    return {"channel": channel_object(channel)}


@method("conversations.archive", *_MANAGE)
def archive(slack: Slack, args: Arguments) -> Json:
    """Close a channel for writing."""
    channel = _changeable(slack, args, archived="already_archived")
    channel.archived = True
    slack.conversations.members_changed(channel)
    return {}


@method("conversations.setTopic", *_MANAGE)
def set_topic(slack: Slack, args: Arguments) -> Json:
    """Give a channel another topic."""
    channel = _changeable(slack, args)
    topic = args.text("topic") or ""
    if len(topic) > 250:  # noqa: PLR2004 - Slack's own figure
        raise SlackError("too_long")
    channel.topic = topic
    slack.conversations.members_changed(channel)
    return {"channel": channel_object(channel)}


def _is_seen(conversation: Conversation) -> bool:
    return BOT_USER_ID in conversation.members or not conversation.private


def _listed(slack: Slack, args: Arguments, conversations: list[Conversation]) -> Json:
    kinds = set(args.names("types")) or {"public_channel"}
    if unknown := kinds - {"public_channel", "private_channel", "im", "mpim"}:
        raise SlackError("invalid_types", provided=sorted(unknown))
    for kind in kinds:
        require_scope(slack, kind, "read")
    without_archived = args.flag("exclude_archived")
    matching = [
        channel_object(c, members=True)
        for c in conversations
        if kind_of(c) in kinds and not (without_archived and c.archived)
    ]
    shown, cursor = page(matching, args, 100, 1000)
    return {"channels": shown, "response_metadata": cursor}


def _opened(conversation: Conversation, args: Arguments) -> Json:
    if args.flag("return_im"):
        return {"channel": channel_object(conversation)}
    return {"channel": {"id": conversation.id}}


def _changeable(slack: Slack, args: Arguments, archived: str = "is_archived") -> Conversation:
    channel = joined_channel(slack, args, "manage")
    if channel.dm:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError(archived)
    return channel


def _refuse_invitation(slack: Slack, channel: Conversation, user: str) -> None:
    if user == BOT_USER_ID:
        raise SlackError("cant_invite_self")
    person = slack.directory.people.get(user)
    if person is None:
        raise SlackError("user_not_found")
    if person.deactivated:
        raise SlackError("cant_invite")
    if user in channel.members:
        raise SlackError("already_in_channel")
