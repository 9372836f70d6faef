"""`chat.*` and `reactions.*`: writing."""

from localslack.apiobjects import message_object
from localslack.arguments import Arguments
from localslack.content import read_content, read_new_content
from localslack.errors import SlackError
from localslack.kinds import BOT_USER_ID, Json
from localslack.methods.access import (
    joined_channel,
    message_at,
    posting_channel,
    required_timestamp,
    seen_channel,
)
from localslack.methods.registry import method
from localslack.pictures import check_pictures
from localslack.records import Conversation, Message
from localslack.slack import Slack


@method("chat.postMessage", "chat:write")
def post_message(slack: Slack, args: Arguments) -> Json:
    """Post a message to a channel, a DM or a person."""
    conversation = posting_channel(slack, args.required("channel"))
    content = read_new_content(args)
    check_pictures(slack, content.get("blocks", []))
    thread_ts = thread_of(conversation, args.text("thread_ts"))
    message = slack.conversations.post(
        conversation,
        BOT_USER_ID,
        thread_ts=thread_ts,
        broadcast=thread_ts is not None and args.flag("reply_broadcast"),
        username=args.text("username"),
        **content,
    )
    shown = message_object(slack, conversation, message, metadata=True)
    return {"channel": conversation.id, "ts": message.ts, "message": shown}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(slack: Slack, args: Arguments) -> Json:
    """Post a message that one person sees, and only until they reload."""
    conversation = posting_channel(slack, args.required("channel"))
    user = args.required("user")
    if not slack.directory.knows(user):
        raise SlackError("user_not_found")
    if user not in conversation.members:
        raise SlackError("user_not_in_channel")
    message = slack.conversations.post(
        conversation,
        BOT_USER_ID,
        only_for=user,
        thread_ts=thread_of(conversation, args.text("thread_ts")),
        **read_new_content(args),
    )
    return {"message_ts": message.ts}


@method("chat.update", "chat:write")
def update(slack: Slack, args: Arguments) -> Json:
    """Change a message of the app. What is not given stays as it was."""
    conversation = seen_channel(slack, args)
    message = message_at(conversation, required_timestamp(args, "ts"))
    if not message.by_app:
        raise SlackError("cant_update_message")
    if conversation.archived:
        raise SlackError("is_inactive")
    content = read_content(args)
    check_pictures(slack, content.get("blocks", []))
    if not any(name in content for name in ("text", "blocks", "attachments")):
        raise SlackError("no_text")
    if not _says_something(message, content):
        raise SlackError("no_text")
    edited = {"user": BOT_USER_ID, "ts": f"{int(slack.clock())}.000000"}
    revise(slack, conversation, message, {**content, "edited": edited})
    return {
        "channel": conversation.id,
        "ts": message.ts,
        "text": message.text,
        "message": message_object(slack, conversation, message, metadata=True),
    }


@method("chat.delete", "chat:write")
def delete(slack: Slack, args: Arguments) -> Json:
    """Take a message of the app away."""
    conversation = seen_channel(slack, args)
    message = message_at(conversation, required_timestamp(args, "ts"))
    if not message.by_app:
        raise SlackError("cant_delete_message")
    slack.conversations.delete(conversation, message)
    return {"channel": conversation.id, "ts": message.ts}


@method("chat.getPermalink")
def permalink(slack: Slack, args: Arguments) -> Json:
    """The address of a message: here, its place on the local page."""
    conversation = seen_channel(slack, args)
    message = message_at(conversation, required_timestamp(args, "message_ts"))
    address = f"{slack.base_url}/archives/{conversation.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        address += f"?thread_ts={message.thread_ts}&cid={conversation.id}"
    return {"channel": conversation.id, "permalink": address}


@method("reactions.add", "reactions:write")
def add_reaction(slack: Slack, args: Arguments) -> Json:
    """Put an emoji on a message, as the bot."""
    conversation = joined_channel(slack, args)
    message = message_at(conversation, required_timestamp(args, "timestamp"))
    name = args.required("name").strip(":")
    reaction = next((r for r in message.reactions if r["name"] == name), None)
    if reaction is None:
        reaction = {"name": name, "users": [], "count": 0}
        message.reactions.append(reaction)
    if BOT_USER_ID in reaction["users"]:
        raise SlackError("already_reacted")
    reaction["users"].append(BOT_USER_ID)
    reaction["count"] += 1
    slack.conversations.message_changed(conversation, message)
    return {}


@method("reactions.remove", "reactions:write")
def remove_reaction(slack: Slack, args: Arguments) -> Json:
    """Take the bot's emoji off a message."""
    conversation = joined_channel(slack, args)
    message = message_at(conversation, required_timestamp(args, "timestamp"))
    name = args.required("name").strip(":")
    reaction = next((r for r in message.reactions if r["name"] == name), None)
    if reaction is None or BOT_USER_ID not in reaction["users"]:
        raise SlackError("no_reaction")
    reaction["users"].remove(BOT_USER_ID)
    reaction["count"] -= 1
    message.reactions = [r for r in message.reactions if r["count"]]
    slack.conversations.message_changed(conversation, message)
    return {}


def thread_of(conversation: Conversation, thread_ts: str | None) -> str | None:
    """The thread in which a message is to stand.

    A reply's own timestamp leads to its parent. A message that is no longer there leads to
    none: Slack then posts at the top level and does not refuse.
    """
    parent = conversation.messages.get(thread_ts) if thread_ts else None
    if parent is None or parent.only_for:
        return None
    return parent.thread_ts or parent.ts


def revise(slack: Slack, conversation: Conversation, message: Message, content: Json) -> None:
    """Give a message new content and tell those who see it."""
    for name, value in content.items():
        setattr(message, name, value)
    slack.conversations.message_changed(conversation, message)


def _says_something(message: Message, content: Json) -> bool:
    parts = ("text", "blocks", "attachments")
    return any(content.get(part, getattr(message, part)) for part in parts)
