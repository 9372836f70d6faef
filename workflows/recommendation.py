"""One recommendation of an audit, from its entry until it is addressed or not accepted.

A follow-up audit that reopens it starts it anew, from the register: years may lie between, in
which nothing has to run.
"""

import asyncio

from temporalio import workflow
from temporalio.common import Priority
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from activities.signatures import AuditMessages, AuditRecord
    from domain.audits.folding import after, comes_next, next_event
    from domain.audits.outward import RecommendationNotice, RecommendationRecording
    from domain.audits.recommendation import (
        AnyStep,
        Deadline,
        Recommendation,
        RecommendationAlarm,
        RecommendationAuditChanged,
        RecommendationResumed,
        RecommendationStep,
    )
    from domain.audits.rules import step_refusal
    from domain.audits.words import Progress
    from domain.bulletin import Receipt
    from domain.clocks import Alarm
    from workflows import retries
    from workflows.lasting import to_its_end
    from workflows.refusing import raise_refusal
    from workflows.ringing import ring_until_overtaken
    from workflows.telling import ToTell

CANCELLATION_REFUSED = "Refused: a request to cancel. It ends when it is addressed or not accepted."
_UNSAID = (Progress.NOTE, Progress.EVIDENCE)


@workflow.defn(name="AuditRecommendation")
class AuditRecommendation:
    """Reminds its owner, escalates past the target date, and takes what people record."""

    @workflow.init
    def __init__(self, recommendation: Recommendation) -> None:
        """Makes it ready for steps that arrive with its very first task."""
        self._recommendation = recommendation
        self._cancellation_refused = False
        self._to_tell = ToTell[RecommendationNotice]()
        self._begun = False

    @workflow.run
    async def run(self, recommendation: Recommendation) -> None:
        """It ends by what people decide: not by a request to cancel it in Temporal."""
        await to_its_end(self._procedure(), self._refuse_cancellation)

    async def _procedure(self) -> None:
        """Its owner hears of it, and its clock runs until it is over."""
        self._begun = True
        self._show_operators()
        await self._begin()
        await asyncio.gather(self._keep_clock(), self._to_tell.until(self._is_over, self._tell))

    async def _begin(self) -> None:
        """Entered or reopened just now, or ended from outside before."""
        recommendation = self._recommendation
        if recommendation.begins:
            self._to_tell.add(RecommendationNotice(recommendation=recommendation))
        else:
            await self._take(RecommendationResumed())

    @workflow.update
    async def record(self, step: RecommendationStep) -> Receipt:
        """Somebody records what they did, found or decided."""
        await workflow.wait_condition(lambda: self._begun)
        raise_refusal(step_refusal(self._recommendation, step, workflow.now()))
        return await self._take(step)

    @record.validator
    def _may_record(self, step: RecommendationStep) -> None:
        raise_refusal(step_refusal(self._recommendation, step, workflow.now()))

    @workflow.update
    async def follow(self, step: RecommendationAuditChanged) -> Receipt:
        """Its audit was corrected or withdrawn, which the register has already."""
        await workflow.wait_condition(lambda: self._begun)
        recommendation = self._recommendation
        if step.audit.changes <= recommendation.audit.changes:
            reference, number = recommendation.audit.reference, recommendation.events
            return Receipt(reference=reference, number=number, at=workflow.now())
        if not comes_next(recommendation, step):
            raise ApplicationError("an earlier change comes first", type="TooEarly")
        return await self._take(step)

    async def _take(self, step: AnyStep) -> Receipt:
        """Takes a step, before the first await, and returns once the register has it."""
        event = next_event(self._recommendation, step, workflow.now())
        self._recommendation = recommendation = after(self._recommendation, event)
        self._show_operators()
        await workflow.execute_local_activity_method(
            AuditRecord.record,
            RecommendationRecording(recommendation=recommendation, event=event),
            start_to_close_timeout=retries.RECORD_TIMEOUT,
            retry_policy=retries.UNTIL_RECORDED,
            local_retry_threshold=retries.LOCAL_RETRIES_UP_TO,
            summary=f"Record step {event.number}",
        )
        if _is_told(step):
            notice = RecommendationNotice(recommendation=recommendation, event=event)
            self._to_tell.add(notice)
        return Receipt(reference=recommendation.audit.reference, number=event.number, at=event.at)

    async def _keep_clock(self) -> None:
        """Keeps the clock until it is over; each new date starts it afresh.

        While it waits to be confirmed, the clock is of those who are to confirm it.
        """
        while not self._recommendation.is_over:
            await self._ring_until_moved()

    async def _ring_until_moved(self) -> None:
        deadline = self._recommendation.deadline
        if deadline is None:
            await workflow.wait_condition(lambda: self._recommendation.is_over)
            return

        def overtaken() -> bool:
            return not deadline.is_that_of(self._recommendation)

        async def ring(alarm: Alarm) -> None:
            confirming = deadline.confirming
            step = RecommendationAlarm(due_at=deadline.due, alarm=alarm, confirming=confirming)
            await self._take(step)

        await ring_until_overtaken(
            deadline.policy,
            deadline.due,
            workflow.now(),
            overtaken,
            ring,
            lambda alarm: _summary(deadline, alarm),
            rung_at=deadline.rung_at,
        )

    async def _tell(self, notice: RecommendationNotice) -> None:
        await workflow.execute_activity_method(
            AuditMessages.tell,
            notice,
            start_to_close_timeout=retries.PUBLISH_TIMEOUT,
            heartbeat_timeout=retries.HEARTBEAT_TIMEOUT,
            retry_policy=retries.UNTIL_PUBLISHED,
            summary=f"Tell people of step {notice.recommendation.events}",
            priority=retries.ALARMS_FIRST if notice.is_alarm else Priority.default,
        )

    def _is_over(self) -> bool:
        return self._recommendation.is_over

    def _refuse_cancellation(self) -> None:
        self._cancellation_refused = True
        self._show_operators()

    def _show_operators(self) -> None:
        """Where it stands, without a word that was typed and without people."""
        recommendation = self._recommendation
        lines = [
            f"**{recommendation.status.label}** · priority {recommendation.priority.label}",
            f"Audit {recommendation.audit.reference}",
        ]
        if not recommendation.is_over and recommendation.target_on:
            lines.append(f"Target date {recommendation.target_on}.")
        if self._cancellation_refused:
            lines.append(CANCELLATION_REFUSED)
        workflow.set_current_details("\n\n".join(lines))


def _summary(deadline: Deadline, alarm: Alarm) -> str:
    """What operators read of a timer."""
    if deadline.confirming:
        return "Escalation of a confirmation" if alarm.past_due else "Reminder to confirm it"
    return "Escalation past the target date" if alarm.past_due else "Reminder to its owner"


def _is_told(step: AnyStep) -> bool:
    """Notes and evidence are for whoever looks; everything else is said."""
    if isinstance(step, RecommendationStep):
        return step.progress not in _UNSAID
    if isinstance(step, RecommendationAuditChanged):
        return step.audit.withdrawn or step.corrected is not None
    return isinstance(step, RecommendationAlarm)
