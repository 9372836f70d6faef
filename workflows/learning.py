"""The quarterly learning note: counted once, posted once to OST and to each Area's SIMs.

Like the digests it takes no input: see `workflows/digest.py`.
"""

import asyncio
from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.signatures import Learning
    from domain.learning.lesson import LearningOutcome, Lesson
    from domain.learning.quarter import Quarter
    from workflows import retries
    from workflows.digest import POST_TIMEOUT, SCHEDULED_FOR, UNTIL_COMPILED

COUNT_TIMEOUT = timedelta(minutes=5)
"""For all Areas, a few queries each."""


@workflow.defn(name="QuarterlyLearning")
class QuarterlyLearning:
    """Tells OST, and each Area's SIMs, what the quarter before teaches."""

    @workflow.run
    async def run(self) -> LearningOutcome:
        """Posts the notes of the quarter."""
        meant_for = workflow.info().typed_search_attributes.get(SCHEDULED_FOR)
        quarter = Quarter.told_at(meant_for or workflow.now())
        if quarter != Quarter.told_at(workflow.now()):
            # A backfill of last year would post what people have read, in today's words.
            workflow.set_current_details(f"**Left out**: {quarter.words}. There is a newer note.")
            return LearningOutcome(quarter=quarter, posted=False)
        workflow.set_current_details(f"**Learning note** of {quarter.words}: being posted.")
        notes = await workflow.execute_activity_method(
            Learning.compile,
            quarter,
            start_to_close_timeout=COUNT_TIMEOUT,
            retry_policy=UNTIL_COMPILED,
            summary=f"Count for {quarter.words}",
        )
        # Beside one another: an Area that Slack can't reach holds up no other.
        await asyncio.gather(*(_post(each) for each in notes.lessons))
        workflow.set_current_details(f"**Learning note** of {quarter.words}: posted.")
        return LearningOutcome(quarter=quarter, posted=True)


async def _post(lesson: Lesson) -> None:
    await workflow.execute_activity_method(
        Learning.post,
        lesson,
        start_to_close_timeout=POST_TIMEOUT,
        heartbeat_timeout=retries.HEARTBEAT_TIMEOUT,
        retry_policy=retries.UNTIL_PUBLISHED,
        summary=f"Post the note of {lesson.area or 'all Areas'}",
    )
