"""Starts cases: `listen` (Slack), `report FILE`, audits by `audit FILE`; `reconcile` mends."""

if __name__ == "__main__":
    from runtime.interrupt import end_quietly  # before the other imports: they take a second

    end_quietly()

import logging
from pathlib import Path
from typing import Annotated

import typer

from intake import auditing, listening, reconciling_command, reporting
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
def audit(
    file: Annotated[
        Path | None, typer.Argument(help="Audits as TOML; see examples/audits.toml.")
    ] = None,
    *,
    remove_example: Annotated[
        bool, typer.Option("--remove-example", help="Remove all example audits instead.")
    ] = False,
) -> None:
    """Records audits with their recommendations from a file; the same file twice is one."""
    if (file is None) is not remove_example:
        raise typer.BadParameter("give a file, or --remove-example, and not both")
    if file is None:
        run(auditing.remove_example, lowest=logging.ERROR)
    else:
        run(lambda: auditing.audit(file), lowest=logging.ERROR)


@app.command()
def reconcile() -> None:
    """Gives a register that was restored from an older backup what Temporal still remembers.

    Status 0: it has all of it. 1: Temporal or the register does not answer, or a history can't be
    replayed; run it again. Safe to run twice, and best before listener and worker start.
    """
    run(reconciling_command.reconcile, lowest=logging.WARNING)


if __name__ == "__main__":
    app()
