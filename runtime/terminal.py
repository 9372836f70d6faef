"""What output on a terminal may be: how wide, and showing how far something is."""

import os
import shutil
import sys

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


def columns(otherwise: int) -> int:
    """What the variable COLUMNS says, or the terminal that the output goes to; else `otherwise`."""
    if sys.stdout.isatty():
        return shutil.get_terminal_size((otherwise, 0)).columns
    said = os.environ.get("COLUMNS", "")
    return int(said) if said.isdecimal() and int(said) else otherwise


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
