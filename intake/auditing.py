"""`starter.py audit FILE`: audits with their recommendations, from a file."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy.exc import SQLAlchemyError
from temporalio.service import RPCError

from domain.absence import london_day
from domain.audits.recommendation import Recommendation
from encryption.keyring import Keyring
from intake.auditfile import path_of, read
from intake.recommendations import RecommendationStarter
from intake.reporting import AGAIN, ANSWER_WITHIN_S, EXIT_BAD_INPUT, EXIT_NOT_CONFIRMED, reason
from intake.whose import ReferenceTakenError
from register import versions
from register.audits.entering import AuditEntries, Entered, NotEnteredError, Submitted, Terms
from register.audits.recording import Recommendations
from register.exports import this_login
from runtime.settings import database_url, organisation, payload_keys
from runtime.temporal import connected
from workflows.visibility import KEYS


async def audit(file: Path) -> int:
    """Enters the audits of the file, begins their clocks, and prints their references.

    The exit status is 2, and nothing is entered, when anything in the file is wrong; each problem
    is printed with its place. It is 1 when Temporal or the register does not do its part.
    """
    units, keyring = organisation(), payload_keys()
    submitted = read(file, london_day(datetime.now(UTC)))
    problems = [each for each in submitted if not isinstance(each, Submitted)]
    if problems:
        for problem in problems:
            typer.echo(f"{file}: {problem.field}: {problem.message}", err=True)
        return EXIT_BAD_INPUT
    audits = units.audits
    terms = Terms(by=this_login(), series=audits.reference_prefix, policy=audits.policy)
    given = [each for each in submitted if isinstance(each, Submitted)]
    try:
        entered = await asyncio.wait_for(_entered(given, terms, keyring), ANSWER_WITHIN_S)
    except NotEnteredError as error:
        for place, problem in error.all:
            typer.echo(f"{file}: {path_of(place + 1, problem.field)}: {problem.message}", err=True)
        return EXIT_BAD_INPUT
    except asyncio.CancelledError:
        typer.echo(f"Not confirmed. {AGAIN}", err=True)
        raise
    except (TimeoutError, RPCError, SQLAlchemyError, ReferenceTakenError) as error:
        typer.echo(f"Not confirmed: {reason(error)} {AGAIN}", err=True)
        return EXIT_NOT_CONFIRMED
    for one, each in zip(entered, given, strict=True):
        typer.echo(_said(one, len(each.entry.recommendations)))
    return 0


async def remove_example() -> int:
    """Removes the example audits with all that happened to them, and says how many they were.

    In PostgreSQL with roles of their own, this takes the DATABASE_URL of the register's owner.
    """
    async with versions.opened(database_url()) as engine:
        removed = await AuditEntries(engine).remove_examples()
    typer.echo(f"Removed the example data of {removed} audits.")
    return 0


async def _entered(given: list[Submitted], terms: Terms, keyring: Keyring) -> tuple[Entered, ...]:
    """The audits in the register, each of their open recommendations with its workflow."""
    async with versions.opened(database_url()) as engine:
        entered = await AuditEntries(engine).enter(given, terms)
        waiting = await _waiting(entered, Recommendations(engine))
        if waiting:
            await RecommendationStarter(await connected(keyring, KEYS)).start(*waiting)
    return entered


async def _waiting(
    entered: tuple[Entered, ...], recommendations: Recommendations
) -> list[Recommendation]:
    """What was to be begun: of audits that were there already, what is still open."""
    waiting: list[Recommendation] = []
    for each in entered:
        waiting += each.open
        if not each.is_new and not each.audit.example:
            known = await recommendations.of(each.audit.reference)
            waiting += [one for one in known if not one.is_over]
    return waiting


def _said(entered: Entered, made: int) -> str:
    audit = entered.audit
    mark = " EXAMPLE, without a clock." if audit.example else ""
    noun = "recommendation" if made == 1 else "recommendations"
    how = f"is recorded, with {made} {noun}." if entered.is_new else "was already recorded."
    return f"{audit.reference} {how}{mark}"
