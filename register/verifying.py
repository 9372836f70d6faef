"""`python -m register verify`: what is said while the register is verified, and at the end."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from sqlalchemy.ext.asyncio import AsyncConnection

from register import versions
from register.anchor import SETTING, Marks, anchor_file, read_whole
from register.figures.comparing import BY_CHAIN, Compared, compared
from register.figures.reading import how_many
from register.reading import CHAINS, snapshot
from register.verification import Checked, total, verified
from runtime.settings import SettingsError, database_url
from runtime.terminal import progress_bar

EXIT_NOT_INTACT = 1
NOT_COVERED = (
    "Audits, their recommendations, training and sample checks were not verified: their tables "
    "are outside the chain."
)


async def run_verify(anchor: Path | None, *, without_anchor: bool, figures: bool = False) -> int:
    """Verifies the register, prints what was found, and gives the exit status.

    Args:
        anchor: its file, if not the one of the setting.
        without_anchor: looks at none.
        figures: also compares what answers are counted from with the events.

    Raises:
        SettingsError: when the register or its anchor can't be read.
    """
    url = database_url()
    if anchor and without_anchor:
        raise SettingsError("--anchor and --without-anchor contradict each other: give one of them")
    async with versions.opened(url) as engine:
        # The anchor first: a snapshot that is taken afterwards has all that it names.
        file = None if without_anchor else anchor or anchor_file(url)
        marks = _marks(file) if file else ()
        with versions.usable(), progress_bar() as progress:
            # All in one snapshot: what is recorded meanwhile must not look like a difference.
            async with snapshot(engine).connect() as db:
                checked = await _verified(db, marks, progress)
                found = await _compared(db, checked, progress) if figures else None
    return _said(checked, found, file, marks)


async def _verified(db: AsyncConnection, marks: Marks, progress: Progress) -> list[Checked]:
    task = progress.add_task("Verifying", total=await total(db))
    return await verified(db, marks, lambda count: progress.advance(task, count))


async def _compared(
    db: AsyncConnection, checked: list[Checked], progress: Progress
) -> list[Compared]:
    """The figures of each intact chain; events that were altered prove none."""
    wanted = [BY_CHAIN[each.chain] for each in checked if each.fault is None]
    rows = sum([await how_many(db, figures) for figures in wanted])
    task = progress.add_task("Comparing figures", total=rows)
    return [
        await compared(db, figures, lambda count: progress.advance(task, count))
        for figures in wanted
    ]


def _marks(file: Path) -> Marks:
    marks = read_whole(file, CHAINS)
    if marks is None:
        raise SettingsError(
            f"{SETTING}: there is no anchor at {file}, which the worker writes. Name it with "
            "--anchor FILE; or say --without-anchor, and newest events that were removed don't show"
        )
    return marks


def _in_one_line(found: Compared) -> str:
    parts = {
        f"{found.removed:,} removed by retention (their fields are not proven)": found.removed,
        f"{found.behind:,} not compared: a step is still to reach the register": found.behind,
        f"{found.unproven:,} without a reference to events (not proven)": found.unproven,
        f"{found.differ:,} differ, the first is named": found.differ,
    }
    more = [text for text, count in parts.items() if count]
    return "; ".join([f"{found.table}: {found.agree:,} agree with their events", *more])


def _said(
    checked: list[Checked], found: list[Compared] | None, file: Path | None, marks: Marks
) -> int:
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in (*_of_chains(checked, file, marks), *_of_figures(checked, found), NOT_COVERED):
        console.print(line)
    faults = [str(each.fault) for each in checked if each.fault]
    faults += [each.first for each in found or () if each.first]
    for fault in faults:
        console.print(f"NOT INTACT: {fault}", style="bold red")
    return EXIT_NOT_INTACT if faults else 0


def _of_chains(checked: list[Checked], file: Path | None, marks: Marks) -> Iterator[str]:
    for each in checked:
        without = f", {each.removed:,} of them without content" if each.removed else ""
        result = "not intact after these" if each.fault else "intact"
        yield f"{each.chain}: {each.events:,} events{without}, {result}"
    if file is None:
        yield "No anchor was looked at: newest events that were removed don't show."
    elif marks:
        yield f"The anchor {file} goes back to {marks[0].at:%d %B %Y, %H:%M} UTC."


def _of_figures(checked: list[Checked], found: list[Compared] | None) -> Iterator[str]:
    if found is None:
        yield (
            "Figures were not compared: answers are counted from the tables incidents and "
            "referral_counts, which the chain does not cover. Compare them with --figures."
        )
        return
    yield from map(_in_one_line, found)
    for chain in (each.chain for each in checked if each.fault):
        yield f"{BY_CHAIN[chain].table}: not compared, since {chain} is not intact"
