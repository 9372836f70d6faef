"""The register from the command line: `python -m register upgrade`."""

if __name__ == "__main__":
    from runtime.interrupt import end_quietly  # before the other imports: they take a second

    end_quietly()

from collections.abc import Awaitable, Callable

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from register import versions
from register.database import open_engine
from runtime.program import run
from runtime.settings import database_url

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def register() -> None:
    """The record that OST keeps, in the database that DATABASE_URL names."""


@app.command()
def upgrade() -> None:
    """Brings the tables up to date; may be run again."""
    run(lambda: _with_engine(versions.upgrade, "The register is up to date."))


@app.command()
def check() -> None:
    """Says whether this program and the tables fit."""
    fits = "The register fits this program."
    run(lambda: _with_engine(versions.check, fits, must_exist=True))


async def _with_engine(
    task: Callable[[AsyncEngine], Awaitable[None]], done: str, *, must_exist: bool = False
) -> int:
    engine = open_engine(database_url(), must_exist=must_exist)
    try:
        await task(engine)
    finally:
        await engine.dispose()
    typer.echo(done)
    return 0


if __name__ == "__main__":
    app()
