"""The desk of audits: enters them, takes what is recorded, and looks them up."""

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.service import RPCError, RPCStatusCode

from chat.ports import (
    AuditEntered,
    AuditFile,
    AuditsListed,
    NotConfirmedError,
    RecommendationFile,
    RefusedError,
)
from domain.audits.audit import Audit, AuditChange
from domain.audits.correction import Correction
from domain.audits.deciding import is_their_own, may_decide, may_enter
from domain.audits.entry import Entry
from domain.audits.recommendation import Recommendation, RecommendationStep
from domain.audits.rules import (
    NOT_TO_CORRECT,
    NOT_TO_ENTER,
    NOT_YOURS,
    may_see,
    may_see_all,
    step_refusal,
)
from domain.audits.waiting import waiting_for
from domain.bulletin import Receipt
from domain.organisation import Organisation
from domain.people import Actor
from domain.refusal import Bar, Refusal
from intake.audit_changes import AuditFollower
from intake.desk import refused
from intake.intime import in_time
from intake.recommendations import RecommendationStarter
from intake.updates import LATE
from intake.whose import ReferenceTakenError
from register.audits.correcting import AuditCorrections, NotCorrectedError, Wanted
from register.audits.entering import AuditEntries, NotEnteredError, Submitted, Terms
from register.audits.reading import AuditShelf
from register.audits.recording import Recommendations
from workflows.recommendation import AuditRecommendation

