"""`python -m chaos`: exits with 0 only if nothing was lost, doubled or wrong."""

if __name__ == "__main__":
    from runtime.interrupt import end_quietly  # before the other imports: they take a second

    end_quietly()

import logging
import random
import shutil
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench.testbed import DATA, Testbed
from chaos.output import WIDTH, print_plan, print_result, write_json
from chaos.plan import Mishap, planned
from chaos.running import Result, chaos
from onemachine.processes import PartFailedError
from runtime.interrupt import EXIT_INTERRUPTED
from runtime.program import run, stopping, unless_stopped

EXIT_FAILED = 1
TROUBLES = (PartFailedError,)
LOG = "parts.log"
SEEDS = 10_000
MINUTE = 60.0


def main(
    seed: Annotated[int | None, typer.Option(help="Of the plan; a new one unless given.")] = None,
    minutes: Annotated[
        float, typer.Option(min=0.1, help="How long people work while things break.")
    ] = 2.5,
    people: Annotated[int, typer.Option(min=1, max=50, help="How many report.")] = 6,
    json: Annotated[Path | None, typer.Option(help="Write the plan and ledger there.")] = None,
) -> None:
    """Kills what can be killed while people report and decide, and counts what is lost."""
    chosen = random.randrange(SEEDS) if seed is None else seed  # noqa: S311  a plan, not a secret
    run(lambda: _chaos(chosen, minutes * MINUTE, people, json), lowest=logging.ERROR)


async def _chaos(seed: int, seconds: float, people: int, json: Path | None) -> int:
    console = Console(width=WIDTH)
    plan = planned(seed, seconds)
    print_plan(console, seed, plan, people)
    said: list[str] = []
    bed = Testbed("chaos", tell=lambda line, name: said.append(f"{name:<9}| {line}"))
    with stopping() as stop:
        try:
            result = await unless_stopped(stop, _run(bed, seed, seconds, plan, people, console))
            if result is None:
                console.print("Stopped; nothing was counted.")
                return EXIT_INTERRUPTED
            print_result(console, result)
            if json:
                write_json(json, result)
            if result.reckoning.is_sound:
                return 0
            _keep(bed.folder, said, seed, console)
        except* TROUBLES as errors:
            console.print(f"error: {errors.exceptions[0]}", style="red", markup=False)
            _keep(bed.folder, said, seed, console)
        finally:
            await bed.stop()
    return EXIT_FAILED


async def _run(
    bed: Testbed,
    seed: int,
    seconds: float,
    plan: tuple[Mishap, ...],
    people: int,
    console: Console,
) -> Result:
    await bed.start()
    columns = TextColumn("{task.description:<45}"), BarColumn(15), MofNCompleteColumn()
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        task = progress.add_task("all is well", total=len(plan))

        def done(mishap: Mishap) -> None:
            progress.update(task, description=mishap.kind, advance=1)

        return await chaos(bed, seed, seconds, plan, people, done)


def _keep(folder: Path, said: list[str], seed: int, console: Console) -> None:
    """Keeps register, Temporal's database, Slack's state and all output, to find out why."""
    (folder / LOG).write_text("\n".join(said), encoding="utf-8")
    kept = DATA / f"chaos-failed-{seed}"
    shutil.copytree(folder, kept, dirs_exist_ok=True, ignore=shutil.ignore_patterns("running"))
    console.print(
        f"What it left is in {kept}. Once the cause is found, add the\n"
        "seed to tests/chaos/seeds.toml with the reason, so that it is run for ever."
    )


if __name__ == "__main__":
    typer.run(main)
