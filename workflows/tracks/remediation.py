"""Remedial actions."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.bulletin import Receipt
    from domain.steps import ActionDone, NewAction
    from workflows.tracks.track import Track


class RemediationTrack(Track):
    """Remedial actions."""

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
