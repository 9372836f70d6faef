"""One personal-data breach, from the report to closure."""

import asyncio
from datetime import datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.bulletin import Beginning, Outcome
    from domain.case_clocks import runs
    from domain.stage import still_open
    from domain.steps import ReportReceived
    from domain.taxonomy import Clock
    from workflows import clock
    from workflows.lasting import to_its_end
    from workflows.tracks.closing import ClosingTrack
    from workflows.tracks.complaints import ComplaintTrack
    from workflows.tracks.duplicates import DuplicatesTrack
    from workflows.tracks.ico import IcoTrack
    from workflows.tracks.remediation import RemediationTrack
    from workflows.tracks.review import ReviewTrack

HANDS_OVER = "hands-over"
"""The patch since which a case with a long history goes on in a new run."""
WORKS_AGAIN = "works-again"
"""The patch since which a case has its clocks again that is opened while it ends."""


@workflow.defn(name="Breach")
class Breach(
    ReviewTrack, DuplicatesTrack, IcoTrack, ComplaintTrack, RemediationTrack, ClosingTrack
):
    """Carries a breach through its stages. People decide; its clocks only speak."""

    @workflow.init
    def __init__(self, beginning: Beginning) -> None:
        """Makes the case ready for decisions that arrive with its very first task."""
        super().__init__(beginning)

    @workflow.run
    async def run(self, beginning: Beginning) -> Outcome:
        """A case ends when people end it: not by a request to cancel it in Temporal."""
        procedure = self._procedure(beginning)
        return await to_its_end(procedure, self._journal.refuse_cancellation)

    async def _procedure(self, beginning: Beginning) -> Outcome:
        """The procedure; a case that is opened again resumes it with all that it knew."""
        await self._begin(beginning)
        resumed = beginning.resumption is not None
        work = self._work(workflow.now() if resumed else beginning.reported_at, resumed=resumed)
        await asyncio.gather(self._until_it_ends(work), self._journal.announce_until_over())
        return Outcome(
            reference=beginning.reference, events=self._case.events, closed_at=workflow.now()
        )

    def _work(self, begins_at: datetime, *, resumed: bool) -> asyncio.Future[list[None]]:
        """Everything that goes side by side until the case is over."""
        return asyncio.gather(
            self._people_act(),
            *(clock.keep(each, self._journal, begins_at) for each in Clock if not each.is_numbered),
            *(clock.keep_each(each, self._journal) for each in Clock if each.is_numbered),
            self._tell_other_cases(resumed=resumed),
            self._go_on_in_a_new_run(),
        )

    async def _until_it_ends(self, work: asyncio.Future[list[None]]) -> None:
        """A complaint may open the case again while its end is still being announced."""
        await work
        while not self._journal.has_ended:
            await workflow.wait_condition(lambda: self._journal.has_ended or not self._case.is_over)
            if self._journal.has_ended or not workflow.patched(WORKS_AGAIN):
                return
            await self._work(workflow.now(), resumed=True)

    async def _go_on_in_a_new_run(self) -> None:
        """Hands over once Temporal asks for it: a history must not grow for ever.

        Nothing is on its way then: what was taken is recorded, and whoever asked has the answer.
        What is asked meanwhile is asked again of the next run.
        """
        await self._until(lambda: workflow.info().is_continue_as_new_suggested())
        if self._case.is_over or not workflow.patched(HANDS_OVER):
            return
        await self._journal.hold()
        self._hands_over = True
        await self._journal.until_recorded()
        if not self._case.is_over:
            workflow.continue_as_new(Beginning.of(self._case.opening, self._for_the_next_run()))
        self._hands_over = False
        self._journal.release()

    async def _begin(self, beginning: Beginning) -> None:
        resumption = beginning.resumption
        received = ReportReceived(report=beginning.report, source=beginning.source)
        self._begun = True
        if resumption and resumption.carried:
            self._journal.handed_over()
        elif resumption and resumption.awaits_step:
            await self._step_of_a_case_that_is_over(resumption.case.events)
        else:
            await self._journal.take(resumption.step if resumption else received)

    async def _step_of_a_case_that_is_over(self, events: int) -> None:
        """Waits for the update that came with the start; refused, it leaves the case as it was."""
        await workflow.wait_condition(
            lambda: self._case.events > events or workflow.all_handlers_finished()
        )

    async def _people_act(self) -> None:
        """From the review on, tracks go side by side; none waits for another."""
        await self._until(lambda: self._case.review is not None)
        await asyncio.gather(
            self._ico_is_settled(),
            self._people_affected_are_settled(),
            self._everything_is_remedied(),
            self._referral_is_settled(),
        )
        await self._effectiveness_is_reviewed()
        await self._until(lambda: False)

    async def _ico_is_settled(self) -> None:
        """Told all that it needs, or not to be told: both are decisions that people record."""
        await self._until(
            lambda: (
                not runs(self._case, Clock.ICO_NOTIFICATION)
                and not runs(self._case, Clock.ICO_FOLLOW_UP)
            )
        )

    async def _people_affected_are_settled(self) -> None:
        """Told, not required, or restricted until a review date, which its clock brings back."""
        await self._until(lambda: self._case.people is not None and self._case.restriction is None)

    async def _everything_is_remedied(self) -> None:
        await self._until(lambda: not self._case.open_actions)

    async def _effectiveness_is_reviewed(self) -> None:
        """Some weeks later, or earlier with a reason; its clock reminds of it."""
        await self._until(lambda: not still_open(self._case))
