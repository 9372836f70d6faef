"""Recording past incidents: all of them, or none. A name that is known is not recorded again."""

import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.incident import Incident
from domain.past import (
    EXAMPLE,
    SERIES,
    Imported,
    ImportedReferrals,
    ImportEvent,
    PastReferral,
    ReferralImportEvent,
)
from register.chain import Chain
from register.chain_schema import LONGEST_ACTOR
from register.database import turns
from register.incident_schema import IncidentRow
from register.incidents import incident_values
from register.past.examining import PastIncident
from register.references import give_out, reference
from register.referral_schema import ReferralCountRow, ReferralEventRow
from register.schema import EventRow

AT_ONCE = 500

_CHAIN = Chain(EventRow, ImportEvent)
_COUNTS = Chain(ReferralEventRow, ReferralImportEvent)

Advance = Callable[[int], None]
"""Told how many more rows are done."""


@dataclass
class Comparison:
    """How rows stand to what is recorded."""

    new: list[PastIncident] = field(default_factory=list)
    known: int = 0
    known_referred: int = 0
    """Known rows with disciplinary columns: these were counted, or not, by the first import."""
    changed: list[tuple[PastIncident, list[str]]] = field(default_factory=list)
    """Known rows that say something else now, and in which fields."""


class ChangedError(Exception):
    """Something was recorded meanwhile that the rows contradict."""


@dataclass(frozen=True)
class Importer:
    """Who imports, and what."""

    actor: str
    example: bool = False

    def event(self, incident: Incident) -> ImportEvent:
        """The incident's only event."""
        step = Imported(incident=incident, example=self.example)
        return ImportEvent(at=datetime.now(UTC), actor=self.actor[:LONGEST_ACTOR], step=step)

    def counted(self, referrals: Sequence[PastReferral]) -> tuple[str, ReferralImportEvent]:
        """The event of some referrals, under a name of its own."""
        step = ImportedReferrals(referrals=tuple(referrals), example=self.example)
        actor = self.actor[:LONGEST_ACTOR]
        event = ReferralImportEvent(at=datetime.now(UTC), actor=actor, step=step)
        return f"IMPORT-{secrets.token_hex(8)}", event


class PastIncidents:
    """The incidents of one register that come from the record before it."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)
        self._reader = engine.execution_options(readonly=True)

    async def compare(self, incidents: Sequence[PastIncident], advance: Advance) -> Comparison:
        """Which of them are new, known, or known and changed."""
        async with self._reader.connect() as db:
            return await _compared(db, incidents, advance)

    async def record(
        self, incidents: Sequence[PastIncident], importer: Importer, advance: Advance
    ) -> list[str]:
        """Records those that are new, in one transaction; their references, in the file's order.

        Raises:
            ChangedError: when one was recorded meanwhile and is another; then nothing is recorded.
            IntegrityError: when another program is importing the same; then nothing is recorded.
        """
        references: list[str] = []
        async with self._turn, self._engine.begin() as db:
            found = await _compared(db, incidents, lambda _: None)
            if found.changed:
                raise ChangedError
            for some in _batches(found.new):
                references += await _record(db, some, importer)
                advance(len(some))
            await _count_referrals(db, found.new, importer)
        return references


async def _compared(
    db: AsyncConnection, incidents: Sequence[PastIncident], advance: Advance
) -> Comparison:
    found = Comparison()
    for some in _batches(incidents):
        there = await _recorded(db, [past.name for past in some])
        for past in some:
            recorded = there.get(past.name)
            if recorded is None:
                found.new.append(past)
            elif fields := _differences(past, recorded):
                found.changed.append((past, fields))
            else:
                found.known += 1
                found.known_referred += past.referral is not None
        advance(len(some))
    return found


async def _recorded(db: AsyncConnection, names: list[str]) -> dict[str, Incident]:
    rows = await db.execute(select(IncidentRow.__table__).where(IncidentRow.imported_as.in_(names)))
    return {row["imported_as"]: Incident.model_validate(dict(row)) for row in rows.mappings()}


def _differences(past: PastIncident, there: Incident) -> list[str]:
    here = past.incident(there.reference)
    return [name for name in Incident.model_fields if getattr(here, name) != getattr(there, name)]


async def _record(
    db: AsyncConnection, some: Sequence[PastIncident], importer: Importer
) -> list[str]:
    numbers = await _numbers(db, some)
    incidents = [
        past.incident(reference(SERIES, year, next(numbers[year])))
        for past in some
        for year in (past.given["discovered_on"].year,)
    ]
    await db.execute(insert(IncidentRow), [incident_values(each) for each in incidents])
    await _CHAIN.add_new(db, [(each.reference, importer.event(each)) for each in incidents])
    return [each.reference for each in incidents]


async def _numbers(
    db: AsyncConnection, some: Sequence[PastIncident]
) -> Mapping[int, Iterator[int]]:
    """New numbers for each year of discovery."""
    years = Counter(past.given["discovered_on"].year for past in some)
    # In one order, so that two programs never wait for each other.
    return {year: iter(await give_out(db, SERIES, year, years[year])) for year in sorted(years)}


async def _count_referrals(
    db: AsyncConnection, new: Sequence[PastIncident], importer: Importer
) -> None:
    """By their days, not in the order of the incidents, and without anything that leads to them."""
    referrals = sorted(
        (past.referral for past in new if past.referral),
        key=lambda each: (each.incident_on, each.referred_on, each.outcome),
    )
    for some in _batches(referrals):
        await db.execute(
            insert(ReferralCountRow), [_referral_values(each, importer) for each in some]
        )
        await _COUNTS.add_new(db, [importer.counted(some)])


def _referral_values(referral: PastReferral, importer: Importer) -> dict[str, Any]:
    return {
        # Those of an example can be told, and taken out again, by a reference that was made up.
        "reference": f"{EXAMPLE}{secrets.token_hex(8)}" if importer.example else None,
        "incident_on": referral.incident_on,
        "referred_on": referral.referred_on,
        "outcome": referral.outcome.value,
        "outcome_on": referral.outcome_on,
        "closed_on": None,
        "drill": False,
    }


def _batches(rows: Sequence[Any]) -> Iterator[list[Any]]:
    remaining = iter(rows)
    while some := list(islice(remaining, AT_ONCE)):
        yield some
