"""One clock of a case: reminds before its deadline and escalates past it. It decides nothing."""

import asyncio
from datetime import datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.carried import ClockPosition
    from domain.case_clocks import due_of, has_numbered, policy_of, rings_from, runs
    from domain.clocks import Alarm, london
    from domain.steps import Alert
    from domain.taxonomy import Clock
    from workflows.journal import Journal
    from workflows.ringing import ring_until_overtaken


async def keep_each(clock: Clock, journal: Journal, number: int = 1) -> None:
    """Keeps a clock for each remedial action or complaint, from the moment it is recorded.

    Waits for the one of that number; beside its clock it waits for the next one.
    """
    await workflow.wait_condition(
        lambda: journal.case.is_over or has_numbered(journal.case, clock, number)
    )
    if not journal.case.is_over:
        await asyncio.gather(
            keep(clock, journal, workflow.now(), number),
            keep_each(clock, journal, number + 1),
        )


async def keep(
    clock: Clock, journal: Journal, begins_at: datetime, number: int | None = None
) -> None:
    """Keeps the clock for the life of the case; it may stop, and start again with new facts.

    Args:
        clock: which one.
        journal: the case.
        begins_at: reminders from before (aware) have been given, or are not worth giving any more.
        number: the remedial action or complaint that the clock times, if it is the clock of one.
    """
    carried = journal.position(clock, number)
    begins_at = carried.begins_at if carried else rings_from(journal.case, clock, begins_at)
    while not journal.case.is_over:
        if carried is None:
            journal.note(ClockPosition(clock=clock, number=number, begins_at=begins_at))
        await workflow.wait_condition(
            lambda: runs(journal.case, clock, number) or journal.case.is_over
        )
        if runs(journal.case, clock, number):
            await _ring_until_moved(clock, journal, number, begins_at)
            begins_at, carried = workflow.now(), None


async def _ring_until_moved(
    clock: Clock, journal: Journal, number: int | None, begins_at: datetime
) -> None:
    """Rings the alarms of one deadline, until what it waits for is done or the deadline moves.

    A deadline that has moved starts afresh: past it already, it escalates at once.
    """
    due, name = due_of(journal.case, clock, number), clock.called(number)
    before = journal.position(clock, number)
    rung_at = before.rung_at if before and before.due_at == due else None

    def overtaken() -> bool:
        return not runs(journal.case, clock, number) or due_of(journal.case, clock, number) != due

    async def ring(alarm: Alarm) -> None:
        note(alarm.at)
        await journal.take(Alert(clock=clock, number=number, due_at=due, alarm=alarm))

    def note(rung_at: datetime | None) -> None:
        journal.note(
            ClockPosition(
                clock=clock, number=number, begins_at=begins_at, due_at=due, rung_at=rung_at
            )
        )

    def summary(alarm: Alarm) -> str:
        word = "escalation" if alarm.past_due else "reminder"
        return f"{name}: next {word}; due {london(due)}"

    policy = policy_of(journal.case, clock)
    note(rung_at)
    await ring_until_overtaken(policy, due, begins_at, overtaken, ring, summary, rung_at)
