"""The disciplinary referral choice, and the end of the case."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.bulletin import Receipt
    from domain.steps import Closure, ReferralDecision
    from workflows.tracks.track import Track


class ClosingTrack(Track):
    """The disciplinary referral choice, and the end of the case."""

    @workflow.update
    async def decide_referral(self, step: ReferralDecision) -> Receipt:
        """The OST lead chooses whether to refer under the discipline policy."""
        return await self._take(step)

    @decide_referral.validator
    def _may_decide_referral(self, step: ReferralDecision) -> None:
        self._refuse(step)

    @workflow.update
    async def close(self, step: Closure) -> Receipt:
        """OST closes the case."""
        return await self._take(step)

    @close.validator
    def _may_close(self, step: Closure) -> None:
        self._refuse(step)
