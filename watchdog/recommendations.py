"""Whether the clock of each open recommendation has said what it had to say, by the register."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

from domain.audits.recommendation import (
    Deadline,
    Recommendation,
    RecommendationAlarm,
    RecommendationEvent,
    RecommendationStep,
)
from domain.audits.words import Progress
from domain.clocks import Alarm, london, upcoming
from watchdog.findings import Finding, Kind
from watchdog.workflows import Ended

_BESIDE = (Progress.NOTE, Progress.EVIDENCE)
"""What never begins a clock afresh."""
EVER = datetime.min.replace(tzinfo=UTC)


async def silent(
    recommendation: Recommendation,
    events_of: Callable[[str], Awaitable[Sequence[RecommendationEvent]]],
    now: datetime,
    patience: timedelta,
) -> list[Finding]:
    """The alarm that should have come longer than `patience` ago, as of `now` (aware).

    Its events are read only where something may be missing.
    """
    deadline, late = recommendation.deadline, now - patience
    if deadline is None or not _next(deadline, EVER, late):
        return []
    due = _next(deadline, _begun(await events_of(recommendation.name)), late)
    if due is None:
        return []
    name = recommendation.name
    whose = "to confirm it" if deadline.confirming else "of its target date"
    what = (
        f"{name}: the reminder or escalation {whose}, of {london(due.at)}, is not recorded of this "
        "recommendation"
    )
    return [Finding(Kind.RECOMMENDATION_SILENT, what, about=name, since=due.at)]


def gone(ended: Ended) -> Finding:
    """A recommendation whose clock nobody keeps."""
    what = (
        f"{ended.reference}: this recommendation's workflow {ended.how}; nobody is reminded of it"
    )
    return Finding(Kind.RECOMMENDATION_GONE, what, about=ended.reference, since=ended.at)


def stuck(name: str) -> Finding:
    """A recommendation whose workflow task fails again and again."""
    what = f"{name}: this recommendation's workflow is stuck; nobody is reminded of it"
    return Finding(Kind.RECOMMENDATION_GONE, what, about=name, part="stuck")


def _next(deadline: Deadline, begun: datetime, late: datetime) -> Alarm | None:
    """The first alarm that is not recorded, if it should have been by then."""
    ahead = upcoming(deadline.policy, deadline.due, opened_at=begun, rung_at=deadline.rung_at)
    return ahead[0] if ahead and max(ahead[0].at, begun) <= late else None


def _begun(events: Sequence[RecommendationEvent]) -> datetime:
    """When its clock began, at the latest: reminders from before need not be given."""
    for event in reversed(events):
        step = event.step
        is_beside = isinstance(step, RecommendationStep) and step.progress in _BESIDE
        if not is_beside and not isinstance(step, RecommendationAlarm):
            return event.at
    return EVER
