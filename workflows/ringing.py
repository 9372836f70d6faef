"""The alarms of one deadline, rung by durable timers until what it waits for is done."""

import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.clocks import Alarm, AlarmPolicy, merged, upcoming


async def ring_until_overtaken(
    policy: AlarmPolicy,
    due: datetime,
    begins_at: datetime,
    overtaken: Callable[[], bool],
    ring: Callable[[Alarm], Awaitable[object]],
    summary: Callable[[Alarm], str],
    rung_at: datetime | None = None,
) -> None:
    """Rings every alarm at its time; those that passed while nothing ran are rung as one.

    Args:
        policy: when it speaks, and to whom.
        due: the deadline (aware).
        begins_at: reminders from before (aware) are not worth giving any more.
        overtaken: whether the work is done, or the deadline has moved: then a new one begins.
        ring: rings an alarm, and returns once that is recorded.
        summary: what Temporal shows of the timer for an alarm.
        rung_at: the last alarm (aware) that the run before has rung for this deadline, if any.
    """
    while not overtaken():
        ahead = upcoming(policy, due, opened_at=begins_at, rung_at=rung_at)
        if not ahead:
            await workflow.wait_condition(overtaken)
            return
        if ahead[0].at > workflow.now():
            with contextlib.suppress(TimeoutError):
                await workflow.wait_condition(
                    overtaken,
                    timeout=ahead[0].at - workflow.now(),
                    timeout_summary=summary(ahead[0]),
                )
        passed = tuple(alarm for alarm in ahead if alarm.at <= workflow.now())
        if passed and not overtaken():
            rung_at = passed[-1].at
            await ring(merged(passed))
