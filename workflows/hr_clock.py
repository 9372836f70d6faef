"""HR's own clock: reminds of the next review of a referral, for months. It decides nothing."""

from collections.abc import Awaitable, Callable

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.bulletin import Receipt
    from domain.clocks import Alarm
    from domain.discipline.proceeding import REVIEW_POLICY, Proceeding, ReviewReminder
    from workflows.ringing import ring_until_overtaken


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
    due = proceeding().review_due

    def overtaken() -> bool:
        return proceeding().is_over or proceeding().review_due != due

    async def ring(alarm: Alarm) -> None:
        await take(ReviewReminder(due_at=due, alarm=alarm))

    def summary(_: Alarm) -> str:
        return "Next reminder to HR"

    await ring_until_overtaken(REVIEW_POLICY, due, workflow.now(), overtaken, ring, summary)
