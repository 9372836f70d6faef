"""`python -m bench`: measures on this machine, prints a table, and can write JSON."""

if __name__ == "__main__":
    from runtime.interrupt import end_quietly  # before the other imports: they take a second

    end_quietly()

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench import machine
from bench.alone import attended, unattended
from bench.answers import answers, parts_of
from bench.chart import draw
from bench.crowd import crowd
from bench.floor import floor, multiple
from bench.killed import killed
from bench.life import LIFE, StuckError, life
from bench.lives import lives
from bench.output import print_results, write_json
from bench.reporting import NoReferenceError
from bench.results import Measure
from bench.standing import standing
from bench.tally import tally
from bench.testbed import Testbed
from bench.verifying import verifying
from localslack.driver import NotSeenError, RefusedError
from onemachine.processes import PartFailedError
from runtime.interrupt import EXIT_INTERRUPTED
from runtime.program import run, stopping, unless_stopped

EXIT_FAILED = 1
TROUBLES = (PartFailedError, NoReferenceError, StuckError, NotSeenError, RefusedError)
"""What ends a measurement without figures."""

WIDTH = 132
"""Columns of the output where it does not go to a terminal."""


@dataclass(frozen=True)
class Sizes:
    """How often everything is done."""

    floor: int = 100
    attended: int = 60
    unattended: int = 20
    killed: int = 5
    lives: tuple[int, int] = (24, 3)
    """Cases lived to their end, and rounds."""
    crowds: tuple[tuple[int, int], ...] = ((8, 5), (50, 3))
    """People, and rounds."""
    standing: tuple[int, int] = (5_000, 300)
    """Cases that stay open, and how many of them are reminded of."""
    events: int = 100_000
    """Of the register that is verified."""
    incidents: int = 50_000
    """That Freedom of Information questions are asked of."""


QUICK = Sizes(
    floor=5,
    attended=2,
    unattended=2,
    killed=1,
    lives=(2, 1),
    standing=(4, 2),
    crowds=((3, 1),),
    events=1_000,
    incidents=1_000,
)


def bench(
    json: Annotated[Path | None, typer.Option(help="Write the results to this file.")] = None,
    chart: Annotated[Path | None, typer.Option(help="Draw the results into this PNG.")] = None,
    *,
    quick: Annotated[bool, typer.Option(help="A few of each, to see that it works.")] = False,
    events: Annotated[
        int | None, typer.Option(min=1, help="Events to verify; 100,000 unless said otherwise.")
    ] = None,
    incidents: Annotated[
        int | None, typer.Option(min=1, help="Incidents to count; 50,000 unless said otherwise.")
    ] = None,
) -> None:
    """Measures how long people wait and whether anything is lost; about ten minutes."""
    sizes = QUICK if quick else Sizes()
    sizes = replace(sizes, events=events or sizes.events, incidents=incidents or sizes.incidents)
    run(lambda: _bench(sizes, json, chart), lowest=logging.WARNING)


async def _bench(sizes: Sizes, json: Path | None, chart: Path | None) -> int:
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    began, about = time.monotonic(), machine.described()
    bed = Testbed()
    with stopping() as stop:
        try:
            measures = await unless_stopped(stop, _measured(bed, sizes, console))
        except TROUBLES as error:
            console.print(f"error: {error}", style="red", markup=False, emoji=False)
            return EXIT_FAILED
        finally:
            await bed.stop()
    if measures is None:
        console.print("Stopped; nothing was measured to the end.")
        return EXIT_INTERRUPTED
    print_results(console, about, measures)
    console.print(f"Took {time.monotonic() - began:.0f} s.")
    if json:
        write_json(json, about, measures)
    if chart:
        draw(chart, about, measures)
    return 0


async def _measured(bed: Testbed, sizes: Sizes, console: Console) -> list[Measure]:
    console.print("Starting Temporal, worker, listener and a local Slack …")
    await bed.start()
    measures: list[Measure] = []
    columns = TextColumn("{task.description:<20}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        for label, total, phase in _phases(bed, sizes):
            task = progress.add_task(label, total=total)
            measures += await phase(partial(progress.advance, task))
    return [*measures, multiple(measures), *await tally(bed)]


Phase = Callable[[Callable[[], None]], Awaitable[list[Measure]]]
"""Measures something, and says after each part that it is done."""


def _phases(bed: Testbed, sizes: Sizes) -> list[tuple[str, int, Phase]]:
    """What is measured, in how many parts. The worker is away in the last one."""

    def crowds(size: int, rounds: int) -> tuple[str, int, Phase]:
        return f"{size} people at once", rounds, lambda done: crowd(bed, size, rounds, done)

    return [
        ("The floor", 3, lambda done: floor(bed.client, bed.folder, sizes.floor, done)),
        ("The register", 2, lambda done: verifying(bed.folder, sizes.events, done)),
        ("One person", sizes.attended, lambda done: attended(bed, sizes.attended, done)),
        *(crowds(size, rounds) for size, rounds in sizes.crowds),
        (
            f"{sizes.incidents:,} incidents",
            parts_of(sizes.incidents),
            lambda done: answers(bed.folder, sizes.incidents, done),
        ),
        ("A whole life", len(LIFE) + 1, lambda done: life(bed, done)),
        ("Whole lives", 1 + sizes.lives[1], lambda done: lives(bed, *sizes.lives, done)),
        ("The worker killed", sizes.killed, lambda done: killed(bed, sizes.killed, done)),
        (f"{sizes.standing[0]:,} cases", 2, lambda done: standing(bed, *sizes.standing, done)),
        ("No worker", sizes.unattended, lambda done: unattended(bed, sizes.unattended, done)),
    ]


if __name__ == "__main__":
    typer.run(bench)
