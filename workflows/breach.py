"""One personal-data breach, from the report to closure."""

import asyncio

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.bulletin import Outcome
    from domain.case import Opening
    from domain.steps import ReportReceived
    from domain.taxonomy import Clock
    from workflows import clock
    from workflows.decisions import Decisions


@workflow.defn(name="Breach")
class Breach(Decisions):
    """Carries a breach through its stages. People decide; its clocks only speak."""

    @workflow.init
    def __init__(self, opening: Opening) -> None:
        """Makes the case ready for decisions that arrive with its very first task."""
        super().__init__(opening)

    @workflow.run
    async def run(self, opening: Opening) -> Outcome:
        """The procedure."""
        await self._journal.take(ReportReceived(report=opening.report, source=opening.source))
        await asyncio.gather(
            self._people_act(),
            clock.keep(Clock.OST_REVIEW, self._journal),
            clock.keep(Clock.ICO_NOTIFICATION, self._journal),
            self._journal.announce_until_closed(),
        )
        return Outcome(
            reference=opening.reference, events=self._case.events, closed_at=workflow.now()
        )

    async def _people_act(self) -> None:
        """The ICO, remediation and referral go side by side; none waits for another."""
        await workflow.wait_condition(lambda: self._case.review is not None)
        if self._case.is_breach:
            await asyncio.gather(self._ico_is_settled(), self._remedied(), self._referral_chosen())
        await workflow.wait_condition(lambda: self._case.closure is not None)

    async def _ico_is_settled(self) -> None:
        """Told, or not to be told: both are decisions that people record."""
        await workflow.wait_condition(lambda: not self._case.runs(Clock.ICO_NOTIFICATION))

    async def _remedied(self) -> None:
        await workflow.wait_condition(lambda: not self._case.open_actions)

    async def _referral_chosen(self) -> None:
        await workflow.wait_condition(lambda: self._case.referral is not None)
