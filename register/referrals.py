"""Recording what HR makes of referrals, in the restricted store. A write may be repeated."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.absence import london_day
from domain.discipline.outward import ReferralSummary
from domain.discipline.proceeding import Proceeding, ProceedingEvent
from register.chain import Chain
from register.database import insert_into, turns
from register.referral_schema import ReferralCountRow, ReferralEventRow, ReferralRow


class Referrals:
    """The restricted store of one register."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)
        self._chain = Chain(ReferralEventRow, ProceedingEvent)
        self._reader = engine.execution_options(readonly=True)

    async def record(self, proceeding: Proceeding, event: ProceedingEvent) -> None:
        """Writes an event, the referral after it, and what counts are made of; a repeat is nothing.

        Raises:
            RegisterConflictError: when the place is taken by a different event.
        """
        async with self._turn, self._engine.begin() as db:
            await _insert(
                db, ReferralRow, {"reference": proceeding.reference, **_values(proceeding)}
            )
            if await self._chain.add(db, proceeding.reference, event):
                await _keep_latest(db, proceeding)

    async def proceeding(self, reference: str) -> Proceeding | None:
        """The referral as it stands after its last recorded event; None for none."""
        async with self._reader.connect() as db:
            state = await db.scalar(
                select(ReferralRow.state).where(ReferralRow.reference == reference)
            )
        return Proceeding.model_validate(state) if state else None

    async def events(self, reference: str) -> list[ProceedingEvent]:
        """Every event of a referral, in order."""
        async with self._reader.connect() as db:
            return await self._chain.events(db, reference)

    async def open_ones(self) -> tuple[Proceeding, ...]:
        """Every referral that HR has not closed, by its next review."""
        async with self._reader.connect() as db:
            states = await db.scalars(
                select(ReferralRow.state)
                .where(ReferralRow.closed_at.is_(None))
                .order_by(ReferralRow.review_due, ReferralRow.reference)
            )
            return tuple(Proceeding.model_validate(state) for state in states)

    async def summary(self, reference: str) -> ReferralSummary | None:
        """All that the side of the case may know of a referral; None for none."""
        columns = ("referred_on", "outcome", "closed_on")
        async with self._reader.connect() as db:
            found = await db.execute(
                select(*(getattr(ReferralCountRow, name) for name in columns)).where(
                    ReferralCountRow.reference == reference
                )
            )
            row = found.mappings().one_or_none()
        return ReferralSummary(reference=reference, **row) if row else None


def _values(proceeding: Proceeding) -> dict[str, Any]:
    return {
        "review_due": proceeding.review_due,
        "closed_at": proceeding.closed_at,
        "events": proceeding.events,
        "state": proceeding.model_dump(mode="json"),
    }


def counted(proceeding: Proceeding) -> dict[str, Any]:
    """The columns of what is counted of a referral."""
    return {
        "incident_on": proceeding.referral.incident_on,
        "referred_on": london_day(proceeding.referral.referred_at),
        "outcome": proceeding.outcome.value,
        "outcome_on": proceeding.outcome_on,
        "closed_on": london_day(proceeding.closed_at) if proceeding.closed_at else None,
        "drill": proceeding.referral.drill,
    }


async def _keep_latest(db: AsyncConnection, proceeding: Proceeding) -> None:
    """Keeps the state and the counts up; steps may get here out of order, and the latest stays."""
    newest = await db.scalar(
        update(ReferralRow)
        .where(
            ReferralRow.reference == proceeding.reference, ReferralRow.events <= proceeding.events
        )
        .values(_values(proceeding))
        .returning(ReferralRow.reference)
    )
    if newest:
        values = counted(proceeding)
        await _insert(db, ReferralCountRow, {"reference": proceeding.reference, **values})
        await db.execute(
            update(ReferralCountRow)
            .where(ReferralCountRow.reference == proceeding.reference)
            .values(values)
        )


async def _insert(
    db: AsyncConnection,
    table: type[ReferralRow | ReferralCountRow],
    values: dict[str, Any],
) -> bool:
    """Adds a row unless its key is taken; whether it was added."""
    statement = insert_into(table, db).values(values).on_conflict_do_nothing()
    return await db.scalar(statement.returning(table.reference)) is not None
