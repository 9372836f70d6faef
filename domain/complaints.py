"""The complaints of a case, and the days within which each is acknowledged: DPA 2018 s.164A."""

from datetime import date, datetime, timedelta

from domain.clocks import end_of
from domain.message import Message, Utc
from domain.taxonomy import ComplaintOutcome, ComplaintRoute

ACKNOWLEDGED_WITHIN = timedelta(days=30)
"""Calendar days "beginning when the complaint is received" (s.164A(3)): the day of receipt is the
first. The ICO's guidance counts from the day after and lets weekends move the end; the statute's
words are a day stricter, and nothing is lost by keeping to them."""


class Complaint(Message):
    """A complaint, and how far it is dealt with."""

    number: int
    event: int
    """The number of the event that recorded it."""
    received_on: date
    route: ComplaintRoute
    complaint_reference: str
    recorded_by: str
    """Slack member ID."""
    recorded_at: Utc
    acknowledged_on: date | None = None
    answered_on: date | None = None
    outcome: ComplaintOutcome | None = None
    settled_by: str | None = None
    """Slack member ID of whoever recorded the last step about it."""
    settled_at: Utc | None = None

    @property
    def last_day(self) -> date:
        """The last day in London on which it is acknowledged in time."""
        return self.received_on + ACKNOWLEDGED_WITHIN - timedelta(days=1)

    @property
    def due(self) -> datetime:
        """When the acknowledgement is late: as its last day in London is over (UTC)."""
        return end_of(self.last_day)

    @property
    def is_acknowledged(self) -> bool:
        """Whether the complainant knows that it has arrived; an answer says so too."""
        return self.acknowledged_on is not None or self.answered_on is not None

    @property
    def is_open(self) -> bool:
        """Whether the complainant still has to be told the outcome."""
        return self.answered_on is None
