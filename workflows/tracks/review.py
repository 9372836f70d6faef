"""OST's review and what surrounds it: who has the case in hand, questions, corrections."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.bulletin import Receipt
    from domain.steps import (
        Answer,
        Claim,
        Correction,
        FactsCompleted,
        HandOver,
        Question,
        Reclassification,
        Review,
        SeverityAssessment,
        Withdrawal,
    )
    from workflows.tracks.track import Track


class ReviewTrack(Track):
    """OST's review and what surrounds it: who has the case in hand, questions, corrections."""

    @workflow.update
    async def claim(self, step: Claim) -> Receipt:
        """An OST reviewer has the case in hand."""
        return await self._take(step)

    @claim.validator
    def _may_claim(self, step: Claim) -> None:
        self._refuse(step)

    @workflow.update
    async def hand_over(self, step: HandOver) -> Receipt:
        """Another reviewer has the case in hand."""
        return await self._take(step)

    @hand_over.validator
    def _may_hand_over(self, step: HandOver) -> None:
        self._refuse(step)

    @workflow.update
    async def review(self, step: Review) -> Receipt:
        """OST classifies the case."""
        return await self._take(step)

    @review.validator
    def _may_review(self, step: Review) -> None:
        self._refuse(step)

    @workflow.update
    async def reclassify(self, step: Reclassification) -> Receipt:
        """OST classifies the case anew; the ICO decision is open again."""
        return await self._take(step)

    @reclassify.validator
    def _may_reclassify(self, step: Reclassification) -> None:
        self._refuse(step)

    @workflow.update
    async def assess_severity(self, step: SeverityAssessment) -> Receipt:
        """Somebody answered the questions of the measures of severity."""
        return await self._take(step)

    @assess_severity.validator
    def _may_assess_severity(self, step: SeverityAssessment) -> None:
        self._refuse(step)

    @workflow.update
    async def ask(self, step: Question) -> Receipt:
        """OST or the DPO asks the reporter something."""
        return await self._take(step)

    @ask.validator
    def _may_ask(self, step: Question) -> None:
        self._refuse(step)

    @workflow.update
    async def answer(self, step: Answer) -> Receipt:
        """The reporter answers."""
        return await self._take(step)

    @answer.validator
    def _may_answer(self, step: Answer) -> None:
        self._refuse(step)

    @workflow.update
    async def correct(self, step: Correction) -> Receipt:
        """A moment of the case is put right, and its clocks with it."""
        return await self._take(step)

    @correct.validator
    def _may_correct(self, step: Correction) -> None:
        self._refuse(step)

    @workflow.update
    async def complete_facts(self, step: FactsCompleted) -> Receipt:
        """What was not yet known is known now."""
        return await self._take(step)

    @complete_facts.validator
    def _may_complete_facts(self, step: FactsCompleted) -> None:
        self._refuse(step)

    @workflow.update
    async def withdraw(self, step: Withdrawal) -> Receipt:
        """The reporter takes the report back before its review."""
        return await self._take(step)

    @withdraw.validator
    def _may_withdraw(self, step: Withdrawal) -> None:
        self._refuse(step)
