"""HR's own clock: reminds of the next review of a referral, for months. It decides nothing."""

import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.bulletin import Receipt
    from domain.clocks import merged, upcoming
    from domain.discipline.proceeding import REVIEW_POLICY, Proceeding, ReviewReminder


async def keep(
    proceeding: Callable[[], Proceeding],
    take: Callable[[ReviewReminder], Awaitable[Receipt]],
) -> None:
    """Keeps the clock until the referral is closed; each new review date starts it afresh."""
    while not proceeding().is_over:
        await _ring_until_moved(proceeding, take)


async def _ring_until_moved(
    proceeding: Callable[[], Proceeding],
    take: Callable[[ReviewReminder], Awaitable[Receipt]],
) -> None:
    due, begins_at = proceeding().review_due, workflow.now()
    rung_at: datetime | None = None

    def overtaken() -> bool:
        return proceeding().is_over or proceeding().review_due != due

    while not overtaken():
        ahead = upcoming(REVIEW_POLICY, due, opened_at=begins_at, rung_at=rung_at)
        if not ahead:
            await workflow.wait_condition(overtaken)
            return
        if ahead[0].at > workflow.now():
            with contextlib.suppress(TimeoutError):
                await workflow.wait_condition(
                    overtaken,
                    timeout=ahead[0].at - workflow.now(),
                    timeout_summary="Next reminder to HR",
                )
        passed = tuple(alarm for alarm in ahead if alarm.at <= workflow.now())
        if passed and not overtaken():
            rung_at = passed[-1].at
            await take(ReviewReminder(due_at=due, alarm=merged(passed)))
