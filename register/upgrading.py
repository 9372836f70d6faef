"""`python -m register upgrade` and `check`: what they do, and what they say."""

import typer

from register import versions
from register.anchor import SETTING, anchor_if_any
from register.anchoring import anchor_now
from register.database import using
from register.grants import application_role
from runtime.settings import database_url


async def run_upgrade() -> int:
    """Brings the tables up to date, and anchors them where this program knows of an anchor."""
    url = database_url()
    async with using(url) as engine:
        await versions.upgrade(engine, role=application_role())
        await anchor_now(engine, url)
    typer.echo("The register is up to date.")
    if anchor_if_any(url) is None:
        typer.echo(
            f"{SETTING} is not set here, so nothing was anchored: the worker needs it, and "
            "so does verify.",
            err=True,
        )
    return 0


async def run_check() -> int:
    """Says whether this program and the tables fit."""
    async with versions.opened(database_url()):
        pass
    typer.echo("The register fits this program.")
    return 0
