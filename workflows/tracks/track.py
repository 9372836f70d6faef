"""What the tracks of a case have in common."""

from collections.abc import Callable

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from domain.bulletin import Ahead, Beginning, Receipt, Resumption, Shown
    from domain.carried import Answered, Carried
    from domain.case import Case
    from domain.policy import refusal, refusal_in_turn
    from domain.steps import Decision
    from workflows.journal import Journal
    from workflows.refusing import raise_refusal

GOES_ON = "GoesOn"
"""The error type of what is asked while a new run takes over: asked again, it is answered there."""

REMEMBERED = 100
"""Answers that the next run knows of. Whoever asks again does so within seconds."""


class Track:
    """Takes people's steps. What people do arrives as updates, so that everybody gets an answer.

    Each step is checked twice: by its update's validator, which keeps refused steps out of the
    history, and again when its turn has come, since another person may have been faster.
    """

    def __init__(self, beginning: Beginning) -> None:
        """Opens the journal that the steps are taken in, with what the case knew before."""
        resumption = beginning.resumption
        carried = (resumption.carried if resumption else None) or Carried()
        self._journal = Journal(beginning.case, beginning.cards, beginning.former_cards, carried)
        self._begun = False
        self._hands_over = False
        self._answered = {each.update: each for each in carried.answered}

    @workflow.query
    def shown(self) -> Shown:
        """The case and its cards, for whoever keeps the hours left on them true."""
        return self._journal.shown()

    @workflow.update
    async def catch_up(self, ahead: Ahead) -> int:
        """Takes what the register has and this case forgot; says how many events it has then."""
        await workflow.wait_condition(lambda: self._begun)
        self._journal.catch_up(ahead.events)
        return self._case.events

    @property
    def _case(self) -> Case:
        return self._journal.case

    async def _until(self, settled: Callable[[], bool]) -> None:
        """Waits; whatever was to be waited for, the end of the case ends it."""
        await workflow.wait_condition(lambda: self._case.is_over or settled())

    async def _take(self, step: Decision) -> Receipt:
        # An update may come with the very first task, ahead of the case's own first event.
        await workflow.wait_condition(lambda: self._begun)
        if known := self._answered_already():
            return known
        raise_refusal(refusal_in_turn(self._case, step, workflow.now()))
        return self._remember(await self._journal.take(step))

    def _refuse(self, step: Decision) -> None:
        """Raises the refusal, if there is one; who asked reads it from the error's details."""
        self._send_to_the_next_run()
        if not self._answered_already():
            raise_refusal(refusal(self._case, step, workflow.now()))

    def _send_to_the_next_run(self) -> None:
        """A run that is about to hand over takes no more: it would never become quiet."""
        if self._hands_over:
            raise ApplicationError("a new run takes over", type=GOES_ON, non_retryable=True)

    def _answered_already(self) -> Receipt | None:
        """The answer that a run before gave to this very update."""
        asked = workflow.current_update_info()
        known = self._answered.get(asked.id) if asked else None
        if known is None:
            return None
        return Receipt(reference=self._case.reference, number=known.number, at=known.at)

    def _remember(self, receipt: Receipt) -> Receipt:
        """Temporal itself remembers updates by their id only within a run."""
        asked = workflow.current_update_info()
        if asked:
            self._answered[asked.id] = Answered(
                update=asked.id, number=receipt.number, at=receipt.at
            )
        return receipt

    def _for_the_next_run(self) -> Resumption:
        """The case as the next run finds it, with everything that this one knows."""
        answered = tuple(self._answered.values())[-REMEMBERED:]
        return Resumption(
            case=self._case,
            cards=self._journal.shown().cards,
            former=self._journal.former,
            carried=self._journal.carried().model_copy(update={"answered": answered}),
        )
