"""What people may do in a case, as Temporal updates, so that everybody gets an answer."""

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from domain.bulletin import Receipt, Shown
    from domain.case import Case, Opening
    from domain.policy import refusal
    from domain.steps import (
        ActionDone,
        Claim,
        Closure,
        Decision,
        IcoDecision,
        IcoSubmission,
        NewAction,
        ReferralDecision,
        Review,
    )
    from workflows.journal import Journal


class Decisions:
    """The updates of a case.

    Each is checked twice: by its validator, which keeps refused steps out of the history, and
    again when its turn has come, since another person may have been faster.
    """

    def __init__(self, opening: Opening) -> None:
        """Opens the journal that the steps are taken in."""
        self._journal = Journal(opening)

    @workflow.query
    def shown(self) -> Shown:
        """The case and its cards, for whoever keeps the hours left on them true."""
        return self._journal.shown()

    @property
    def _case(self) -> Case:
        return self._journal.case

    @workflow.update
    async def claim(self, step: Claim) -> Receipt:
        """An OST reviewer has the case in hand."""
        return await self._take(step)

    @claim.validator
    def _may_claim(self, step: Claim) -> None:
        self._refuse(step)

    @workflow.update
    async def review(self, step: Review) -> Receipt:
        """OST classifies the case."""
        return await self._take(step)

    @review.validator
    def _may_review(self, step: Review) -> None:
        self._refuse(step)

    @workflow.update
    async def decide_ico(self, step: IcoDecision) -> Receipt:
        """The DPO or deputy decides whether the ICO is notified."""
        return await self._take(step)

    @decide_ico.validator
    def _may_decide_ico(self, step: IcoDecision) -> None:
        self._refuse(step)

    @workflow.update
    async def record_submission(self, step: IcoSubmission) -> Receipt:
        """The DPO's office has sent the ICO's form."""
        return await self._take(step)

    @record_submission.validator
    def _may_record_submission(self, step: IcoSubmission) -> None:
        self._refuse(step)

    @workflow.update
    async def add_action(self, step: NewAction) -> Receipt:
        """Somebody is given a remedial action."""
        return await self._take(step)

    @add_action.validator
    def _may_add_action(self, step: NewAction) -> None:
        self._refuse(step)

    @workflow.update
    async def complete_action(self, step: ActionDone) -> Receipt:
        """A remedial action is done."""
        return await self._take(step)

    @complete_action.validator
    def _may_complete_action(self, step: ActionDone) -> None:
        self._refuse(step)

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

    async def _take(self, step: Decision) -> Receipt:
        # An update may come with the very first task, ahead of the report's own event.
        await workflow.wait_condition(lambda: self._case.events > 0)
        self._refuse(step)
        return await self._journal.take(step)

    def _refuse(self, step: Decision) -> None:
        """Raises the refusal, if there is one; who asked reads it from the error's details."""
        refused = refusal(self._case, step, workflow.now())
        if refused:
            raise ApplicationError(refused.text, refused, type="Refused", non_retryable=True)
