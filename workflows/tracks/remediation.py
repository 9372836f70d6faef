"""Remedial actions, how far the breach is contained, and who else was told."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.bulletin import Receipt
    from domain.steps import (
        ActionCancelled,
        ActionDone,
        ActionHandedOver,
        ActionRescheduled,
        Containment,
        NewAction,
        OrganisationTold,
    )
    from workflows.tracks.track import Track


class RemediationTrack(Track):
    """Remedial actions, how far the breach is contained, and who else was told."""

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
    async def hand_over_action(self, step: ActionHandedOver) -> Receipt:
        """A remedial action passes to another owner."""
        return await self._take(step)

    @hand_over_action.validator
    def _may_hand_over_action(self, step: ActionHandedOver) -> None:
        self._refuse(step)

    @workflow.update
    async def reschedule_action(self, step: ActionRescheduled) -> Receipt:
        """A remedial action is due on another day."""
        return await self._take(step)

    @reschedule_action.validator
    def _may_reschedule_action(self, step: ActionRescheduled) -> None:
        self._refuse(step)

    @workflow.update
    async def cancel_action(self, step: ActionCancelled) -> Receipt:
        """A remedial action is not needed any more."""
        return await self._take(step)

    @cancel_action.validator
    def _may_cancel_action(self, step: ActionCancelled) -> None:
        self._refuse(step)

    @workflow.update
    async def record_containment(self, step: Containment) -> Receipt:
        """How far the breach is contained."""
        return await self._take(step)

    @record_containment.validator
    def _may_record_containment(self, step: Containment) -> None:
        self._refuse(step)

    @workflow.update
    async def record_organisation_told(self, step: OrganisationTold) -> Receipt:
        """An organisation other than the ICO was told."""
        return await self._take(step)

    @record_organisation_told.validator
    def _may_record_organisation_told(self, step: OrganisationTold) -> None:
        self._refuse(step)
