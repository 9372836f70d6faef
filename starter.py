"""Starts cases: `listen` (Slack), `report FILE` (phone, e-mail); `reconcile` after a restore."""

if __name__ == "__main__":
    from runtime.interrupt import end_quietly  # before the other imports: they take a second

    end_quietly()

import logging
from pathlib import Path
from typing import Annotated

import typer

from intake import listening, reconciling_command, reporting
from runtime.program import run

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def starter() -> None:
    """Starts cases of personal-data breaches."""


@app.command()
def listen() -> None:
    """Listens to Slack: reports, reviews, decisions. Settings come from the environment."""
    run(listening.listen)


@app.command()
def report(
    file: Annotated[Path, typer.Argument(help="A report as TOML; see examples/report.toml.")],
) -> None:
    """Opens a case from a file. The same file opens the same case, however often it is given."""
    run(lambda: reporting.report(file), lowest=logging.ERROR)


@app.command()
def reconcile() -> None:
    """Gives a register that was restored from an older backup what Temporal still remembers.

    Status 0: it has all of it. 1: Temporal or the register does not answer, or a history can't be
    replayed; run it again. Safe to run twice, and best before listener and worker start.
    """
    run(reconciling_command.reconcile, lowest=logging.WARNING)


if __name__ == "__main__":
    app()
