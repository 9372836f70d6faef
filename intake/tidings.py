"""What one case has to tell another: an update of its workflow, or a new run when it is over."""

from datetime import timedelta

import structlog
from temporalio import activity
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from activities.signatures import OtherCases
from domain.bulletin import Telling
from domain.case import Case
from domain.merging import has_heard
from domain.steps import DuplicateAdded, Tidings
from intake.cards import last_cards
from intake.opening import CaseOpener
from register.store import Store
from workflows.breach import Breach

ANSWER_WITHIN = timedelta(seconds=20)
CARDS_WITHIN = timedelta(seconds=5)

log = structlog.stdlib.get_logger(__name__)


class TellCases(OtherCases):
    """Finds the case that is to know, and has it take the step; again and again is once."""

    def __init__(self, client: Client, opener: CaseOpener, store: Store) -> None:
        """Asks Temporal through the client and the register through the store."""
        self._client = client
        self._opener = opener
        self._store = store

    @activity.defn(name="TellOtherCase")
    async def tell(self, telling: Telling) -> str:
        """Has another case take what it is told; returns the reference of the one that did.

        Raises:
            ApplicationError: when the case can't take it now, as while its end is being
                announced; the next attempt finds it over, and begins a new run of it.
            RPCError: when Temporal does not answer.
        """
        case = await self._hearer(telling)
        tidings = telling.tidings
        if not has_heard(case, tidings):
            await self._have_taken(case, telling)
        log.info("case_told", case=case.reference, step=tidings.kind)
        return case.reference

    async def _hearer(self, telling: Telling) -> Case:
        """The case that is meant or, when that was merged meanwhile, the one that carries it on."""
        case = await self._case(telling.to)
        while isinstance(telling.tidings, DuplicateAdded) and case.duplicate_of:
            case = await self._case(case.duplicate_of)
        return case

    async def _case(self, reference: str) -> Case:
        case = await self._store.case(reference)
        if case is None:
            raise ApplicationError("the register does not have the case yet", type="NotYet")
        return case

    async def _have_taken(self, case: Case, telling: Telling) -> None:
        try:
            await self._update(case.reference, telling.tidings, telling.key)
        except WorkflowUpdateFailedError as error:
            raise ApplicationError("the case can't take it now", type="NotNow") from error
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND or not case.is_over:
                raise
            await self._resume(case, telling.tidings)

    async def _update(self, reference: str, tidings: Tidings, key: str) -> None:
        handle = self._client.get_workflow_handle(reference)
        if isinstance(tidings, DuplicateAdded):
            await handle.execute_update(
                Breach.add_duplicate, tidings, id=key, rpc_timeout=ANSWER_WITHIN
            )
        else:
            await handle.execute_update(
                Breach.remove_duplicate, tidings, id=key, rpc_timeout=ANSWER_WITHIN
            )

    async def _resume(self, case: Case, tidings: Tidings) -> None:
        former = await last_cards(self._client, case.reference, CARDS_WITHIN)
        try:
            await self._opener.reopen(case, tidings, former)
        except WorkflowAlreadyStartedError as error:
            raise ApplicationError("the case has just begun a new run", type="NotNow") from error
