"""Removing imported examples, by the mark that the import put into the chain; nothing else goes.

Unlike what retention removes, their figures go too: they were no record of anything. The chain
still shows that something was imported, that it was an example, who removed it, and when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, and_, delete, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.past import EXAMPLE
from domain.retention import RemovalEvent, Removed, RetentionRule
from register.chain import Chain
from register.chain_schema import ChainedEvent
from register.database import turns
from register.incident_schema import IncidentRow
from register.referral_schema import ReferralCountRow, ReferralEventRow
from register.retention.holding import held
from register.schema import EventRow

INCIDENT, REFERRALS = "imported", "imported_referrals"
"""The kinds of the events of an import."""


@dataclass(frozen=True)
class Gone:
    """What was removed."""

    incidents: int
    referrals: int
    held: Sequence[str]
    """The references of examples that are on hold, and stay."""


class PastExamples:
    """The imported examples of one register."""

    def __init__(self, engine: AsyncEngine, by: str) -> None:
        """Uses the engine, in PostgreSQL of the role that owns the register.

        Args:
            engine: whoever made it closes it.
            by: who removes.
        """
        self._engine = engine
        self._turn = turns(engine)
        self._by = by

    async def remove(self) -> Gone:
        """Removes all of them in one transaction, but for what is on hold."""
        async with self._turn, self._engine.begin() as db:
            on_hold = await _references(db, EventRow, INCIDENT, held(EventRow.reference))
            incidents = await _references(db, EventRow, INCIDENT, ~held(EventRow.reference))
            for reference in incidents:
                await self._erase(db, Chain(EventRow, RemovalEvent), reference)
                await db.execute(delete(IncidentRow).where(IncidentRow.reference == reference))
            for reference in await _references(db, ReferralEventRow, REFERRALS):
                await self._erase(db, Chain(ReferralEventRow, RemovalEvent), reference)
            counts = await db.execute(delete(ReferralCountRow).where(_is_example_count()))
        return Gone(len(incidents), int(counts.rowcount), on_hold)

    async def _erase(self, db: AsyncConnection, chain: Chain[RemovalEvent], reference: str) -> None:
        step = Removed(rule=RetentionRule.IMPORTED, by=self._by, example=True)
        await chain.remove(db, reference, step, datetime.now(UTC), self._by)


async def is_example(db: AsyncConnection, reference: str) -> bool:
    """Whether this is an incident that an example brought, and that is still there."""
    return bool(await _references(db, EventRow, INCIDENT, EventRow.reference == reference))


async def _references(
    db: AsyncConnection, table: type[ChainedEvent], kind: str, *wanted: ColumnElement[bool]
) -> Sequence[str]:
    """In the order of their import."""
    columns: Any = table
    marked = type_coerce(columns.details, JSON)["example"].as_boolean().is_(True)
    found = await db.scalars(
        select(columns.reference)
        .where(columns.kind == kind, columns.details.is_not(None), marked, *wanted)
        .order_by(columns.position)
    )
    return found.all()


def _is_example_count() -> ColumnElement[bool]:
    """A name of an example, and none of a referral that has events of its own."""
    count = ReferralCountRow.reference
    of_a_referral = select(ReferralEventRow.position).where(ReferralEventRow.reference == count)
    return and_(count.startswith(EXAMPLE, autoescape=True), ~of_a_referral.exists())
