"""What a person types, as Slack's own client turns it into message text."""

import re

from localslack.kinds import BOT_USER_ID
from localslack.slack import Slack

_SPECIAL = re.compile(
    r"(https?://[^\s<>]+)|(?<![\w@])@([a-z0-9][a-z0-9._-]*)|(?<![\w#])#([a-z0-9_-]+)"
)
_BROADCASTS = {"here", "channel", "everyone"}


def escaped(text: str) -> str:
    """The three characters that Slack escapes, and no others."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_message(slack: Slack, text: str) -> str:
    """Typed text as message text: escaped, with mentions, channels and addresses linked."""

    def linked(match: re.Match[str]) -> str:
        address, handle, channel = match.groups()
        if address:
            return f"<{address}>"
        if handle:
            return _mention(slack, handle) or match[0]
        found = slack.conversations.channel(channel)
        return f"<#{found.id}|{found.name}>" if found else match[0]

    return _SPECIAL.sub(linked, escaped(text))


def _mention(slack: Slack, handle: str) -> str | None:
    if handle in _BROADCASTS:
        return f"<!{handle}>"
    if handle == slack.directory.bot_name:
        return f"<@{BOT_USER_ID}>"
    if person := slack.directory.person(handle):
        return f"<@{person.id}>"
    groups = slack.directory.groups.values()
    group = next((g for g in groups if g.handle == handle), None)
    return f"<!subteam^{group.id}>" if group else None
