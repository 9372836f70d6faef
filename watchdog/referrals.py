"""Whether HR's clock has said what it had to say of each open referral, by the restricted store.

Restricted: what is found names the opaque reference and dates, and only HR is told of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.clocks import london, upcoming
from domain.discipline.proceeding import (
    REVIEW_POLICY,
    Proceeding,
    ProceedingEvent,
    ReferralResumed,
    ReviewReminder,
    after,
)
from watchdog.findings import Finding, Kind
from watchdog.workflows import Ended


@dataclass(frozen=True)
class Due:
    """The next reminder that the store must hold, and the review that it is about (UTC)."""

    review: datetime
    at: datetime


def awaited(proceeding: Proceeding, events: Sequence[ProceedingEvent]) -> Due | None:
    """What HR's clock has to say next once all that it said is recorded; None for nothing more.

    Args:
        proceeding: an open referral.
        events: all of it that the store holds, in order.
    """
    state = Proceeding(referral=proceeding.referral)
    begun, rung = state.referral.referred_at, None
    for event in events:
        before, state = state.review_due, after(state, event)
        if isinstance(event.step, ReferralResumed) or state.review_due != before:
            begun, rung = event.at, None
        elif isinstance(event.step, ReviewReminder) and event.step.due_at == before:
            rung = event.step.alarm.at
    ahead = upcoming(REVIEW_POLICY, state.review_due, opened_at=begun, rung_at=rung)
    return Due(state.review_due, max(ahead[0].at, begun)) if ahead else None


def silent(
    proceeding: Proceeding,
    events: Sequence[ProceedingEvent],
    now: datetime,
    patience: timedelta,
) -> list[Finding]:
    """The reminder that should have come longer than `patience` ago, as of `now` (aware)."""
    due = awaited(proceeding, events)
    if due is None or due.at + patience > now:
        return []
    what = (
        f"{proceeding.reference}: HR was to look at this referral by {london(due.review)}, and the "
        f"reminder of {london(due.at)} is not recorded"
    )
    return [Finding(Kind.REFERRAL_SILENT, what, about=proceeding.reference, since=due.at)]


def gone(ended: Ended) -> Finding:
    """A referral whose clock nobody keeps."""
    what = f"{ended.reference}: this referral's workflow {ended.how}, so nobody is reminded of it"
    return Finding(Kind.REFERRAL_GONE, what, about=ended.reference, since=ended.at)


def stuck(reference: str) -> Finding:
    """A referral whose workflow task fails again and again."""
    what = f"{reference}: this referral's workflow is stuck, so nobody is reminded of it"
    return Finding(Kind.REFERRAL_GONE, what, about=reference, part="stuck")