FOLLOW_WITHIN_S = 0.5
"""What is left of Slack's three seconds; it goes on after them."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class AuditDesk:
    """Within Slack's 3 seconds."""

    client: Client
    entries: AuditEntries
    recommendations: Recommendations
    shelf: AuditShelf
    starter: RecommendationStarter
    organisation: Organisation
    corrections: AuditCorrections

    @property
    def follower(self) -> AuditFollower:
        """What has recommendations follow a correction."""
        return AuditFollower(self.client, self.corrections, self.recommendations)

    async def enter(self, submission: str, entry: Entry, by: Actor) -> AuditEntered:
        """Enters an audit, once for each submission; its recommendations have their clocks then.

        Raises:
            RefusedError: when the register says otherwise; the field is a path in the entry.
            NotConfirmedError: when there is no answer in time.
        """
        if not may_enter(by):
            raise RefusedError(Refusal(text=NOT_TO_ENTER, bar=Bar.NOT_IN_ROLE))
        return await in_time(self._enter(submission, entry, by))

    async def _enter(self, submission: str, entry: Entry, by: Actor) -> AuditEntered:
        audits = self.organisation.audits
        terms = Terms(by=by.user_id, series=audits.reference_prefix, policy=audits.policy)
        try:
            (entered,) = await self.entries.enter([Submitted(submission, entry)], terms)
        except NotEnteredError as error:
            problem = error.problem
            raise RefusedError(Refusal(text=problem.message, field=problem.field)) from error
        needed = entered.open
        if not entered.is_new:
            known = await self.recommendations.of(entered.audit.reference)
            needed = tuple(each for each in known if not each.is_over)
        try:
            await self.starter.start(*needed)
        except ReferenceTakenError as error:
            # It is in the register, and somebody has to look: the log and the watchdog name it.
            raise NotConfirmedError from error
        except RPCError as error:
            # It is in the register; the sweeper begins what could not be begun.
            log.warning("recommendations_begin_later", error=type(error).__name__)
        return AuditEntered(entered.audit, entered.is_new)

    async def file(self, name: str, actor: Actor) -> RecommendationFile | None:
        """Everything about a recommendation; None, whether there is none or it is not theirs."""
        return await in_time(self._file(name, actor))

    async def _file(self, name: str, actor: Actor) -> RecommendationFile | None:
        recommendation = await self.recommendations.get(name)
        if recommendation is None or not may_see(recommendation, actor):
            return None
        events = await self.recommendations.events(name)
        follow_ups = await self.shelf.follow_ups(recommendation.audit.reference)
        return RecommendationFile(recommendation, tuple(events), follow_ups)

    async def audit(self, reference: str, actor: Actor) -> AuditFile | None:
        """An audit, as far as the person may see it; None when there is nothing for them."""
        return await in_time(self._audit(reference, actor))

    async def _audit(self, reference: str, actor: Actor) -> AuditFile | None:
        audit = await self.shelf.audit(reference)
        made = await self.recommendations.of(reference)
        seen = tuple(each for each in made if may_see(each, actor))
        if audit is None or not (seen or may_see_all(actor)):
            return None
        changes = await self.corrections.of(reference) if may_see_all(actor) else ()
        follow_ups = await self.shelf.follow_ups(reference)
        reopened = await self._reopened_by(audit, actor)
        return AuditFile(audit, seen, follow_ups, tuple(changes), reopened)

    async def _reopened_by(self, audit: Audit, actor: Actor) -> tuple[Recommendation, ...]:
        if audit.follow_up_of is None:
            return ()
        earlier = await self.recommendations.of(audit.follow_up_of)
        mine = (each for each in earlier if each.reopened_by == audit.reference)
        return tuple(each for each in mine if may_see(each, actor))

    async def correct(
        self, submission: str, reference: str, correction: Correction, by: Actor
    ) -> AuditChange:
        """Corrects an audit, or withdraws it, once for each submission; its recommendations follow.

        Raises:
            RefusedError: with the reason; its field is a path in the correction.
            NotConfirmedError: when there is no answer in time.
        """
        if not may_decide(by):
            raise RefusedError(Refusal(text=NOT_TO_CORRECT, bar=Bar.NOT_IN_ROLE))
        change = await in_time(self._correct(submission, reference, correction, by))
        # It is recorded; what does not follow at once, the sweeper has follow.
        with contextlib.suppress(NotConfirmedError):
            await in_time(self.follower.resume_ended(), within_s=FOLLOW_WITHIN_S)
        return change

    async def _correct(
        self, submission: str, reference: str, correction: Correction, by: Actor
    ) -> AuditChange:
        for part in correction.recommendations:
            known = await self.recommendations.get(f"{reference}-{part.number}")
            if known and is_their_own(known, by.user_id):
                raise RefusedError(Refusal(text=NOT_TO_CORRECT, bar=Bar.OTHER_PART))
        try:
            wanted = Wanted(submission, reference, correction, by.user_id)
            return await self.corrections.correct(wanted)
        except NotCorrectedError as error:
            problem = error.problem
            raise RefusedError(Refusal(text=problem.message, field=problem.field)) from error

    async def listed(self, actor: Actor) -> AuditsListed:
        """The audits, and the open recommendations that the person may see, by target date."""
        return await in_time(self._listed(actor))

    async def _listed(self, actor: Actor) -> AuditsListed:
        found = await self.shelf.open_ones()
        waiting = tuple(each for each in found if may_see(each, actor))
        audits = await self.shelf.counted() if may_see_all(actor) else ()
        return AuditsListed(tuple(audits), waiting)

    async def waiting_for(self, actor: Actor) -> tuple[Recommendation, ...]:
        """The open recommendations that wait for the person.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """
        owner = None if may_see_all(actor) else actor.user_id
        found = await in_time(self.shelf.open_ones(owner))
        return waiting_for(found, actor, datetime.now(UTC))

    async def earlier(self) -> tuple[Audit, ...]:
        """The audits that a new one may follow up, the newest first."""
        return await in_time(self.shelf.latest())

    async def take(self, name: str, step: RecommendationStep, *, once: str) -> Receipt:
        """Takes a step of a recommendation; returns when it is recorded; once for each `once`.

        Raises:
            RefusedError: with the reason.
            NotConfirmedError: when there is no answer in time.
        """
        return await in_time(self._take(name, step, once))

    async def _take(self, name: str, step: RecommendationStep, once: str) -> Receipt:
        # Asked first, so that whose it is not can't even ask whether a workflow has that name.
        recommendation = await self.recommendations.get(name)
        if recommendation is None or not may_see(recommendation, step.by):
            raise RefusedError(Refusal(text=NOT_YOURS, bar=Bar.NOT_THEIRS))
        handle = self.client.get_workflow_handle(name)
        try:
            return await handle.execute_update(
                AuditRecommendation.record, step, id=once, rpc_timeout=LATE
            )
        except WorkflowUpdateFailedError as error:
            raise refused(error) from error
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise await self._none_running(name, step) from error
            raise NotConfirmedError from error

    async def _none_running(self, name: str, step: RecommendationStep) -> Exception:
        """Its workflow has ended, or never began: the register knows why."""
        recommendation = await self.recommendations.get(name)
        why = step_refusal(recommendation, step, datetime.now(UTC)) if recommendation else None
        return RefusedError(why) if why else NotConfirmedError()
