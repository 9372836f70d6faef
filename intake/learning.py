"""Remedial actions that the training record completes: its owner took the course that was asked."""

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.service import RPCError, RPCStatusCode

from activities.signatures import CourseActions
from domain.absence import london_day
from domain.case import Case
from domain.organisation import Organisation
from domain.people import LEARNING_RECORD, Actor
from domain.remediation import Action
from domain.steps import ActionDone
from intake.updates import answer
from register.store import Store
from register.training.owed import owing_a_course
from register.training.records import TrainingRecords

log = structlog.stdlib.get_logger(__name__)


class CompleteActions(CourseActions):
    """Completes actions through the case's own update, as a person would."""

    def __init__(self, client: Client, engine: AsyncEngine, organisation: Organisation) -> None:
        """Reads cases and training in one register, and asks Temporal through the client."""
        self._client = client
        self._engine = engine
        self._store = Store(engine)
        self._records = TrainingRecords(engine)
        self._organisation = organisation

    @activity.defn(name="CompleteCourseActions")
    async def complete(self) -> int:
        """Completes each open action whose owner took its course since it became theirs.

        Returns:
            How many were completed. Again and again comes to the same.

        Raises:
            RPCError: when Temporal does not answer.
        """
        completed = 0
        for case in await owing_a_course(self._engine):
            for action in case.open_actions:
                if done := await self._done(case, action):
                    completed += await self._completed(case, done)
        return completed

    async def _done(self, case: Case, action: Action) -> ActionDone | None:
        if not action.course or not await self._is_taken(case, action):
            return None
        course = self._organisation.training.course(action.course)
        name = course.name if course else action.course
        # Whoever sees the case reads it: the day of a completion leaves to the person alone.
        evidence = f"The training record: {name}."
        by = Actor(user_id=LEARNING_RECORD)
        return ActionDone(by=by, number=action.number, evidence=evidence)

    async def _is_taken(self, case: Case, action: Action) -> bool:
        """Whether they took it since the action is theirs; what is made up completes no case."""
        person = await self._records.person(action.owner)
        if person is None or (person.is_example and not case.opening.drill):
            return False
        events = await self._store.events(case.reference)
        given_on = london_day(next(each.at for each in events if each.number == action.given_by))
        days = person.completions.get(action.course, ())
        return any(day >= given_on for day in days)

    async def _completed(self, case: Case, done: ActionDone) -> bool:
        handle = self._client.get_workflow_handle(case.reference)
        once = f"{LEARNING_RECORD}:{case.reference}:{done.number}"
        try:
            await answer(handle, done, once)
        except WorkflowUpdateFailedError:
            # Somebody was faster, or the case has just ended: there is nothing left to complete.
            log.info("course_action_not_completed", case=case.reference)
            return False
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            log.warning("course_action_not_completed", case=case.reference)
            return False
        log.info("course_action_completed", case=case.reference)
        return True
