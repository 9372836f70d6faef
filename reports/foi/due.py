"""`python -m reports foi due`: when a request is due; no register is needed for it."""

import typer

from reports.asking import AskedWrongError, asked_day
from reports.windows import in_words
from reports.working_days import due_day

DUE = "due"
"""Asks for the statutory due date alone."""


async def say_due(received: str | None) -> int:
    """Prints when a request is due; no register is needed, and nothing leaves it."""
    day = asked_day("--received", received)
    if day is None:
        raise AskedWrongError("foi due needs --received DAY, the day on which the request came")
    due = due_day(day)
    typer.echo(
        f"Received on {in_words(day)}; due by {due:%A} {in_words(due)}, the twentieth working day "
        "after it (Freedom of Information Act 2000, s.10)."
    )
    return 0
