"""The base of every part of organisation.toml."""

from pydantic import ConfigDict

from domain.message import Message


class Section(Message):
    """A part of the file; a key that is not known is a slip, and is named."""

    model_config = ConfigDict(frozen=True, extra="forbid")
