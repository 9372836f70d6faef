"""Complaints to the controller: DPA 2018 s.164A."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.bulletin import Receipt
    from domain.steps import ComplaintAcknowledged, ComplaintAnswered, ComplaintReceived
    from workflows.tracks.track import Track


class ComplaintTrack(Track):
    """Complaints to the controller: DPA 2018 s.164A."""

    @workflow.update
    async def record_complaint(self, step: ComplaintReceived) -> Receipt:
        """Somebody has complained; a case that is over is opened again by it."""
        return await self._take(step)

    @record_complaint.validator
    def _may_record_complaint(self, step: ComplaintReceived) -> None:
        self._refuse(step)

    @workflow.update
    async def acknowledge_complaint(self, step: ComplaintAcknowledged) -> Receipt:
        """The complainant knows that it has arrived."""
        return await self._take(step)

    @acknowledge_complaint.validator
    def _may_acknowledge_complaint(self, step: ComplaintAcknowledged) -> None:
        self._refuse(step)

    @workflow.update
    async def answer_complaint(self, step: ComplaintAnswered) -> Receipt:
        """The complainant was told the outcome."""
        return await self._take(step)

    @answer_complaint.validator
    def _may_answer_complaint(self, step: ComplaintAnswered) -> None:
        self._refuse(step)
