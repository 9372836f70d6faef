"""The timeline of a drill, as the register has it."""

from rich.console import Console
from rich.table import Table

from domain.case import Case
from domain.clocks import london
from domain.steps import Alert, CaseEvent
from domain.summary import step_name


def print_timeline(story: str, case: Case, events: list[CaseEvent], names: dict[str, str]) -> None:
    """Prints every event with the case's own time, and hours since discovery.

    Args:
        story: what happens in it.
        case: the case as it ended.
        events: its events in order.
        names: Slack member IDs to names.
    """
    table = Table(title=f"{case.reference}: {story}, in the case's own time", width=96)
    table.add_column("London time", no_wrap=True)
    table.add_column("Since discovery", justify="right")
    table.add_column("Step")
    table.add_column("By")
    for event in events:
        hours = (event.at - case.discovered_at).total_seconds() / 3600
        table.add_row(
            london(event.at), f"{hours:.1f} h", step_name(event.step), _by(case, event, names)
        )
    Console(width=110).print(table)


def _by(case: Case, event: CaseEvent, names: dict[str, str]) -> str:
    if isinstance(event.step, Alert):
        return "the clock"
    return names.get(event.actor or case.opening.reporter or "", "")
