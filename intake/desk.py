"""The case desk that the Slack listeners talk to; it answers within Slack's 3 seconds."""

from datetime import UTC, datetime, timedelta

import structlog
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from chat.ports import NotConfirmedError, RefusedError
from domain.bulletin import Receipt
from domain.case import Case
from domain.discipline.choice import Choice, choice_problems
from domain.merging import obstacle
from domain.opening import Opening
from domain.policy import hindrance, refusal, refusal_of_none
from domain.policy_from_outside import AFTER_THE_END, known_already
from domain.reconsidering import is_anew
from domain.refusal import Refusal
from domain.report import Report
from domain.steps import Decision, Reclassification, ReferralDecision, Reopening, Review, Separation
from domain.taxonomy import Classification, Source
from intake.cards import last_cards
from intake.intime import in_time
from intake.opening import CaseOpener
from intake.updates import LATE, UPDATES, answer
from intake.whose import ReferenceTakenError
from register.choices import Choices
from register.store import Store

CARDS_WITHIN = timedelta(seconds=0.5)

NO_SUCH_CASE = "There is no such case, or it was removed when its retention was over."
JUST_OPENED = (
    "Somebody has just opened this case again, or its end is still being announced. "
    "Look at its card, and try again in a minute."
)

log = structlog.stdlib.get_logger(__name__)


