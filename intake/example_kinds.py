"""The kinds of example data: the file of each, how it is loaded, and how it is removed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.absence import london_day
from domain.samples.check import Kept
from intake.auditfile import path_of, read
from intake.samplefile import SampleFile, read_sample_file
from register.audits.entering import AuditEntries, NotEnteredError, Submitted, Terms
from register.audits.schema import AuditRow
from register.exports import this_login
from register.incident_schema import IncidentRow
from register.past.examples import PastExamples
from register.past.reading import RefusedError, Wishes, check_columns, examined, opened
from register.past.recording import ChangedError, Importer, PastIncidents
from register.samples.keeping import SampleChecks
from register.samples.schema import SampleCheckRow
from register.training.command import example_entries
from register.training.records import TrainingRecords
from register.training.schema import LearnerRow
from runtime.settings import organisation

COMMAND = ".venv/bin/python starter.py example"
EARLIER = f"an earlier version of it was loaded: remove that first, with `{COMMAND} remove`"


@dataclass(frozen=True)
class Kind:
    """One kind of example data."""

    what: str
    file: str
    row: Any
    """The table that holds something when any of its kind is recorded, an example or not."""
    load: Callable[[AsyncEngine, Path], Awaitable[int]]
    """Records what is not recorded yet; how many that were.

    Raises:
        RefusedError: when it can't be recorded; then nothing of this kind is.
    """
    remove: Callable[[AsyncEngine], Awaitable[int]]
    """Removes what is marked, whatever file it came from; how many that were."""


async def _load_past(engine: AsyncEngine, file: Path) -> int:
    wishes = Wishes()
    sheet, columns = opened(file, wishes)
    if not sheet.example:
        raise RefusedError("does not say that it is an example: it must begin with `# EXAMPLE`")
    check_columns(columns, wishes)
    incidents = await examined(sheet, columns, wishes)
    importer = Importer(this_login(), example=True)
    try:
        return len(await PastIncidents(engine).record(incidents, importer, lambda _: None))
    except ChangedError:
        raise RefusedError(EARLIER) from None


async def _remove_past(engine: AsyncEngine) -> int:
    gone = await PastExamples(engine, this_login()).remove()
    if gone.held:
        typer.echo(f"On hold, and so still there: {', '.join(gone.held)}.", err=True)
    return gone.incidents


async def _load_audits(engine: AsyncEngine, file: Path) -> int:
    submitted = read(file, london_day(datetime.now(UTC)))
    problems = [each for each in submitted if not isinstance(each, Submitted)]
    if problems:
        raise RefusedError(*(f"{each.field}: {each.message}" for each in problems))
    given = [each for each in submitted if isinstance(each, Submitted)]
    if not all(each.entry.example for each in given):
        raise RefusedError("not every audit in it says that it is an example: `example = true`")
    audits = organisation().audits
    terms = Terms(by=this_login(), series=audits.reference_prefix, policy=audits.policy)
    try:
        entered = await AuditEntries(engine).enter(given, terms)
    except NotEnteredError as error:
        place = path_of(error.place + 1, error.problem.field)
        raise RefusedError(f"{place}: {error.problem.message}") from error
    return sum(each.is_new for each in entered)


async def _remove_audits(engine: AsyncEngine) -> int:
    return await AuditEntries(engine).remove_examples()


async def _load_training(engine: AsyncEngine, file: Path) -> int:
    # Nothing else is begun: remedial actions are completed by the training of real people alone.
    entries, today = example_entries(file), london_day(datetime.now(UTC))
    imported = await TrainingRecords(engine).record(entries, today, example=True)
    return imported.people if imported.completions or imported.expected else 0


async def _remove_training(engine: AsyncEngine) -> int:
    return await TrainingRecords(engine).remove_example()


async def _load_samples(engine: AsyncEngine, file: Path) -> int:
    now = datetime.now(UTC)
    found = read_sample_file(file, organisation(), london_day(now))
    if not isinstance(found, SampleFile):
        raise RefusedError(*(f"{each.field}: {each.message}" for each in found))
    if not found.example:
        raise RefusedError("does not say that it is an example: `example = true`")
    checks = SampleChecks(engine)
    kept = await checks.record(found.check, by=this_login(), at=now, example=True)
    if kept is Kept.DIFFERS:
        raise RefusedError(EARLIER)
    return int(kept is Kept.RECORDED)


async def _remove_samples(engine: AsyncEngine) -> int:
    return await SampleChecks(engine).remove_examples()


KINDS = (
    Kind("past incidents", "foi-response.csv", IncidentRow, _load_past, _remove_past),
    Kind("audits", "audits.toml", AuditRow, _load_audits, _remove_audits),
    Kind(
        "people in the training record",
        "training.csv",
        LearnerRow,
        _load_training,
        _remove_training,
    ),
    Kind("sample checks", "sample.toml", SampleCheckRow, _load_samples, _remove_samples),
)
"""In the order in which they are loaded."""
