"""What was recorded and reached nobody: a report, or what a clock had to say."""

from collections.abc import Sequence
from datetime import datetime

from domain.case import Case
from domain.case_clocks import runs
from domain.clocks import london
from domain.steps import Alert, CaseEvent
from register.watching import Untold
from watchdog.findings import Finding, Kind


def not_delivered(untold: Untold, case: Case, events: Sequence[CaseEvent]) -> Finding | None:
    """The finding; None where what it was about has been done since.

    Args:
        untold: the step that no route has taken.
        case: as it stands now.
        events: of the case.
    """
    event = next((each for each in events if each.number == untold.number), None)
    if event is None or case.is_over:
        return None
    step = event.step
    if isinstance(step, Alert):
        if not runs(case, step.clock, step.number):
            return None
        what = f"what {step.clock.called(step.number)} had to say"
    elif case.review is None:
        what = "the new report"
    else:
        return None
    return _finding(untold, what, untold.at)


def _finding(untold: Untold, what: str, at: datetime) -> Finding:
    return Finding(
        Kind.NOT_DELIVERED,
        f"{untold.reference}: {what} on {london(at)} is recorded, and no route has taken it",
        about=untold.reference,
        part=str(untold.number),
        since=at,
    )
