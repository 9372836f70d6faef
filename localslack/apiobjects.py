"""Messages and conversations as the Web API and the payloads show them to the app."""

from collections.abc import Mapping

from localslack.files import file_object
from localslack.kinds import APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID, Json
from localslack.records import Conversation, Message
from localslack.slack import Slack

Threads = Mapping[str, list[Message]]
"""The replies of a conversation by their parent's `ts`."""


def message_object(
    slack: Slack,
    conversation: Conversation,
    message: Message,
    *,
    metadata: bool = False,
    threads: Threads | None = None,
) -> Json:
    """Slack's message object.

    Args:
        slack: where it stands.
        conversation: where it stands there.
        message: the message.
        metadata: whether to include the message's own metadata.
        threads: the conversation's, when many messages are shown at once.
    """
    found: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": TEAM_ID,
    }
    if message.deleted:
        # What Slack leaves where the parent of a thread was.
        found |= {"subtype": "tombstone", "hidden": True, "user": "USLACKBOT"}
        found["text"] = "This message was deleted."
    elif message.by_app:
        found |= {"bot_id": BOT_ID, "app_id": APP_ID}
    for name in ("blocks", "attachments", "edited", "reactions"):
        if value := getattr(message, name):
            found[name] = value
    if message.username:
        found["username"] = message.username
    if message.files:
        found["files"] = _files(slack, message)
    if metadata and message.metadata:
        found["metadata"] = message.metadata
    if message.is_reply:
        return found | _reply_fields(conversation, message)
    replies = (conversation.threads() if threads is None else threads).get(message.ts)
    return found | _parent_fields(message, replies) if replies else found


def _reply_fields(conversation: Conversation, message: Message) -> Json:
    fields: Json = {"thread_ts": message.thread_ts}
    parent = conversation.messages.get(message.thread_ts or "")
    if parent:
        fields["parent_user_id"] = parent.user
    if message.broadcast:
        fields["subtype"] = "thread_broadcast"
    return fields


def _parent_fields(message: Message, replies: list[Message]) -> Json:
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users,
        "latest_reply": replies[-1].ts,
        "is_locked": False,
    }


def _files(slack: Slack, message: Message) -> list[Json]:
    records = (slack.files.records.get(file_id) for file_id in message.files)
    return [file_object(file, slack.base_url) for file in records if file]


def channel_object(conversation: Conversation, *, members: bool = False) -> Json:
    """Slack's conversation object, as the app's bot sees it."""
    if conversation.dm:
        return {
            "id": conversation.id,
            "created": conversation.created,
            "is_im": True,
            "is_archived": False,
            "is_org_shared": False,
            "is_open": True,
            "user": conversation.partner(BOT_USER_ID),
            "context_team_id": TEAM_ID,
        }
    found: Json = {
        "id": conversation.id,
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": conversation.private,
        "is_archived": conversation.archived,
        "is_general": conversation.name == "general",
        "is_shared": False,
        "is_org_shared": False,
        "is_member": BOT_USER_ID in conversation.members,
        "created": conversation.created,
        "creator": conversation.creator,
        "context_team_id": TEAM_ID,
        "topic": {"value": conversation.topic, "creator": "", "last_set": 0},
        "purpose": {"value": conversation.purpose, "creator": "", "last_set": 0},
    }
    if members:
        found["num_members"] = len(conversation.members)
    return found
