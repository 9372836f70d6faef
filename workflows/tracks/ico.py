"""The ICO and the people affected: whether they are told, and that they were."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.bulletin import Receipt
    from domain.steps import (
        FollowUpPlan,
        IcoDecision,
        IcoFollowUp,
        IcoLetter,
        IcoSubmission,
        PeopleInformed,
    )
    from workflows.tracks.track import Track


class IcoTrack(Track):
    """The ICO and the people affected: whether they are told, and that they were."""

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
    async def record_follow_up(self, step: IcoFollowUp) -> Receipt:
        """A follow-up report went to the ICO."""
        return await self._take(step)

    @record_follow_up.validator
    def _may_record_follow_up(self, step: IcoFollowUp) -> None:
        self._refuse(step)

    @workflow.update
    async def plan_follow_up(self, step: FollowUpPlan) -> Receipt:
        """The DPO wants a follow-up report, or none any more."""
        return await self._take(step)

    @plan_follow_up.validator
    def _may_plan_follow_up(self, step: FollowUpPlan) -> None:
        self._refuse(step)

    @workflow.update
    async def record_letter(self, step: IcoLetter) -> Receipt:
        """The ICO has written."""
        return await self._take(step)

    @record_letter.validator
    def _may_record_letter(self, step: IcoLetter) -> None:
        self._refuse(step)

    @workflow.update
    async def inform_people(self, step: PeopleInformed) -> Receipt:
        """The people affected are told, need not be told, or not yet."""
        return await self._take(step)

    @inform_people.validator
    def _may_inform_people(self, step: PeopleInformed) -> None:
        self._refuse(step)
