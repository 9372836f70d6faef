"""The steps of one case on their way into the register, one after another.

The register is written before Temporal's history knows of it (docs/adr/0003). A server or worker
that is killed in between leaves an event that no workflow remembers: what was asked for may never
come again, or later than another step. The register has it, so it happened, and comes first.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import get_args

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from activities.signatures import Register
    from domain.bulletin import Recording
    from domain.case import Case
    from domain.folding import after
    from domain.opening import WITH_ONE_PEN
    from domain.policy import refusal_in_turn
    from domain.refusal import Refusal
    from domain.steps import CaseEvent, Decision, Step
    from domain.summary import step_name
    from workflows import retries


@dataclass(eq=False)
class Taking:
    """A step that the case has taken and the register may not have yet."""

    before: Case
    event: CaseEvent
    is_recorded: bool = False
    refused: Refusal | None = None
    """Why it can't be taken after what turned out to be recorded before it."""

    @property
    def after(self) -> Case:
        """The case with the step."""
        return after(self.before, self.event)


class Takings:
    """The case with every step that was taken, and the order in which they are recorded."""

    def __init__(
        self, case: Case, on_record: Callable[[CaseEvent], None], on_surprise: Callable[[], None]
    ) -> None:
        """Begins with the case as the register has it.

        Args:
            case: the case so far.
            on_record: told of each event that the register has by now.
            on_surprise: called when the case is another than it seemed, since the register had
                an event that nobody here knew of.
        """
        self.case = case
        self._on_record = on_record
        self._on_surprise = on_surprise
        self._waiting: list[Taking] = []
        in_order = case.opening.procedure >= WITH_ONE_PEN
        self._pen = asyncio.Lock() if in_order else contextlib.nullcontext()

    def claim(self, step: Step) -> Taking:
        """Changes the case at once: who presses in the same moment finds the step taken."""
        taking = Taking(self.case, self._next(step))
        self._follow(taking)
        return taking

    async def until_recorded(self, taking: Taking) -> None:
        """Returns once the register has the step, or it is refused after all."""
        async with self._pen:
            while not (taking.is_recorded or taking.refused):
                await self._record(taking)

    def catch_up(self, events: Iterable[CaseEvent]) -> None:
        """Takes what the register has, unless steps are on their way: they meet it themselves."""
        for event in events:
            if not self._waiting and event.number == self.case.events + 1:
                self._put_first(self.case, event)

    async def _record(self, taking: Taking) -> None:
        event = taking.event
        there = await workflow.execute_local_activity_method(
            Register.record,
            Recording(case=taking.after, event=event),
            start_to_close_timeout=retries.RECORD_TIMEOUT,
            retry_policy=retries.UNTIL_RECORDED,
            local_retry_threshold=retries.LOCAL_RETRIES_UP_TO,
            summary=f"Record step {event.number}: {step_name(event.step)}",
        )
        if there is None or self._is_as_good(there, taking):
            self._is_recorded(taking, event)
        else:
            self._put_first(taking.before, there)

    def _is_as_good(self, there: CaseEvent, taking: Taking) -> bool:
        """Of an older case, whose steps are recorded side by side: the same step of another moment.

        Raises:
            ApplicationError: when it is another step, and others are on their way.
        """
        if isinstance(self._pen, asyncio.Lock) or self._waiting == [taking]:
            return False
        if there.step != taking.event.step:
            raise ApplicationError(
                f"the register has another event {there.number}", type="RegisterConflictError"
            )
        return True

    def _put_first(self, before: Case, there: CaseEvent) -> None:
        """What is there comes first, and what waits after it, where it is still allowed."""
        waiting, self._waiting = self._waiting, []
        self.case = after(before, there)
        same = next((each for each in waiting if each.event.step == there.step), None)
        if same:
            waiting.remove(same)
            self._is_recorded(same, there)
        else:
            self._on_record(there)
        for taking in waiting:
            step = taking.event.step
            if isinstance(step, get_args(Decision)):
                taking.refused = refusal_in_turn(self.case, step, workflow.now())
            if taking.refused is None:
                taking.before, taking.event = self.case, self._next(step)
                self._follow(taking)
        self._on_surprise()

    def _is_recorded(self, taking: Taking, event: CaseEvent) -> None:
        taking.event, taking.is_recorded = event, True
        if taking in self._waiting:
            self._waiting.remove(taking)
        self._on_record(event)

    def _follow(self, taking: Taking) -> None:
        self.case = taking.after
        self._waiting.append(taking)

    def _next(self, step: Step) -> CaseEvent:
        return CaseEvent(number=self.case.events + 1, at=workflow.now(), step=step)
