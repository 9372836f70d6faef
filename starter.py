"""Starts cases: `listen` from Slack, `report FILE` from a report that came by phone or e-mail."""

if __name__ == "__main__":
    from runtime.interrupt import end_quietly  # before the other imports: they take a second

    end_quietly()

import logging
from pathlib import Path
from typing import Annotated

import typer

from intake import listening, reporting
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


if __name__ == "__main__":
    app()
