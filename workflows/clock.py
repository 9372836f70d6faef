"""One clock of a case: reminds before its deadline and escalates past it. It decides nothing."""

from datetime import datetime, timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.clocks import Alarm, london, merged, upcoming
    from domain.steps import Alert
    from domain.taxonomy import Clock
    from workflows.journal import Journal


async def keep(clock: Clock, journal: Journal) -> None:
    """Rings the clock's alarms until what it waits for is done."""
    rung_at: datetime | None = None
    while journal.case.runs(clock):
        ahead = _ahead(clock, journal, rung_at)
        await _until_next(clock, journal, ahead)
        passed = tuple(alarm for alarm in ahead if alarm.at <= workflow.now())
        if passed and journal.case.runs(clock):
            rung_at = passed[-1].at
            due = journal.case.due(clock)
            await journal.take(Alert(clock=clock, due_at=due, alarm=merged(passed)))


def _ahead(clock: Clock, journal: Journal, rung_at: datetime | None) -> tuple[Alarm, ...]:
    case = journal.case
    return upcoming(
        case.policy(clock),
        case.due(clock),
        opened_at=case.opening.reported_at,
        rung_at=rung_at,
    )


async def _until_next(clock: Clock, journal: Journal, ahead: tuple[Alarm, ...]) -> None:
    """Waits for the next alarm, for the clock to stop, or for its deadline to move."""
    due = journal.case.due(clock)

    def overtaken() -> bool:
        return not journal.case.runs(clock) or journal.case.due(clock) != due

    if not ahead:
        await workflow.wait_condition(overtaken)
        return
    alarm = ahead[0]
    word = "escalation" if alarm.past_due else "reminder"
    try:
        await workflow.wait_condition(
            overtaken,
            timeout=max(alarm.at - workflow.now(), timedelta(0)),
            timeout_summary=f"{clock.label}: next {word}; due {london(due)}",
        )
    except TimeoutError:
        return
