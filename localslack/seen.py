"""What a person sees: messages, views and their controls, with their plain text."""

from dataclasses import dataclass

from localslack.blocks.walk import controls
from localslack.kinds import Json
from localslack.plaintext import PlainText


class RefusedError(Exception):
    """Slack, or the app by its silence, refused what the person did. Has Slack's notice."""


class NotSeenError(AssertionError):
    """What the person waited for, or wanted to press, is not there. Says what is."""


@dataclass(frozen=True)
class Control:
    """A button, menu or input, and the block it stands in."""

    block_id: str
    element: Json
    label: str

    @property
    def action_id(self) -> str:
        """The control's action id."""
        return str(self.element["action_id"])

    @property
    def value(self) -> str | None:
        """What a button carries."""
        value = self.element.get("value")
        return None if value is None else str(value)


class _Seen:
    """Something made of blocks."""

    def __init__(self, data: Json, plain: PlainText) -> None:
        self.data = data
        self._plain = plain

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        blocks: list[Json] = self.data["blocks"]
        return blocks

    def controls(self) -> list[Control]:
        """Everything that can be pressed, chosen or filled in, from top to bottom."""
        return [
            Control(block["block_id"], element, self._label(block, element))
            for block, element in controls(self.blocks)
        ]

    def buttons(self) -> list[Control]:
        """The buttons, from top to bottom."""
        return [c for c in self.controls() if c.element["type"] == "button"]

    def _label(self, block: Json, element: Json) -> str:
        return self._plain.object(element.get("text") or block.get("label"))


class Message(_Seen):
    """A message as one person sees it."""

    def __init__(self, data: Json, channel: str, plain: PlainText) -> None:
        super().__init__(data, plain)
        self.channel = channel
        self.ts: str = data["ts"]
        self.thread_ts: str | None = data["thread_ts"]
        self.user: str = data["user"]
        self.name: str = data["name"]
        self.is_app: bool = data["is_app"]
        self.ephemeral: bool = data["ephemeral"]
        self.edited: bool = data["edited"] is not None
        self.reply_count: int = data["reply_count"]
        self.files: list[Json] = data["files"]
        self.reactions: list[Json] = data["reactions"]

    def text(self) -> str:
        """All it shows, as plain text. As in Slack, `text` gives way to blocks."""
        if self.data["deleted"]:
            return "This message was deleted."
        if self.blocks:
            return self._plain.blocks(self.blocks)
        return self._plain.markup(self.data["text"])

    def fallback(self) -> str:
        """The `text` beside the blocks: what a notification or a screen reader says."""
        return self._plain.markup(self.data["text"])

    def __repr__(self) -> str:
        return f"<{self.name}: {self.text()!r}>"


class View(_Seen):
    """A modal or the Home tab as one person sees it."""

    def __init__(self, data: Json, plain: PlainText) -> None:
        super().__init__(data, plain)
        self.view = data
        self.id: str = data["id"]
        self.title = plain.object(data.get("title"))
        self.errors: dict[str, str] = data["errors"]
        self.private_metadata: str = data["private_metadata"]

    def text(self) -> str:
        """All it shows, as plain text, field errors included."""
        lines = [self.title] if self.data["type"] == "modal" else []
        return "\n".join([*lines, self._plain.blocks(self.blocks), *self.errors.values()])

    def action_in(self, block_id: str) -> str:
        """The action id of the input in a block.

        Raises:
            LookupError: there is no such block; the text says which there are.
        """
        inputs = {c.block_id: c.action_id for c in self.controls() if c.element["type"] != "button"}
        if block_id not in inputs:
            raise LookupError(f"{self.title!r} has no input {block_id!r}; it has {list(inputs)}")
        return inputs[block_id]

    def __repr__(self) -> str:
        return f"<{self.data['type']} {self.title!r}: {self.text()!r}>"
