"""`starter.py report FILE`: a case from a report that came by phone or e-mail."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy.exc import SQLAlchemyError
from temporalio.service import RPCError, RPCStatusCode

from domain.case import Case
from domain.clocks import london
from domain.organisation import Organisation
from domain.taxonomy import Source
from encryption.keyring import Keyring
from intake.opening import CaseOpener
from intake.reportfile import Submission, read
from intake.whose import ReferenceTakenError
from register import versions
from register.reservations import Reservations
from register.store import Store
from runtime.settings import database_url, organisation, payload_keys
from runtime.temporal import address, connected
from workflows.visibility import KEYS

ANSWER_WITHIN_S = 15
EXIT_NOT_CONFIRMED = 1
EXIT_BAD_INPUT = 2
AGAIN = "Give the same file again; it will not be recorded twice."
AWAY = (RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED)


async def report(file: Path) -> int:
    """Opens the case that the file describes and prints its reference and deadlines.

    The exit status is 2, and nothing is started, when anything in the file is wrong; each problem
    is printed with its field. It is 1 when Temporal or the register does not do its part.
    """
    units, keyring = organisation(), payload_keys()
    submission = read(file, units, datetime.now(UTC))
    if not isinstance(submission, Submission):
        for problem in submission:
            typer.echo(f"{file}: {problem.field}: {problem.message}", err=True)
        return EXIT_BAD_INPUT
    try:
        said = await asyncio.wait_for(_recorded(submission, units, keyring), ANSWER_WITHIN_S)
    except asyncio.CancelledError:
        typer.echo(
            "Not confirmed. Give the same file again; it will not be recorded twice.", err=True
        )
        raise
    except (TimeoutError, RPCError, SQLAlchemyError, ReferenceTakenError) as error:
        typer.echo(f"Not confirmed: {reason(error)} {AGAIN}", err=True)
        return EXIT_NOT_CONFIRMED
    typer.echo(said)
    return 0


async def _recorded(submission: Submission, units: Organisation, keyring: Keyring) -> str:
    """What is to be said once the case durably exists, be it new or not."""
    async with versions.opened(database_url()) as engine:
        reservations = Reservations(engine)
        if known := await reservations.started(submission.id):
            case = await Store(engine).case(known.reference) or Case(opening=known)
            said = f"was already recorded from this file, on {london(known.reported_at)}"
            return f"{known.reference} {said}.\n{_deadlines(case)}"
        opener = CaseOpener(await connected(keyring, KEYS), reservations, units)
        opening = await opener.open(
            submission.id, submission.report, source=Source.FILE, reporter=submission.reporter
        )
        return f"{opening.reference} is recorded.\n{_deadlines(Case(opening=opening))}"


def _deadlines(case: Case) -> str:
    return f"OST review due   {london(case.ost_due)}\nICO due          {london(case.ico_due)}"


def reason(error: Exception) -> str:
    """Why nothing is confirmed, and what to do about it."""
    if isinstance(error, ReferenceTakenError):
        return (
            f"something that is not ours runs in Temporal under {error}. Terminate it, and find "
            "out who could start it."
        )
    if isinstance(error, SQLAlchemyError):
        return "the register is busy or can't be written to; see DATABASE_URL."
    if isinstance(error, RPCError) and error.status not in AWAY:
        return (
            f"Temporal at {address()} refuses ({error.status.name}). Check TEMPORAL_NAMESPACE and "
            "what this account may do."
        )
    return (
        f"Temporal did not answer at {address()} within {ANSWER_WITHIN_S} seconds. Start it "
        "(`make run`), or name another one in TEMPORAL_ADDRESS."
    )
