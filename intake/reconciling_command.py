"""`starter.py reconcile`: after an older register was put back beside a newer Temporal."""

import asyncio

import typer
from sqlalchemy.exc import SQLAlchemyError
from temporalio.service import RPCError

from intake.reconciling import Reconciled, Reconciler
from register import versions
from register.anchoring import anchor_now
from register.reservations import Reservations
from register.store import Store
from runtime.settings import database_url, organisation, payload_keys
from runtime.temporal import address, connect

CONNECT_WITHIN_S = 15
EXIT_NOT_DONE = 1


async def reconcile() -> int:
    """Gives the register what Temporal's histories have and it has not, and says what that was.

    The exit status is 1 when Temporal or the register does not answer, or when the history of a
    case can't be read; the others are given back all the same.
    """
    url, units, keyring = database_url(), organisation(), payload_keys()
    try:
        client = await asyncio.wait_for(connect(keyring), CONNECT_WITHIN_S)
        async with versions.opened(url) as engine:
            reconciler = Reconciler(
                client, Store(engine), Reservations(engine), units.reference_prefix
            )
            done = await reconciler.reconcile()
            await anchor_now(engine, url)
    except (TimeoutError, RPCError):
        typer.echo(f"Temporal does not answer at {address()}; nothing more was done.", err=True)
        return EXIT_NOT_DONE
    except SQLAlchemyError:
        typer.echo("The register can't be written to; run it again.", err=True)
        return EXIT_NOT_DONE
    return _say(done)


def _say(done: Reconciled) -> int:
    if done.events:
        typer.echo(f"{done.events:,} events given back, of {', '.join(done.cases)}.")
    elif not done.unreadable:
        typer.echo("The register has all that Temporal remembers.")
    if done.unrecorded:
        names = ", ".join(done.unrecorded)
        typer.echo(
            f"Reported, and nothing recorded yet: {names}. Once it runs, the listener starts each "
            "again within a minute that has no workflow."
        )
    if done.unreadable:
        names = ", ".join(done.unreadable)
        typer.echo(f"Not given back, since the history can't be replayed: {names}.", err=True)
        return EXIT_NOT_DONE
    return 0
