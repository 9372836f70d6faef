"""The timeline of a drill, as the register has it."""

from rich.console import Console
from rich.table import Table

from domain.case import Case
from domain.clocks import london
from domain.steps import Alert, CaseEvent

NAMES = {
    "report": "Report received",
    "claim": "Claimed",
    "review": "OST review recorded",
    "ico_decision": "ICO decision recorded",
    "ico_submission": "ICO submission recorded",
    "action_added": "Remedial action added",
    "action_completed": "Remedial action completed",
    "referral_decision": "Disciplinary referral choice made",
    "closure": "Closed",
}


def print_timeline(case: Case, events: list[CaseEvent], names: dict[str, str]) -> None:
    """Prints every event with the case's own time, and hours since discovery.

    Args:
        case: the case as it ended.
        events: its events in order.
        names: Slack member IDs to names.
    """
    table = Table(title=f"{case.reference}: the drill's timeline, in the case's own time")
    table.add_column("London time", no_wrap=True)
    table.add_column("Since discovery", justify="right")
    table.add_column("Step")
    table.add_column("By")
    for event in events:
        hours = (event.at - case.discovered_at).total_seconds() / 3600
        table.add_row(london(event.at), f"{hours:.1f} h", _words(event), _by(case, event, names))
    Console(width=110).print(table)


def _by(case: Case, event: CaseEvent, names: dict[str, str]) -> str:
    if isinstance(event.step, Alert):
        return "the clock"
    return names.get(event.actor or case.opening.reporter or "", "")


def _words(event: CaseEvent) -> str:
    step = event.step
    if not isinstance(step, Alert):
        return NAMES[step.kind]
    word = "overdue, escalated" if step.alarm.past_due else "reminder"
    return f"{step.clock.label}: {word}"
