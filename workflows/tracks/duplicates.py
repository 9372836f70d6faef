"""Two cases that are one breach: what this case is told by another, and what it tells it."""

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from activities.signatures import OtherCases
    from domain.bulletin import Receipt, Telling
    from domain.merging import finding_of, has_heard, undoing_of
    from domain.steps import DuplicateAdded, DuplicateRemoved, Merged, Tidings
    from workflows import retries
    from workflows.tracks.track import Track

OVER = "Over"
"""The error type of what a case is told too late: its next run takes it."""


class DuplicatesTrack(Track):
    """Two cases that are one breach: what this case is told by another, and what it tells it."""

    @workflow.update
    async def add_duplicate(self, step: DuplicateAdded) -> Receipt:
        """Another case was found to be a duplicate of this one."""
        return await self._take_tidings(step)

    @add_duplicate.validator
    def _may_add_duplicate(self, step: DuplicateAdded) -> None:
        self._send_to_the_next_run()
        self._refuse_when_over(step)

    @workflow.update
    async def remove_duplicate(self, step: DuplicateRemoved) -> Receipt:
        """A case that was merged into this one goes its own way again."""
        return await self._take_tidings(step)

    @remove_duplicate.validator
    def _may_remove_duplicate(self, step: DuplicateRemoved) -> None:
        self._send_to_the_next_run()
        self._refuse_when_over(step)

    async def _tell_other_cases(self, *, resumed: bool) -> None:
        """Tells the other case of a finding, and first that an earlier one was undone.

        Until the other case has taken it, the clocks of this one run: no moment is without any.
        An undoing is told whenever the case begins a new run; who knows of it takes it once.
        """
        undoing = undoing_of(self._case) if resumed else None
        if undoing:
            await self._tell(undoing, f"Tell {undoing.to} that this is no duplicate of it")
        while not self._case.is_over:
            await workflow.wait_condition(
                lambda: self._case.is_over or finding_of(self._case) is not None
            )
            finding = finding_of(self._case)
            if finding and not self._case.is_over:
                summary = f"Tell {finding.to} that this is a duplicate of it"
                await self._journal.take(Merged(into=await self._tell(finding, summary)))

    async def _tell(self, telling: Telling, summary: str) -> str:
        return await workflow.execute_activity_method(
            OtherCases.tell,
            telling,
            start_to_close_timeout=retries.TELL_TIMEOUT,
            retry_policy=retries.UNTIL_TOLD,
            summary=summary,
        )

    async def _take_tidings(self, step: Tidings) -> Receipt:
        await workflow.wait_condition(lambda: self._begun)
        self._refuse_when_over(step)
        if has_heard(self._case, step):
            now = workflow.now()
            return Receipt(reference=self._case.reference, number=self._case.events, at=now)
        return await self._journal.take(step)

    def _refuse_when_over(self, step: Tidings) -> None:
        """What is over, or is being merged itself, can't carry another case on."""
        if self._case.is_over or self._case.duplicate_of:
            raise ApplicationError(f"too late for {step.kind}", type=OVER, non_retryable=True)
