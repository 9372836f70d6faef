"""HR's desk: referrals for those in HR who may handle them, and a few words for the case's side."""

from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.service import RPCError, RPCStatusCode

from chat.ports import NotConfirmedError, ReferralFile, RefusedError
from domain.bulletin import Receipt
from domain.case import Case
from domain.discipline.outward import ReferralSummary
from domain.discipline.proceeding import Proceeding, ReferralStep
from domain.discipline.rules import NOT_YOURS, may_handle, step_refusal
from domain.people import Actor
from domain.refusal import Bar, Refusal
from domain.seeing import may_see_referral
from domain.taxonomy import Role
from intake.desk import refused
from intake.intime import in_time
from intake.updates import LATE
from register.choices import Choices
from register.referrals import Referrals
from workflows.disciplinary import Disciplinary

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class ReferralDesk:
    """Reads referrals from the restricted store and takes HR's steps, within Slack's 3 seconds."""

    client: Client
    choices: Choices
    referrals: Referrals

    async def file(self, reference: str, actor: Actor) -> ReferralFile | None:
        """Everything about a referral; None, whether there is none or it is not theirs to see.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """
        if Role.HR not in actor.roles:
            return None
        return await in_time(self._file(reference, actor))

    async def open_ones(self, actor: Actor) -> tuple[Proceeding, ...]:
        """The open referrals that the person may handle, by their next review.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """
        if Role.HR not in actor.roles:
            return ()
        found = await in_time(self.referrals.open_ones())
        return tuple(each for each in found if may_handle(each.referral, actor))

    async def summary(self, case: Case, actor: Actor) -> ReferralSummary | None:
        """What the case's side may know of its referral; None for none, and for who may not know.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """
        reference = case.referral.decision.hr_reference if case.referral else None
        if reference is None or not may_see_referral(case, actor):
            return None
        return await in_time(self._summary(reference, actor))

    async def take(self, reference: str, step: ReferralStep, *, once: str) -> Receipt:
        """Takes a step of a referral and returns when it is recorded; once for each `once`.

        Raises:
            RefusedError: with the reason.
            NotConfirmedError: when there is no answer in time.
        """
        return await in_time(self._take(reference, step, once))

    async def _take(self, reference: str, step: ReferralStep, once: str) -> Receipt:
        # Asked first, so that whose it is not can't even ask whether a workflow has that name.
        proceeding = await self.referrals.proceeding(reference)
        if proceeding is None or not may_handle(proceeding.referral, step.by):
            raise RefusedError(Refusal(text=NOT_YOURS, bar=Bar.NOT_THEIRS))
        handle = self.client.get_workflow_handle(reference)
        try:
            return await handle.execute_update(Disciplinary.record, step, id=once, rpc_timeout=LATE)
        except WorkflowUpdateFailedError as error:
            raise refused(error) from error
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise await self._no_running_referral(reference, step) from error
            raise NotConfirmedError from error

    async def _no_running_referral(self, reference: str, step: ReferralStep) -> Exception:
        """Its workflow has ended: the restricted store knows how."""
        proceeding = await self.referrals.proceeding(reference)
        why = step_refusal(proceeding, step, datetime.now(UTC)) if proceeding else None
        return RefusedError(why) if why else NotConfirmedError()

    async def _file(self, reference: str, actor: Actor) -> ReferralFile | None:
        proceeding = await self.referrals.proceeding(reference)
        if proceeding is None or not may_handle(proceeding.referral, actor):
            return None
        events = await self.referrals.events(reference)
        return ReferralFile(proceeding, tuple(events), await self.choices.of(reference))

    async def _summary(self, reference: str, actor: Actor) -> ReferralSummary | None:
        """Whom a referral is about does not learn of it, also when the report named nobody."""
        proceeding = await self.referrals.proceeding(reference)
        if proceeding is not None and proceeding.referral.about == actor.user_id:
            return None
        return await self.referrals.summary(reference)
