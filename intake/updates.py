"""The update of a case's workflow that takes each step, and how it is asked for."""

import asyncio
import time
from datetime import timedelta
from typing import Any

from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from domain.bulletin import Receipt
from domain.steps import (
    ActionCancelled,
    ActionDone,
    ActionHandedOver,
    ActionRescheduled,
    Answer,
    Claim,
    Closure,
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintReceived,
    Containment,
    Correction,
    Decision,
    EffectivenessReview,
    FactsCompleted,
    FollowUpPlan,
    HandOver,
    IcoDecision,
    IcoFollowUp,
    IcoLetter,
    IcoSubmission,
    NewAction,
    OrganisationTold,
    PeopleInformed,
    Question,
    Reclassification,
    ReferralDecision,
    Review,
    SeverityAssessment,
    Withdrawal,
)
from workflows.breach import Breach
from workflows.tracks.track import GOES_ON

LATE = timedelta(seconds=30)
"""How long an update whose asker has gone may still wait for a worker."""
ASK_AGAIN_S = 0.05
"""A new run takes over as soon as what is under way is recorded."""

UPDATES: dict[type[Decision], Any] = {
    Claim: Breach.claim,
    HandOver: Breach.hand_over,
    Review: Breach.review,
    Reclassification: Breach.reclassify,
    SeverityAssessment: Breach.assess_severity,
    Question: Breach.ask,
    Answer: Breach.answer,
    Correction: Breach.correct,
    FactsCompleted: Breach.complete_facts,
    Withdrawal: Breach.withdraw,
    IcoDecision: Breach.decide_ico,
    IcoSubmission: Breach.record_submission,
    IcoFollowUp: Breach.record_follow_up,
    FollowUpPlan: Breach.plan_follow_up,
    IcoLetter: Breach.record_letter,
    ComplaintReceived: Breach.record_complaint,
    ComplaintAcknowledged: Breach.acknowledge_complaint,
    ComplaintAnswered: Breach.answer_complaint,
    PeopleInformed: Breach.inform_people,
    NewAction: Breach.add_action,
    ActionDone: Breach.complete_action,
    ActionHandedOver: Breach.hand_over_action,
    ActionRescheduled: Breach.reschedule_action,
    ActionCancelled: Breach.cancel_action,
    Containment: Breach.record_containment,
    OrganisationTold: Breach.record_organisation_told,
    ReferralDecision: Breach.decide_referral,
    EffectivenessReview: Breach.review_effectiveness,
    Closure: Breach.close,
}


async def answer(handle: WorkflowHandle[Any, Any], step: Decision, once: str) -> Receipt:
    """The case's answer to a step; asked again while a new run of the case takes over.

    Raises:
        WorkflowUpdateFailedError: when the case refuses it.
        RPCError: when Temporal does not answer.
    """
    give_up = time.monotonic() + LATE.total_seconds()
    while True:
        try:
            receipt: Receipt = await handle.execute_update(
                UPDATES[type(step)], step, id=once, rpc_timeout=LATE
            )
        except WorkflowUpdateFailedError as error:
            goes_on = isinstance(error.cause, ApplicationError) and error.cause.type == GOES_ON
            if not goes_on or time.monotonic() > give_up:
                raise
            await asyncio.sleep(ASK_AGAIN_S)
        else:
            return receipt
