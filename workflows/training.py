"""Training: who is due hears of it each week, SIMs hear rates each month, actions are completed.

As digests, they take no input: a schedule would keep it longer than we keep keys.
"""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.signatures import CourseActions, TrainingMessages
    from domain.training.day import TrainingDay
    from workflows import retries
    from workflows.digest import SCHEDULED_FOR

LOOK_UP_TIMEOUT = timedelta(minutes=5)
"""For one attempt: 500 people of Slack's at a time, every three seconds."""
COMPLETE_TIMEOUT = timedelta(minutes=5)
"""For one attempt: a step of each case that has such an action."""
TELL_TIMEOUT = timedelta(hours=2)
"""For one attempt: a message to each of some thousand people."""


@workflow.defn(name="TrainingImported")
class TrainingImported:
    """Completes what an import of completions completes; the import begins it."""

    @workflow.run
    async def run(self) -> None:
        """Looks up who is who, then completes remedial actions."""
        await _match_and_complete()


@workflow.defn(name="TrainingReminders")
class TrainingReminders:
    """Reminds each person who is due for a course, each week."""

    @workflow.run
    async def run(self) -> None:
        """Tells those who are due now; a run of an earlier week is left out."""
        today, meant_for = TrainingDay.of(workflow.now()), _meant_for()
        if meant_for.week != today.week:
            workflow.set_current_details(f"**Left out**: {meant_for.day}. The next one is due.")
            return
        await _match_and_complete()
        told = await workflow.execute_activity_method(
            TrainingMessages.remind,
            today,
            start_to_close_timeout=TELL_TIMEOUT,
            heartbeat_timeout=retries.HEARTBEAT_TIMEOUT,
            retry_policy=retries.UNTIL_PUBLISHED,
            summary=f"Remind who is due, {today.day}",
        )
        workflow.set_current_details(f"**Training reminders** of {today.day}: {told} people.")


@workflow.defn(name="TrainingRates")
class TrainingRates:
    """Tells each Area's SIMs how many are up to date, each month."""

    @workflow.run
    async def run(self) -> None:
        """Tells the rates of today; a run of an earlier month is left out."""
        today, meant_for = TrainingDay.of(workflow.now()), _meant_for()
        if meant_for.month != today.month:
            workflow.set_current_details(f"**Left out**: {meant_for.day}. The next one is due.")
            return
        told = await workflow.execute_activity_method(
            TrainingMessages.tell_rates,
            today,
            start_to_close_timeout=TELL_TIMEOUT,
            heartbeat_timeout=retries.HEARTBEAT_TIMEOUT,
            retry_policy=retries.UNTIL_PUBLISHED,
            summary=f"Tell SIMs the rates, {today.day}",
        )
        workflow.set_current_details(f"**Training rates** of {today.day}: {told} Areas.")


def _meant_for() -> TrainingDay:
    scheduled = workflow.info().typed_search_attributes.get(SCHEDULED_FOR)
    return TrainingDay.of(scheduled or workflow.now())


async def _match_and_complete() -> None:
    await workflow.execute_activity_method(
        TrainingMessages.match,
        start_to_close_timeout=LOOK_UP_TIMEOUT,
        heartbeat_timeout=retries.HEARTBEAT_TIMEOUT,
        retry_policy=retries.UNTIL_PUBLISHED,
        summary="Look up who is who in Slack",
    )
    completed = await workflow.execute_activity_method(
        CourseActions.complete,
        start_to_close_timeout=COMPLETE_TIMEOUT,
        retry_policy=retries.UNTIL_PUBLISHED,
        summary="Complete remedial actions whose course was taken",
    )
    workflow.set_current_details(f"Remedial actions completed: {completed}.")
