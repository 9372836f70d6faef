"""What is done about a breach: remedial actions, how far it is contained, who else was told."""

from datetime import date

from domain.message import Message, Utc
from domain.taxonomy import Labelled


class PastOwner(Message):
    """Somebody who handed a remedial action over, or from whom it was taken."""

    owner: str
    """Slack member ID."""
    event: int
    """The number of the event by which it passed on."""


class Action(Message):
    """A remedial action as it stands."""

    number: int
    event: int
    """The number of the event that added it."""
    description: str
    owner: str
    """Slack member ID of whoever has it now."""
    past_owners: tuple[PastOwner, ...] = ()
    due_on: date
    """A day in London, as last changed."""
    course: str = ""
    """The key of the course that its owner is to take; empty for none."""
    done_at: Utc | None = None
    done_by: str | None = None
    """Slack member ID of whoever completed it."""
    evidence: str | None = None
    """What shows that it is done."""
    cancelled_at: Utc | None = None
    cancelled_by: str | None = None
    """Slack member ID of whoever cancelled it."""
    cancel_reason: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None and self.cancelled_at is None

    @property
    def given_by(self) -> int:
        """The number of the event by which it became its owner's: added, or handed over last."""
        return self.past_owners[-1].event if self.past_owners else self.event


class ContainmentState(Labelled):
    """How far a breach is contained: whether the data can still spread or do harm."""

    NOT_CONTAINED = "not_contained", "Not contained"
    PARTLY = "partly_contained", "Partly contained"
    CONTAINED = "contained", "Contained"


class OutsideBody(Labelled):
    """The kinds of organisation that are told of a breach beside the ICO."""

    POLICE = "police_force", "Police force"
    COURT = "court", "Court"
    CHAMBERS = "chambers", "Counsel's chambers"
    NCSC = "ncsc", "National Cyber Security Centre (NCSC)"
    REGULATOR = "regulator", "Another regulator"
    OTHER = "other", "Another organisation"

    @property
    def has_one_name(self) -> bool:
        """Whether there is only one of its kind, so that it needs no name."""
        return self is OutsideBody.NCSC
