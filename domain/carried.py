"""What a run of a case hands to the next one, when Temporal asks for a new run of a long case."""

from domain.message import Code, Message, Utc
from domain.steps import CaseEvent
from domain.taxonomy import Clock


class ClockPosition(Message):
    """How far a clock has spoken, so that the next run repeats and leaves out nothing."""

    clock: Clock
    number: int | None = None
    """The remedial action or complaint that it times, if it is the clock of one."""
    begins_at: Utc
    """Reminders from before are not worth giving any more."""
    due_at: Utc | None = None
    """The deadline it was ringing for; None while it stands still."""
    rung_at: Utc | None = None
    """The last alarm that it rang for that deadline."""


class Answered(Message):
    """An update that was answered, for whoever asks again because the answer was lost."""

    update: Code
    """The id that the asker gave it."""
    number: int
    at: Utc


class Carried(Message):
    """Everything that a run knows and its case does not."""

    clocks: tuple[ClockPosition, ...] = ()
    to_announce: tuple[CaseEvent, ...] = ()
    """Steps that are recorded and that people have not been shown yet, as while Slack is down."""
    answered: tuple[Answered, ...] = ()
    """The last ones, oldest first."""
    cancellation_refused: bool = False
