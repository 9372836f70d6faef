"""Channels, direct messages and what has been said in them."""

from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Any

from localslack.feed import Feed
from localslack.ids import Timestamps, new_id
from localslack.kinds import BOT_USER_ID, Clock
from localslack.records import Conversation, Message


class Conversations:
    """All conversations. Every change is told to the pages of those who can see it."""

    def __init__(self, clock: Clock, feed: Feed, changed: Callable[[], None]) -> None:
        self._clock = clock
        self._feed = feed
        self._changed = changed
        self._all: dict[str, Conversation] = {}
        self.timestamps = Timestamps()

    def __iter__(self) -> Iterator[Conversation]:
        return iter(self._all.values())

    def put(self, conversation: Conversation) -> None:
        """Add or replace a conversation as it is: from the workspace file or the state file."""
        self._all[conversation.id] = conversation

    def get(self, conversation_id: str) -> Conversation | None:
        """The conversation with that id."""
        return self._all.get(conversation_id)

    def channel(self, name: str) -> Conversation | None:
        """The channel of that name, without `#`."""
        return next((c for c in self if not c.dm and c.name == name), None)

    def of(self, user: str) -> list[Conversation]:
        """The conversations that a user is in."""
        return [c for c in self if user in c.members]

    def create(self, name: str, *, private: bool) -> Conversation:
        """A new channel in which the app's bot is alone."""
        channel = Conversation(
            id=new_id("C"),
            name=name,
            private=private,
            created=int(self._clock()),
            members=[BOT_USER_ID],
        )
        self.put(channel)
        self._changed()
        return channel

    def dm(self, one: str, other: str) -> Conversation | None:
        """The direct message between two users, if it was ever opened."""
        pair = sorted({one, other})
        return next((c for c in self if c.dm and sorted(c.members) == pair), None)

    def open_dm(self, one: str, other: str) -> Conversation:
        """The direct message between two users; opened now if it wasn't."""
        if found := self.dm(one, other):
            return found
        conversation = Conversation(
            id=new_id("D"),
            dm=True,
            private=True,
            created=int(self._clock()),
            members=sorted({one, other}),
        )
        self.put(conversation)
        self.members_changed(conversation)
        return conversation

    def post(self, conversation: Conversation, user: str, **fields: Any) -> Message:
        """Add a message; `fields` are those of `Message`."""
        message = Message(ts=self.timestamps.next(self._clock()), user=user, **fields)
        conversation.messages[message.ts] = message
        if not message.is_reply and message.only_for is None:
            # Writing in a conversation shows that one has read it.
            conversation.read[user] = message.ts
        self.message_changed(conversation, message)
        self._feed.tell(conversation.members, {"type": "sidebar"})
        return message

    def delete(self, conversation: Conversation, message: Message) -> None:
        """Take a message away. A thread's parent stays as a mark, as in Slack."""
        if message.ts in conversation.threads():
            message.deleted = True
            message.text, message.blocks, message.attachments = "", [], []
            message.metadata, message.files, message.reactions = None, [], []
        else:
            del conversation.messages[message.ts]
        self.message_changed(conversation, message)
        self._feed.tell(conversation.members, {"type": "sidebar"})

    def mark_read(self, conversation: Conversation, user: str) -> None:
        """Everything there is now has been read by `user`."""
        newest = next(reversed(conversation.messages), None)
        if newest is None or conversation.read.get(user) == newest:
            return
        conversation.read[user] = newest
        self._changed()
        self._feed.tell([user], {"type": "sidebar"})

    def unread(self, conversation: Conversation, user: str) -> int:
        """How many messages by others `user` has not read, threads left out."""
        seen = conversation.read.get(user, "")
        newer = takewhile(lambda m: m.ts > seen, reversed(conversation.messages.values()))
        return sum(1 for m in newer if m.user != user and not m.is_reply and m.visible_to(user))

    def message_changed(self, conversation: Conversation, message: Message) -> None:
        """Tell those who see `message` that it is new or different."""
        self._changed()
        event = {"type": "conversation", "id": conversation.id}
        if message.thread_ts:
            event["thread_ts"] = message.thread_ts
        audience = [message.only_for] if message.only_for else conversation.members
        self._feed.tell(audience, event)

    def members_changed(self, conversation: Conversation, *gone: str) -> None:
        """Tell the members, and those who just left, that the conversation is different."""
        self._changed()
        everyone = [*conversation.members, *gone]
        self._feed.tell(everyone, {"type": "sidebar"})
        self._feed.tell(everyone, {"type": "conversation", "id": conversation.id})
