"""Telling people one thing after another, beside a workflow's own procedure."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from temporalio import workflow

Notice = TypeVar("Notice")


class ToTell(Generic[Notice]):
    """What is still to be told; an outage of Slack holds up no step."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._waiting: list[Notice] = []

    def add(self, notice: Notice) -> None:
        """Has it told after what was added before."""
        self._waiting.append(notice)

    async def until(
        self, is_over: Callable[[], bool], tell: Callable[[Notice], Awaitable[None]]
    ) -> None:
        """Tells until the workflow is over, nothing is left, and no handler may add anything."""
        while True:
            await workflow.wait_condition(
                lambda: bool(self._waiting) or (is_over() and workflow.all_handlers_finished())
            )
            if not self._waiting:
                return
            await tell(self._waiting[0])
            self._waiting.pop(0)
