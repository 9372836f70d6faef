"""What the tracks of a case have in common."""

from collections.abc import Callable

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from domain.bulletin import Beginning, Receipt, Shown
    from domain.case import Case
    from domain.policy import refusal, refusal_in_turn
    from domain.refusal import Refusal
    from domain.steps import Decision
    from workflows.journal import Journal


class Track:
    """Takes people's steps. What people do arrives as updates, so that everybody gets an answer.

    Each step is checked twice: by its update's validator, which keeps refused steps out of the
    history, and again when its turn has come, since another person may have been faster.
    """

    def __init__(self, beginning: Beginning) -> None:
        """Opens the journal that the steps are taken in, with what the case knew before."""
        self._journal = Journal(beginning.case, beginning.cards, beginning.former_cards)
        self._begun = False

    @workflow.query
    def shown(self) -> Shown:
        """The case and its cards, for whoever keeps the hours left on them true."""
        return self._journal.shown()

    @property
    def _case(self) -> Case:
        return self._journal.case

    async def _until(self, settled: Callable[[], bool]) -> None:
        """Waits; whatever was to be waited for, the end of the case ends it."""
        await workflow.wait_condition(lambda: self._case.is_over or settled())

    async def _take(self, step: Decision) -> Receipt:
        # An update may come with the very first task, ahead of the case's own first event.
        await workflow.wait_condition(lambda: self._begun)
        _raise(refusal_in_turn(self._case, step, workflow.now()))
        return await self._journal.take(step)

    def _refuse(self, step: Decision) -> None:
        """Raises the refusal, if there is one; who asked reads it from the error's details."""
        _raise(refusal(self._case, step, workflow.now()))


def _raise(refused: Refusal | None) -> None:
    if refused:
        raise ApplicationError(refused.text, refused, type="Refused", non_retryable=True)
