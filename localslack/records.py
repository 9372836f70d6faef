"""What the workspace holds while it runs. These are the records kept in the state file."""

from pydantic import BaseModel

from localslack.kinds import BOT_USER_ID, Json


class Message(BaseModel):
    """One message. `ts` is Slack's: Unix seconds with six digits, unique in the workspace."""

    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = []
    attachments: list[Json] = []
    thread_ts: str | None = None
    broadcast: bool = False
    metadata: Json | None = None
    username: str | None = None
    edited: Json | None = None
    reactions: list[Json] = []
    files: list[str] = []
    only_for: str | None = None
    """Set for an ephemeral message: the one person who sees it."""
    deleted: bool = False

    @property
    def by_app(self) -> bool:
        """Whether the app's bot wrote it."""
        return self.user == BOT_USER_ID

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread and is not its parent."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def all_blocks(self) -> list[Json]:
        """Its blocks and those of its attachments."""
        attached = (block for a in self.attachments for block in a.get("blocks", ()))
        return [*self.blocks, *attached]

    def visible_to(self, user: str) -> bool:
        """Whether `user`, being a member, sees it."""
        return self.only_for in (None, user)


class Conversation(BaseModel):
    """A channel or a direct message between two."""

    id: str
    name: str = ""
    dm: bool = False
    private: bool = False
    archived: bool = False
    topic: str = ""
    purpose: str = ""
    created: int = 0
    creator: str = BOT_USER_ID
    members: list[str] = []
    messages: dict[str, Message] = {}
    """By `ts`, oldest first."""
    read: dict[str, str] = {}
    """For each person, the `ts` up to which they have read."""

    def partner(self, user: str) -> str:
        """The other side of a DM; with oneself, oneself."""
        return next((m for m in self.members if m != user), user)

    def threads(self) -> dict[str, list[Message]]:
        """The replies, oldest first and without ephemeral ones, by their parent's `ts`."""
        threads: dict[str, list[Message]] = {}
        for message in self.messages.values():
            if message.is_reply and message.only_for is None:
                threads.setdefault(message.thread_ts or "", []).append(message)
        return threads


class View(BaseModel):
    """A modal or a Home tab as one person has it."""

    id: str
    user: str
    body: Json
    """What the app gave: type, title, blocks, private_metadata and so on."""
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    values: dict[str, Json] = {}
    errors: dict[str, str] = {}

    @property
    def blocks(self) -> list[Json]:
        """The blocks of the view."""
        blocks: list[Json] = self.body["blocks"]
        return blocks


class File(BaseModel):
    """An uploaded file. Its bytes are kept apart, see `files.py`."""

    id: str
    name: str
    title: str
    alt: str = ""
    """What a screen reader says of a picture."""
    size: int
    created: int
    user: str = BOT_USER_ID
    channels: list[str] = []
    uploaded: bool = False
    complete: bool = False
