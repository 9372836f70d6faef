"""One referral under the discipline policy, from the OST lead's choice until HR closes it.

Restricted: HR's alone. Names, summaries and details here are read by operators, so they say
neither which case it came from nor where it stands.
"""

import asyncio

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.signatures import HrMessages, RestrictedStore
    from domain.bulletin import Receipt
    from domain.discipline.outward import HrNotice, ProceedingRecording
    from domain.discipline.proceeding import (
        Proceeding,
        ProceedingEvent,
        ReferralReceived,
        ReferralResumed,
        ReferralStep,
        ReviewReminder,
        after,
    )
    from domain.discipline.rules import step_refusal
    from workflows import retries
    from workflows.hr_clock import keep
    from workflows.lasting import to_its_end
    from workflows.refusing import raise_refusal
    from workflows.telling import ToTell


CANCELLATION_REFUSED = "Refused: a request to cancel. A referral ends when HR closes it."


@workflow.defn(name="Disciplinary")
class Disciplinary:
    """Carries a referral through HR's stages. HR decides; its clock only reminds."""

    @workflow.init
    def __init__(self, proceeding: Proceeding) -> None:
        """Makes it ready for steps that arrive with its very first task."""
        self._proceeding = proceeding
        self._cancellation_refused = False
        self._to_tell = ToTell[HrNotice]()
        self._begun = False

    @workflow.run
    async def run(self, proceeding: Proceeding) -> None:
        """It ends when HR closes it: not by a request to cancel it in Temporal."""
        await to_its_end(self._procedure(), self._refuse_cancellation)

    async def _procedure(self) -> None:
        """HR hears of it, records what it does, and is reminded until it has closed it."""
        self._begun = True
        await self._take(ReferralResumed() if self._proceeding.events else ReferralReceived())
        await asyncio.gather(
            keep(lambda: self._proceeding, self._take),
            self._to_tell.until(self._is_over, self._tell),
        )

    @workflow.update
    async def record(self, step: ReferralStep) -> Receipt:
        """HR records a move: one update for all, since its name is read by operators."""
        await workflow.wait_condition(lambda: self._begun)
        raise_refusal(step_refusal(self._proceeding, step, workflow.now()))
        return await self._take(step)

    @record.validator
    def _may_record(self, step: ReferralStep) -> None:
        raise_refusal(step_refusal(self._proceeding, step, workflow.now()))

    async def _take(
        self, step: ReferralReceived | ReferralResumed | ReferralStep | ReviewReminder
    ) -> Receipt:
        """Takes a step, before the first await, and returns once the restricted store has it."""
        event = ProceedingEvent(number=self._proceeding.events + 1, at=workflow.now(), step=step)
        self._proceeding = proceeding = after(self._proceeding, event)
        self._show_operators()
        await workflow.execute_local_activity_method(
            RestrictedStore.record,
            ProceedingRecording(proceeding=proceeding, event=event),
            start_to_close_timeout=retries.RECORD_TIMEOUT,
            retry_policy=retries.UNTIL_RECORDED,
            local_retry_threshold=retries.LOCAL_RETRIES_UP_TO,
            summary=f"Record step {event.number}",
        )
        if isinstance(step, ReferralReceived | ReviewReminder):
            self._to_tell.add(HrNotice(proceeding=proceeding, event=event))
        return Receipt(reference=proceeding.reference, number=event.number, at=event.at)

    async def _tell(self, notice: HrNotice) -> None:
        await workflow.execute_activity_method(
            HrMessages.tell,
            notice,
            start_to_close_timeout=retries.PUBLISH_TIMEOUT,
            heartbeat_timeout=retries.HEARTBEAT_TIMEOUT,
            retry_policy=retries.UNTIL_PUBLISHED,
            summary=f"Tell HR of step {notice.event.number}",
        )

    def _is_over(self) -> bool:
        return self._proceeding.is_over

    def _refuse_cancellation(self) -> None:
        self._cancellation_refused = True
        self._show_operators()

    def _show_operators(self) -> None:
        """All that operators may know: that it is not stuck."""
        proceeding = self._proceeding
        mark = " · DRILL" if proceeding.referral.drill else ""
        lines = [f"**{'Closed' if proceeding.is_over else 'Open'}**{mark}", "Restricted to HR."]
        if not proceeding.is_over:
            lines.append(f"HR looks at it next on {proceeding.review_on}.")
        if self._cancellation_refused:
            lines.append(CANCELLATION_REFUSED)
        workflow.set_current_details("\n\n".join(lines))
