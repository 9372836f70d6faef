"""One clock of a case: reminds before its deadline and escalates past it. It decides nothing."""

import contextlib
from datetime import datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.clocks import Alarm, london, merged, upcoming
    from domain.steps import Alert
    from domain.taxonomy import Clock
    from workflows.journal import Journal


async def keep(clock: Clock, journal: Journal, begins_at: datetime) -> None:
    """Keeps the clock for the life of the case; it may stop, and start again with new facts.

    Reminders from before `begins_at` (aware) have been given, or are not worth giving any more.
    """
    while not journal.case.is_over:
        await workflow.wait_condition(lambda: journal.case.runs(clock) or journal.case.is_over)
        if journal.case.runs(clock):
            await _ring_until_moved(clock, journal, begins_at)
            begins_at = workflow.now()


async def _ring_until_moved(clock: Clock, journal: Journal, begins_at: datetime) -> None:
    """Rings the alarms of one deadline, until what it waits for is done or the deadline moves.

    A deadline that has moved starts afresh: past it already, it escalates at once.
    """
    due = journal.case.due(clock)
    rung_at: datetime | None = None

    def overtaken() -> bool:
        return not journal.case.runs(clock) or journal.case.due(clock) != due

    while not overtaken():
        ahead = upcoming(journal.case.policy(clock), due, opened_at=begins_at, rung_at=rung_at)
        if not ahead:
            await workflow.wait_condition(overtaken)
            return
        if ahead[0].at > workflow.now():
            with contextlib.suppress(TimeoutError):
                await workflow.wait_condition(
                    overtaken,
                    timeout=ahead[0].at - workflow.now(),
                    timeout_summary=_summary(clock, ahead[0], due),
                )
        passed = tuple(alarm for alarm in ahead if alarm.at <= workflow.now())
        if passed and not overtaken():
            rung_at = passed[-1].at
            await journal.take(Alert(clock=clock, due_at=due, alarm=merged(passed)))


def _summary(clock: Clock, alarm: Alarm, due: datetime) -> str:
    word = "escalation" if alarm.past_due else "reminder"
    return f"{clock.label}: next {word}; due {london(due)}"
