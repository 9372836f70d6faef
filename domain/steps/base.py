"""What the steps that people take have in common."""

from domain.message import Message
from domain.people import Actor


class Act(Message):
    """A step that a person takes, with the roles that were looked up at that moment."""

    by: Actor


class Written(Act):
    """An act that holds free text."""

    not_personal_data: bool = False
    """The writer was asked about what looks like personal data, and says that it is none."""
