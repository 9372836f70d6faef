"""A case in a few words, for people who look at it from outside: stage, who is awaited, by when."""

from datetime import datetime

from domain.case import Case
from domain.clocks import london, time_left
from domain.taxonomy import Clock, Stage

_AWAITED = {
    Stage.OST_REVIEW: "the Operational Security Team to review it",
    Stage.ICO_DECISION: "the DPO or deputy to decide whether to notify the ICO",
    Stage.ICO_NOTIFICATION: "the DPO's office to submit to the ICO and record it",
    Stage.READY_TO_CLOSE: "the Operational Security Team to close it",
    Stage.CLOSED: "nobody",
}


def awaited(case: Case) -> str:
    """Whom the case waits for, and for what."""
    if case.stage is Stage.REMEDIATION:
        return ", ".join(case.still_open())
    return _AWAITED[case.stage]


def current_details(case: Case, now: datetime) -> str:
    """The case for operators, in Markdown: what the Temporal UI shows as its current details.

    Args:
        case: the case as it stands.
        now: its own clock (aware).
    """
    lines = [
        f"**{case.stage.label}**" + (" · DRILL" if case.opening.drill else ""),
        f"Waiting for: {awaited(case)}",
        *(_clock_line(case, clock, now) for clock in Clock if case.runs(clock)),
    ]
    return "\n\n".join(lines)


def _clock_line(case: Case, clock: Clock, now: datetime) -> str:
    due = case.due(clock)
    return f"{clock.label} due: {london(due)} ({time_left(due, now)})"
