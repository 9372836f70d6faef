"""What the clocks of a case say."""

from typing import Literal

from domain.clocks import Alarm
from domain.message import Message, Utc
from domain.taxonomy import Clock


class Alert(Message):
    """A clock spoke: a reminder before its deadline, or an escalation past it."""

    kind: Literal["alert"] = "alert"
    clock: Clock
    number: int | None = None
    """The remedial action or complaint whose clock it is; None for a clock of the whole case."""
    due_at: Utc
    alarm: Alarm
