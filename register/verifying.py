"""`python -m register verify`: what is said while the register is verified, and at the end."""

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from register import versions
from register.anchor import SETTING, Marks, anchor_file, read
from register.verification import Checked, total, verify
from runtime.settings import SettingsError, database_url

EXIT_NOT_INTACT = 1


async def run_verify(anchor: Path | None, *, without_anchor: bool) -> int:
    """Verifies the register, prints what was found, and gives the exit status.

    Raises:
        SettingsError: when the register or its anchor can't be read.
    """
    url = database_url()
    file = None if without_anchor else anchor or anchor_file(url)
    marks = _marks(file) if file else ()
    async with versions.opened(url) as engine:
        with versions.usable(), progress_bar() as progress:
            task = progress.add_task("Verifying", total=await total(engine))
            checked = await verify(engine, marks, lambda count: progress.advance(task, count))
    return _said(checked, file, marks)


def _marks(file: Path) -> Marks:
    marks = read(file)
    if marks is None:
        raise SettingsError(
            f"{SETTING}: there is no anchor at {file}, which the worker writes. Name it with "
            "--anchor FILE; or say --without-anchor, and newest events that were removed don't show"
        )
    return marks


def progress_bar() -> Progress:
    """On standard error, and only where somebody looks on."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(
        *columns,
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _said(checked: list[Checked], file: Path | None, marks: Marks) -> int:
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for each in checked:
        without = f", {each.removed:,} of them without content" if each.removed else ""
        result = "not intact after these" if each.fault else "intact"
        console.print(f"{each.chain}: {each.events:,} events{without}, {result}")
    if file is None:
        console.print("No anchor was looked at: newest events that were removed don't show.")
    elif marks:
        console.print(f"The anchor {file} goes back to {marks[0].at:%d %B %Y, %H:%M} UTC.")
    faults = [each.fault for each in checked if each.fault]
    for fault in faults:
        console.print(f"NOT INTACT: {fault}", style="bold red")
    return EXIT_NOT_INTACT if faults else 0
