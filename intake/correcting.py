"""`starter.py audit FILE --replace AU-…` and `audit --withdraw AU-…`: slips put right."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import typer
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from chat.typed import reference as as_recorded
from domain.absence import london_day
from domain.audits.audit import Audit, AuditChange
from domain.audits.correction import Correction, closed_to_correction, from_entry
from domain.audits.entry import problems_in
from domain.clocks import london
from domain.guard import personal_data
from domain.report import Problem
from intake.auditfile import LIST, path_of, read
from intake.reporting import AGAIN, EXIT_BAD_INPUT, EXIT_NOT_CONFIRMED, reason
from register import versions
from register.audits.correcting import AuditCorrections, NotCorrectedError, Wanted
from register.audits.entering import Submitted
from register.audits.reading import AuditShelf
from register.audits.recording import Recommendations
from register.exports import this_login
from runtime.settings import database_url

BECAUSE = "--because"
FOLLOWS = "Its recommendations follow within a minute, while the listener runs."

Asked = Callable[[AsyncEngine, Audit], Awaitable[Wanted]]


async def replace(file: Path, typed: str, because: str) -> int:
    """Corrects an audit to what the file says of it, and prints what was corrected.

    Its recommendations follow by the listener's sweeper, within a minute. The exit status is 2, and
    nothing is corrected, when anything is wrong; it is 1 when the register does not do its part.
    """
    found = read(file, london_day(datetime.now(UTC)))
    problems = [each for each in found if isinstance(each, Problem)]
    if not problems and len(found) != 1:
        problems = [Problem(LIST, f"Give the one audit that is corrected; these are {len(found)}.")]
    problems += _reason_problems(because)
    if problems:
        return _refused(file, problems)
    (submitted,) = (each for each in found if isinstance(each, Submitted))

    async def wanted(engine: AsyncEngine, audit: Audit) -> Wanted:
        if closed := closed_to_correction(audit):
            raise NotCorrectedError(closed)
        reference = audit.reference
        entered = await Recommendations(engine).as_entered(reference)
        correction = from_entry(submitted.entry, because, entered)
        if isinstance(correction, Problem):
            problem = Problem(path_of(1, correction.field), correction.message)
            raise NotCorrectedError(problem)
        once = f"replace:{reference}:{submitted.id}"
        return Wanted(once, reference, correction, this_login(), file=submitted.id)

    return await _corrected(file, typed, wanted)


async def withdraw(typed: str, because: str) -> int:
    """Withdraws an audit that was recorded by mistake; exit statuses as of `replace`."""
    problems = [*_reason_problems(because)]
    if problems:
        return _refused(typed, problems)

    async def wanted(_: AsyncEngine, audit: Audit) -> Wanted:
        correction = Correction(reason=because, withdraws=True)
        return Wanted(f"withdraw:{audit.reference}", audit.reference, correction, this_login())

    return await _corrected(typed, typed, wanted)


def _reason_problems(because: str) -> Iterator[Problem]:
    for finding in personal_data(because):
        yield Problem(BECAUSE, f"This looks like {finding}. Say why without it.")
    try:
        Correction(reason=because)
    except ValidationError as error:
        yield from (Problem(BECAUSE, each.message) for each in problems_in(error))


def _refused(about: Path | str, problems: list[Problem]) -> int:
    for problem in problems:
        place = f"{problem.field}: " if problem.field else ""
        typer.echo(f"{about}: {place}{problem.message}", err=True)
    return EXIT_BAD_INPUT


async def _corrected(about: Path | str, typed: str, wanted: Asked) -> int:
    try:
        async with versions.opened(database_url()) as engine:
            said = await _correct(engine, as_recorded(typed) or typed, wanted)
    except NotCorrectedError as error:
        return _refused(about, [error.problem])
    except SQLAlchemyError as error:
        typer.echo(f"Not confirmed: {reason(error)} {AGAIN}", err=True)
        return EXIT_NOT_CONFIRMED
    typer.echo(f"{said} {FOLLOWS}")
    return 0


async def _correct(engine: AsyncEngine, reference: str, wanted: Asked) -> str:
    """What was done, in words.

    Raises:
        NotCorrectedError: when it can't be.
    """
    audit = await AuditShelf(engine).audit(reference)
    if audit is None:
        raise NotCorrectedError(Problem("reference", f"There is no audit {reference}."))
    asked = await wanted(engine, audit)
    if audit.withdrawn and asked.correction.withdraws:
        return f"{reference} was withdrawn already: it is in no figure."
    change = await AuditCorrections(engine).correct(asked)
    if change.number < audit.changes:
        raise NotCorrectedError(Problem("", _overtaken(change)))
    return _said(change, is_new=change.number > audit.changes)


def _overtaken(change: AuditChange) -> str:
    return (
        f"{change.audit.reference} was corrected by this already, on {london(change.at)}, and "
        "again since, so nothing was done. Give the file as it should read now."
    )


def _said(change: AuditChange, *, is_new: bool) -> str:
    name = change.audit.reference
    if change.audit.withdrawn:
        return f"{name} is withdrawn: it is in no figure any more."
    before, after = change.before.model_dump(), change.audit.model_dump()
    facts = [each for each in before if each != "changes" and before[each] != after[each]]
    parts = [f"recommendation {each.number}" for each in change.recommendations]
    how = "is corrected" if is_new else "was corrected so already"
    return f"{name} {how}: {', '.join([*facts, *parts])}."
