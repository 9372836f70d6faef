"""Opening a case: a reference from the register, then its workflow. No worker is needed."""

from datetime import UTC, datetime

import structlog
from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from domain.bulletin import Beginning, Cards, Outcome, Resumption
from domain.case import Case
from domain.opening import PROCEDURE, Opening
from domain.organisation import Organisation
from domain.report import Report
from domain.steps import Reopening, Separation, Tidings
from domain.summary import opening_details
from domain.taxonomy import Source
from intake.whose import ReferenceTakenError, runs_as_ours
from register.reservations import Reservations
from runtime.temporal import TASK_QUEUE
from workflows.breach import Breach
from workflows.visibility import attributes

DRILL_SERIES = "DRILL"
"""Drills count in a series of their own, so that the real one has no gaps."""

log = structlog.stdlib.get_logger(__name__)


class CaseOpener:
    """Opens cases, each once, however often it is asked."""

    def __init__(
        self,
        client: Client,
        reservations: Reservations,
        organisation: Organisation,
        *,
        task_queue: str = TASK_QUEUE,
    ) -> None:
        """Starts workflows with the client, under references from the register."""
        self._task_queue = task_queue
        self._client = client
        self._reservations = reservations
        self._organisation = organisation

    async def open(
        self,
        submission: str,
        report: Report,
        *,
        source: Source,
        reporter: str | None,
        drill: bool = False,
    ) -> Opening:
        """Opens the case of a submission and returns when it durably exists.

        The same submission gets the same reference and the same case, at once or a year later.

        Args:
            submission: the submission's own id.
            report: what was reported, checked.
            source: how it reached OST.
            reporter: Slack member ID, None for somebody outside Slack.
            drill: whether it is an exercise.

        Raises:
            ReferenceTakenError: when something that is not ours runs under the reference.
            Exception: what the database or Temporal raise when they can't be reached; asking
                again does no harm.
        """
        draft = Opening(
            reference="",
            report=report,
            reported_at=datetime.now(UTC),
            source=source,
            reporter=reporter,
            policies=self._organisation.clocks,
            drill=drill,
            procedure=PROCEDURE,
            severity=self._organisation.severity,
        )
        series = DRILL_SERIES if drill else self._organisation.reference_prefix
        opening = await self._reservations.reserve(submission, draft, series=series)
        await self.start(opening)
        return opening

    async def start(self, opening: Opening) -> None:
        """Starts the workflow of a reserved case unless that was done before.

        The register decides: after Temporal's retention, Temporal itself would start it anew.

        Raises:
            ReferenceTakenError: when something that is not ours runs under the reference.
            RPCError: when Temporal does not do its part.
        """
        if await self._reservations.is_started(opening.reference):
            return
        try:
            await self._run(opening, WorkflowIDReusePolicy.REJECT_DUPLICATE)
        except WorkflowAlreadyStartedError:
            # The reference is this submission's alone, so if it is ours this is its own case.
            await self._was_started(opening)
        await self._reservations.mark_started(opening.reference)
        log.info("case_opened", case=opening.reference)

    async def _was_started(self, opening: Opening) -> None:
        """Something has been started under the reference: takes the place of what is not ours."""
        try:
            ours = await runs_as_ours(self._client, opening.reference, self._task_queue)
        except ReferenceTakenError:
            log.error("reference_taken", case=opening.reference)
            raise
        if ours:
            log.info("case_already_started", case=opening.reference)
        else:
            await self._run(opening, WorkflowIDReusePolicy.ALLOW_DUPLICATE)

    async def reopen(
        self, case: Case, step: Reopening | Separation | Tidings, former: Cards
    ) -> None:
        """Starts a new run of a case that is over, with everything that the register knows of it.

        Unless the step opens the case again, the run only records and announces it. Either way new
        cards are posted, in place of the former ones.

        Raises:
            WorkflowAlreadyStartedError: when it runs, for instance since another was faster.
        """
        await self._continue(Resumption(case=case, reopening=step, former=former))
        log.info("case_reopened", case=case.reference)

    async def resume(self, case: Case, cards: Cards, stopped_at: datetime | None = None) -> None:
        """Starts a new run of a case whose workflow was ended from outside.

        Args:
            case: as the register has it.
            cards: where its cards stand.
            stopped_at: when the workflow was ended (aware), if that is known.

        Raises:
            WorkflowAlreadyStartedError: when it runs again already.
        """
        await self._continue(Resumption(case=case, cards=cards, stopped_at=stopped_at))
        log.warning("case_resumed", case=case.reference)

    async def begin_again(self, opening: Opening) -> None:
        """Starts an acknowledged case whose workflow was gone before it had recorded anything.

        Nothing of it has been seen, so it begins with its report, and at its report's time.

        Raises:
            WorkflowAlreadyStartedError: when it runs again already.
        """
        await self._run(opening, WorkflowIDReusePolicy.ALLOW_DUPLICATE)
        log.warning("case_begun_again", case=opening.reference)

    def run_for_a_step(
        self, case: Case, cards: Cards
    ) -> WithStartWorkflowOperation[Breach, Outcome]:
        """A run of a case that is over, to be started together with the step that it is for."""
        opening = case.opening
        return WithStartWorkflowOperation(
            Breach.run,
            Beginning.of(opening, Resumption(case=case, cards=cards, awaits_step=True)),
            id=opening.reference,
            task_queue=self._task_queue,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            search_attributes=attributes(case, opening.reported_at),
            static_summary=f"After its end · {self._summary(opening)}",
            static_details=opening_details(
                opening, self._organisation.area_name(opening.report.area)
            ),
        )

    async def _run(self, opening: Opening, reuse: WorkflowIDReusePolicy) -> None:
        await self._client.start_workflow(
            Breach.run,
            Beginning.of(opening),
            id=opening.reference,
            task_queue=self._task_queue,
            id_reuse_policy=reuse,
            id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
            search_attributes=attributes(Case(opening=opening), opening.reported_at),
            static_summary=self._summary(opening),
            static_details=opening_details(
                opening, self._organisation.area_name(opening.report.area)
            ),
        )

    async def _continue(self, resumption: Resumption) -> None:
        opening = resumption.case.opening
        await self._client.start_workflow(
            Breach.run,
            Beginning.of(opening, resumption),
            id=opening.reference,
            task_queue=self._task_queue,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
            search_attributes=attributes(resumption.case, opening.reported_at),
            static_summary=f"{resumption.word} · {self._summary(opening)}",
            static_details=opening_details(
                opening, self._organisation.area_name(opening.report.area)
            ),
        )

    def _summary(self, opening: Opening) -> str:
        report = opening.report
        mark = "DRILL · " if opening.drill else ""
        area = self._organisation.area_name(report.area)
        return f"{mark}{report.incident_type.label} · {area}"