class CaseDesk:
    """Opens cases, takes steps, and reads cases from the register."""

    def __init__(
        self,
        client: Client,
        opener: CaseOpener,
        store: Store,
        choices: Choices,
        *,
        drill: bool = False,
    ) -> None:
        """Asks Temporal through the client and the register through the store.

        What is written with a referral choice goes to `choices`, apart from the register of
        cases. Every case that a desk for a drill opens is marked as one.
        """
        self._drill = drill
        self._client = client
        self._opener = opener
        self._store = store
        self._choices = choices

    async def open(
        self, submission: str, report: Report, *, reporter: str, drill: bool = False
    ) -> Opening:
        """Opens a case, once for each submission, and returns when it durably exists.

        Raises:
            NotConfirmedError: when that can't be said in time.
        """
        try:
            return await in_time(
                self._opener.open(
                    submission,
                    report,
                    source=Source.SLACK,
                    reporter=reporter,
                    drill=drill or self._drill,
                )
            )
        except RPCError as error:
            log.warning("not_opened", status=error.status.name)
            raise NotConfirmedError from error
        except ReferenceTakenError as error:
            raise NotConfirmedError from error

    async def take(self, reference: str, step: Decision, *, once: str) -> Receipt:
        """Takes a step of a case and returns when it is recorded; once for each `once`.

        Raises:
            RefusedError: with the reason.
            NotConfirmedError: when there is no answer in time.
        """
        if isinstance(step, Reopening | Separation):
            return await self._reopen(reference, step)
        if isinstance(step, ReferralDecision):
            return await in_time(self._choose(reference, step, once))
        if isinstance(step, Review | Reclassification):
            return await in_time(self._review(reference, step, once))
        return await self._update(reference, step, once)

    async def _update(self, reference: str, step: Decision, once: str) -> Receipt:
        handle = self._client.get_workflow_handle(reference)
        try:
            receipt = await in_time(answer(handle, step, f"{step.kind}:{once}"))
        except WorkflowUpdateFailedError as error:
            why = refused(error)
            if isinstance(why, NotConfirmedError) and await self.case(reference) is None:
                # What is no case may be something else of ours, which knows of no such step.
                why = _none(step)
            raise why from error
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise NotConfirmedError from error
            if isinstance(step, AFTER_THE_END):
                return await self._after_the_end(reference, step, once)
            raise await self._no_running_case(reference, step) from error
        return receipt

    async def case(self, reference: str) -> Case | None:
        """The case as recorded, if only its report is; None for a reference that names none.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """
        return await in_time(self._store.acknowledged(reference))

    async def _choose(self, reference: str, step: ReferralDecision, once: str) -> Receipt:
        """What was written goes into the restricted store; the case takes the choice without it.

        Kept first, so that no choice is taken whose reasons are lost. What the case then refuses
        is forgotten; what a listener that dies leaves behind belongs to no case, and shows nowhere.
        """
        problems = choice_problems(step)
        if problems:
            raise RefusedError(Refusal(text=problems[0].message, field=problems[0].field))
        choice = Choice(**step.model_dump(exclude={"kind", "hr_reference"}), case=reference)
        name = await self._choices.keep(f"{reference}:{once}", choice)
        bare = step.model_copy(update={"reason": "", "about": None, "hr_reference": name})
        try:
            return await self._update(reference, bare, once)
        except RefusedError:
            await self._choices.drop(name)
            raise

    async def _review(self, reference: str, step: Review | Reclassification, once: str) -> Receipt:
        """A duplicate's review names the case that carries both, as the register knows it.

        Raises:
            RefusedError: when it can't be merged into that case.
        """
        typed = (step.duplicate_of or "").strip()
        if step.classification is not Classification.DUPLICATE or not typed:
            return await self._update(reference, step, once)
        original = await self._original(reference, typed, step)
        named = step.model_copy(update={"duplicate_of": original})
        return await self._update(reference, named, once)

    async def _original(
        self, reference: str, typed: str, step: Review | Reclassification
    ) -> str | None:
        case = await self._store.case(reference)
        if case is None:
            return None
        # First, so that nothing is said of the other one to whoever may not review this.
        if why := hindrance(case, type(step), step.by):
            raise RefusedError(why)
        original = await self._store.case(typed)
        while original and original.duplicate_of:
            original = await self._store.case(original.duplicate_of)
        if problem := obstacle(case, original, step.by):
            raise RefusedError(Refusal(text=problem.message, field=problem.field))
        return original.reference if original else None

    async def _reopen(self, reference: str, step: Reopening | Separation) -> Receipt:
        """A case that is over has no workflow to ask, so the rules are asked here."""
        case, now = await self.case(reference), datetime.now(UTC)
        if case is None:
            raise _none(step)
        if why := refusal(case, step, now):
            raise RefusedError(why)
        former = await last_cards(self._client, reference, CARDS_WITHIN)
        try:
            await in_time(self._opener.reopen(case, step, former))
        except WorkflowAlreadyStartedError as error:
            raise RefusedError(Refusal(text=JUST_OPENED)) from error
        except RPCError as error:
            raise NotConfirmedError from error
        return Receipt(reference=reference, number=case.events + 1, at=now)

    async def _after_the_end(self, reference: str, step: Decision, once: str) -> Receipt:
        """A case that is over takes what came from outside, in a run that the step starts.

        It is not opened again by that: the run ends once the step is recorded and announced. What
        was recorded in a run before is found in the register, so that pressing twice does no harm.
        """
        case = await self.case(reference)
        if case is None or not case.is_over:
            raise await self._no_running_case(reference, step)
        known = known_already(case, step)
        if known and known.at and known.by == step.by.user_id:
            return Receipt(reference=reference, number=case.events, at=known.at)
        if why := refusal(case, step, datetime.now(UTC)):
            raise RefusedError(why)
        cards = await last_cards(self._client, reference, CARDS_WITHIN)
        try:
            receipt: Receipt = await in_time(
                self._client.execute_update_with_start_workflow(
                    UPDATES[type(step)],
                    step,
                    id=f"{step.kind}:{once}",
                    start_workflow_operation=self._opener.run_for_a_step(case, cards),
                    rpc_timeout=LATE,
                )
            )
        except WorkflowUpdateFailedError as error:
            raise refused(error) from error
        except RPCError as error:
            raise NotConfirmedError from error
        return receipt

    async def _no_running_case(self, reference: str, step: Decision) -> Exception:
        """Its workflow has ended or never was: the register knows which."""
        case = await self.case(reference)
        if case is None:
            return _none(step)
        why = hindrance(case, type(step), step.by, anew=is_anew(step))
        return RefusedError(why) if why else NotConfirmedError()


def _none(step: Decision) -> RefusedError:
    return RefusedError(refusal_of_none(type(step), step.by, NO_SUCH_CASE))


def refused(error: WorkflowUpdateFailedError) -> Exception:
    """What a refused update is to the person who asked."""
    cause = error.cause
    if isinstance(cause, ApplicationError) and cause.type == "Refused" and cause.details:
        return RefusedError(Refusal.model_validate(cause.details[0]))
    log.error("update_failed", error=type(cause).__name__)
    return NotConfirmedError()
