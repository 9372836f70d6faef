"""`python -m watchdog` watches until it is told to stop; `--once` prints what it finds."""

if __name__ == "__main__":
    from runtime.interrupt import end_quietly  # before the other imports: they take a second

    end_quietly()

import logging
from typing import Annotated

import typer

from runtime.program import run
from watchdog import watching

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def watchdog(
    *,
    once: Annotated[
        bool, typer.Option("--once", help="Look once, print what is found, tell nobody.")
    ] = False,
) -> None:
    """Looks for what Temporal can't tell, and tells people by whatever route works.

    Settings come from the environment. With --once: status 1 if there is something, 0 if not.
    """
    run(watching.once, lowest=logging.CRITICAL) if once else run(watching.watch)


if __name__ == "__main__":
    app()
