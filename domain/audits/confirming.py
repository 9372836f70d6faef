"""The second look at a recommendation that somebody says is addressed.

Who owns it says so, with evidence; somebody else confirms it, as the Government Internal Audit
Agency asks before it counts a recommendation as implemented.
"""

from datetime import date, datetime, timedelta

from domain.absence import london_day
from domain.audits.words import Priority
from domain.clocks import AlarmPolicy, EscalationStep, end_of
from domain.message import Message, Utc
from domain.taxonomy import Role

SECOND_LOOK = 2
"""The edition of the rules since which evidence is asked for and somebody else confirms it."""
BARS_FORMER_OWNERS = 3
"""The edition since which nobody confirms what they handed over."""
EDITION = BARS_FORMER_OWNERS
"""Of the rules that a recommendation begins under now."""
WITHIN = timedelta(days=14)
CONFIRMED = (Priority.HIGH, Priority.MEDIUM)
"""What somebody else confirms. What is Low, its owner closes with evidence."""
CONFIRMATION = AlarmPolicy(
    reminders_before_hours=(15 + 7 * 24,),
    escalations=(
        EscalationStep(after_hours=9, to=(Role.OST_LEAD, Role.DPO)),
        EscalationStep(after_hours=9 + 14 * 24, to=(Role.DPO, Role.SIRO)),
    ),
)
"""Ours. Counted from the midnight in London that ends the fourteenth day, so all of it falls at
09:00: a week after it was said, the morning after two weeks, and two weeks later."""


class Proposed(Message):
    """That somebody said it is addressed, while nobody has confirmed it."""

    by: str
    """Slack member ID."""
    at: Utc
    addressed_on: date
    rung_at: Utc | None = None
    """The last alarm that was rung for the confirmation."""

    @property
    def due(self) -> datetime:
        """Until when somebody is to look at it (UTC)."""
        return end_of(london_day(self.at) + WITHIN)
