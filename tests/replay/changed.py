"""Workflows as somebody may change them without a thought for cases that are open."""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.bulletin import Beginning, Outcome
    from workflows.breach import Breach
    from workflows.retries import UNTIL_TOLD


@workflow.defn(name="Breach")
class PausingBreach(Breach):
    """Waits a little before it begins."""

    @workflow.init
    def __init__(self, beginning: Beginning) -> None:
        """As ever."""
        super().__init__(beginning)

    @workflow.run
    async def run(self, beginning: Beginning) -> Outcome:
        """With a timer that no case has that is open."""
        await workflow.sleep(timedelta(minutes=1))
        return await super().run(beginning)


@workflow.defn(name="Breach")
class AskingBreach(Breach):
    """Does something else at its end."""

    @workflow.init
    def __init__(self, beginning: Beginning) -> None:
        """As ever."""
        super().__init__(beginning)

    @workflow.run
    async def run(self, beginning: Beginning) -> Outcome:
        """With an activity that no case asks for that is open."""
        outcome = await super().run(beginning)
        await workflow.execute_local_activity(
            "SayGoodbye", schedule_to_close_timeout=timedelta(minutes=1), retry_policy=UNTIL_TOLD
        )
        return outcome
