"""Whether anything was lost: what people were shown against what is kept."""

import asyncio

from bench.results import Measure, amount
from bench.testbed import Testbed

LOOKS = 50
LOOK_EVERY_S = 0.2
"""Temporal's list of workflows follows its histories a moment later."""


async def tally(bed: Testbed) -> list[Measure]:
    """Counts the references shown, the distinct ones, and the cases that the two stores hold."""
    shown, distinct = len(bed.shown), len(set(bed.shown))
    in_temporal = await _cases_in_temporal(bed, shown)
    in_register = await bed.cases_in_register()
    counts = (shown, distinct, in_register, in_temporal)
    return [
        amount("shown", "References shown", shown),
        amount("distinct", "… distinct", distinct),
        amount("register", "Cases in the register", in_register),
        amount("temporal", "Cases in Temporal", in_temporal),
        amount("lost", "Lost, doubled or left over", max(counts) - min(counts), at_most=0),
    ]


async def _cases_in_temporal(bed: Testbed, expected: int) -> int:
    for _ in range(LOOKS):
        if await bed.cases_in_temporal() == expected:
            break
        await asyncio.sleep(LOOK_EVERY_S)
    return await bed.cases_in_temporal()
