"""The workspace as one person sees it: the objects of the client API."""

from localslack.files import file_object
from localslack.ids import colour_of
from localslack.kinds import APP_ID, BOT_USER_ID, TEAM_ID, Json
from localslack.records import Conversation, Message, View
from localslack.slack import Slack
from localslack.views import view_object


def boot(slack: Slack) -> Json:
    """What a page needs to know once."""
    directory = slack.directory
    return {
        "team": {"id": TEAM_ID, "name": slack.workspace.name},
        "app": {
            "id": APP_ID,
            "name": directory.app_name,
            "bot_user_id": BOT_USER_ID,
            "commands": [
                c.model_dump(include={"command", "description", "usage_hint"})
                for c in slack.manifest.commands
            ],
        },
        "people": [
            {
                **p.model_dump(
                    include={"id", "handle", "real_name", "title", "deactivated", "guest"}
                ),
                "colour": colour_of(place),
            }
            for place, p in enumerate(directory.people.values())
        ],
        "groups": [
            g.model_dump(include={"id", "handle", "name"}) for g in directory.groups.values()
        ],
    }


def sidebar(slack: Slack, user: str) -> Json:
    """The conversations of a person, with how much in them is unread."""
    own = slack.conversations.of(user)
    return {
        "channels": [
            {
                "id": c.id,
                "name": c.name,
                "private": c.private,
                "unread": slack.conversations.unread(c, user),
            }
            for c in sorted(own, key=lambda c: c.name)
            if not c.dm and not c.archived
        ],
        "dms": [_dm(slack, c, user) for c in own if c.dm],
    }


def _dm(slack: Slack, conversation: Conversation, user: str) -> Json:
    partner = conversation.partner(user)
    return {
        "id": conversation.id,
        "with": {
            "id": partner,
            "real_name": slack.directory.name(partner),
            "is_app": partner == BOT_USER_ID,
        },
        "unread": slack.conversations.unread(conversation, user),
    }


def conversation(slack: Slack, found: Conversation, user: str) -> Json:
    """A conversation and its messages, oldest first, thread replies left out."""
    shown = [
        m for m in found.messages.values() if m.visible_to(user) and (not m.is_reply or m.broadcast)
    ]
    threads = found.threads()
    return {
        "id": found.id,
        "name": slack.directory.name(found.partner(user)) if found.dm else found.name,
        "kind": "dm" if found.dm else "channel",
        "private": found.private,
        "topic": found.topic,
        "members": found.members,
        "messages": [_message(slack, m, threads.get(m.ts, [])) for m in shown],
    }


def thread(slack: Slack, found: Conversation, parent: Message, user: str) -> Json:
    """A thread, its parent first; ephemeral replies for this person included."""
    replies = [
        m
        for m in found.messages.values()
        if m.thread_ts == parent.ts and m.is_reply and m.visible_to(user)
    ]
    lasting = [m for m in replies if m.only_for is None]
    first = _message(slack, parent, lasting)
    return {"messages": [first, *(_message(slack, m, []) for m in replies)]}


def _message(slack: Slack, shown: Message, replies: list[Message]) -> Json:
    """The `M` of the client API."""
    files = (slack.files.records.get(file_id) for file_id in shown.files)
    return {
        "ts": shown.ts,
        "user": shown.user,
        "name": shown.username or slack.directory.name(shown.user),
        "is_app": shown.by_app,
        "text": shown.text,
        "blocks": [*shown.blocks, *_attached(shown)],
        "thread_ts": shown.thread_ts,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(r.user for r in replies)),
        "latest_reply": replies[-1].ts if replies else None,
        "edited": shown.edited,
        "ephemeral": shown.only_for is not None,
        "reactions": shown.reactions,
        "files": [file_object(f, slack.base_url) for f in files if f],
        "deleted": shown.deleted,
    }


def view(shown: View) -> Json:
    """The `V` of the client API: Slack's view object with the errors of a failed submission."""
    return {**view_object(shown), "errors": shown.errors}


def _attached(shown: Message) -> list[Json]:
    """Attachments as blocks; the old kind, of bare text, becomes a section."""
    blocks: list[Json] = []
    if shown.attachments and shown.text and not shown.blocks:
        blocks.append(_section("text", shown.text))
    for number, attachment in enumerate(shown.attachments):
        if attachment.get("blocks"):
            blocks.extend(attachment["blocks"])
        elif text := attachment.get("text") or attachment.get("fallback"):
            blocks.append(_section(f"attachment-{number}", text))
    return blocks


def _section(block_id: str, text: str) -> Json:
    return {"type": "section", "block_id": block_id, "text": {"type": "mrkdwn", "text": text}}
