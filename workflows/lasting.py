"""Workflows that end by what people decide, and by nothing else."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

Ending = TypeVar("Ending")


async def to_its_end(
    procedure: Coroutine[Any, Any, Ending], refuse_cancellation: Callable[[], None]
) -> Ending:
    """Runs a procedure to its end.

    *Request Cancellation* in Temporal would end its clocks unnoticed: it is refused instead, each
    time it comes.
    """
    task = asyncio.create_task(procedure)
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            refuse_cancellation()
    return task.result()
