"""Writing to the restricted store, and beginning HR's own track of a referral."""

import structlog
from temporalio import activity
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.signatures import RestrictedStore
from domain.discipline.choice import Settlement
from domain.discipline.outward import ProceedingRecording
from domain.discipline.proceeding import Proceeding, Referral
from register.choices import Choices
from register.referrals import Referrals

DISCIPLINARY = "Disciplinary"
"""The workflow's name: activities know workflows by nothing else."""

log = structlog.stdlib.get_logger(__name__)


class KeepReferrals(RestrictedStore):
    """Keeps referrals in the register's restricted tables. No log line names case and referral."""

    def __init__(self, client: Client, choices: Choices, referrals: Referrals) -> None:
        """Writes to the stores, and starts workflows with the client."""
        self._client = client
        self._choices = choices
        self._referrals = referrals

    @activity.defn(name="SettleLeadsDecision")
    async def settle(self, settlement: Settlement) -> None:
        """Settles a choice, and begins HR's track once if it is to refer.

        Raises:
            Exception: what the database or Temporal raise when they can't be reached.
        """
        referral = settlement.referral
        choice = await self._choices.settle(referral.reference, referral.referred_at)
        if choice is None:
            # Nothing is lost for the case; HR has to ask the OST lead for the reasons.
            log.error("choice_not_in_store")
        if settlement.refer:
            about = (choice.about if choice else None) or referral.involved
            await self._begin(referral.model_copy(update={"about": about}))

    async def _begin(self, referral: Referral) -> None:
        """The store decides: after Temporal's retention, Temporal itself would start it anew."""
        if await self._referrals.proceeding(referral.reference):
            return
        try:
            await self._client.start_workflow(
                DISCIPLINARY,
                Proceeding(referral=referral),
                id=referral.reference,
                task_queue=activity.info().task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
                static_summary=("DRILL · " if referral.drill else "") + "Restricted to HR",
            )
        except WorkflowAlreadyStartedError:
            # The reference is this choice's alone, so this is its own referral.
            log.info("referral_already_begun", referral=referral.reference)

    @activity.defn(name="RecordReferral")
    async def record(self, recording: ProceedingRecording) -> None:
        """Writes one event and the referral after it.

        The key is the referral's reference and the event's number, so a retry changes nothing.

        Raises:
            RegisterConflictError: when the store has another event there; not retried.
        """
        await self._referrals.record(recording.proceeding, recording.event)
        log.info(
            "referral_recorded",
            referral=recording.proceeding.reference,
            number=recording.event.number,
        )
