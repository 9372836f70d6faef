"""What output on a terminal may be: how wide, and showing how far something is."""

import os
import shutil
import signal
import sys

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


def columns(otherwise: int) -> int:
    """What the variable COLUMNS says, or the terminal that the output goes to; else `otherwise`."""
    if sys.stdout.isatty():
        return shutil.get_terminal_size((otherwise, 0)).columns
    said = os.environ.get("COLUMNS", "")
    return int(said) if said.isdecimal() and int(said) else otherwise


def confirmed(question: str) -> bool | None:
    """What a person answers; None for Ctrl-C, or when nobody is there any more."""
    # The loop's own handler would keep Ctrl-C to itself while we wait for an answer.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return typer.confirm(question)
    except (typer.Abort, OSError):  # a terminal that was closed can't be read
        return None
    finally:
        signal.signal(signal.SIGINT, before)


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
