"""Many people report in the same moment."""

import asyncio
from collections.abc import Callable

from bench.reporting import OpenForm, Reported, opened, submitted
from bench.results import Measure, Target, amount, durations
from bench.testbed import Testbed

ANNOUNCED_WITHIN_S = 120.0


async def crowd(bed: Testbed, size: int, rounds: int, done: Callable[[], None]) -> list[Measure]:
    """All type `/breach` at once; when all have their form open, all press at once."""
    people = bed.staff(size)
    forms: list[list[OpenForm]] = []
    reports: list[list[Reported]] = []
    for _ in range(rounds):
        forms.append(await asyncio.gather(*map(opened, people)))
        reports.append(await asyncio.gather(*map(submitted, people, forms[-1])))
        bed.shown += [report.reference for report in reports[-1]]
        # The next round begins once the worker has told everybody.
        await asyncio.gather(
            *(
                person.wait_for_dm(report.reference, ANNOUNCED_WITHIN_S)
                for person, report in zip(people, reports[-1], strict=True)
            )
        )
        done()
    typed = sum(form.typed - 1 for each in forms for form in each)
    pressed = sum(report.presses - 1 for each in reports for report in each)
    return [
        durations(
            f"form_{size}",
            f"{size} people: /breach → form",
            [[form.seconds for form in each] for each in forms],
            Target("max", 3000),
        ),
        durations(
            f"reference_{size}",
            f"{size} people: report → reference",
            [[report.seconds for report in each] for each in reports],
            Target("max", 2500),
        ),
        amount(f"again_{size}", f"{size} people: had to do it again", typed + pressed, at_most=0),
    ]
