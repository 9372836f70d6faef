"""Recording what happens to a recommendation. A write may be repeated."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.audits.folding import after, comes_next, next_event
from domain.audits.recommendation import (
    Recommendation,
    RecommendationAuditChanged,
    RecommendationEvent,
)
from register.audits.schema import RecommendationEventRow, RecommendationRow
from register.chain import RegisterConflictError
from register.database import insert_into, turns
from register.writing import write


class Recommendations:
    """The recommendations of one register."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)
        self._reader = engine.execution_options(readonly=True)

    async def record(self, recommendation: Recommendation, event: RecommendationEvent) -> None:
        """Writes an event and the recommendation after it, in one transaction; a repeat is nothing.

        Raises:
            RegisterConflictError: when the place is taken by a different event.
        """
        with write("recommendation"):
            async with self._turn, self._engine.begin() as db:
                await add(db, recommendation, event)

    async def follow(self, name: str, step: RecommendationAuditChanged) -> bool:
        """Has one that is over, and so without a workflow, follow a change of its audit.

        Says whether it did: not when it is open again, or when an earlier change comes first.
        """
        with write("recommendation"):
            async with self._turn, self._engine.begin() as db:
                known = await latest(db, name, locked=True)
                if known is None or not known.is_over or not comes_next(known, step):
                    return False
                event = next_event(known, step, datetime.now(UTC))
                await add(db, after(known, event), event)
                return True

    async def get(self, name: str) -> Recommendation | None:
        """The recommendation as it stands after its last recorded event; None for none."""
        async with self._reader.connect() as db:
            return await latest(db, name)

    async def of(self, audit: str) -> list[Recommendation]:
        """All recommendations of an audit, in order."""
        async with self._reader.connect() as db:
            states = await db.scalars(
                select(RecommendationRow.state)
                .where(RecommendationRow.audit == audit)
                .order_by(RecommendationRow.number)
            )
            return [Recommendation.model_validate(state) for state in states]

    async def as_entered(self, audit: str) -> dict[int, Recommendation]:
        """The recommendations of an audit with the owner and target date that each had at first."""
        found = {}
        for each in await self.of(audit):
            moved = [event.before for event in await self.events(each.name) if event.before]
            plan = {"owner": moved[0].owner, "target_on": moved[0].target_on} if moved else {}
            found[each.number] = each.model_copy(update=plan)
        return found

    async def events(self, name: str) -> list[RecommendationEvent]:
        """Every event of a recommendation, in order."""
        async with self._reader.connect() as db:
            details = await db.scalars(
                select(RecommendationEventRow.details)
                .where(RecommendationEventRow.name == name)
                .order_by(RecommendationEventRow.number)
            )
            return [RecommendationEvent.model_validate(each) for each in details]


async def add(
    db: AsyncConnection, recommendation: Recommendation, event: RecommendationEvent
) -> None:
    """The same in the caller's transaction, for a recommendation that has its row.

    Raises:
        RegisterConflictError: when the place is taken by a different event.
    """
    row = {
        "name": recommendation.name,
        "number": event.number,
        "kind": event.word,
        "at": event.at,
        "actor": event.actor,
        "details": event.model_dump(mode="json"),
        "recorded_at": datetime.now(UTC),
    }
    adding = insert_into(RecommendationEventRow, db).values(row).on_conflict_do_nothing()
    if await db.scalar(adding.returning(RecommendationEventRow.number)) is None:
        await _check_same(db, recommendation, event)
        return
    # Steps may get here out of order, and the latest state stays.
    newest = (RecommendationRow.name == recommendation.name) & (
        RecommendationRow.events <= recommendation.events
    )
    await db.execute(update(RecommendationRow).where(newest).values(row_of(recommendation)))


async def latest(db: AsyncConnection, name: str, *, locked: bool = False) -> Recommendation | None:
    """The recommendation as recorded last; `locked`, nobody else changes it meanwhile."""
    asking = select(RecommendationRow.state).where(RecommendationRow.name == name)
    state = await db.scalar(asking.with_for_update() if locked else asking)
    return Recommendation.model_validate(state) if state else None


def row_of(recommendation: Recommendation) -> dict[str, Any]:
    """The columns that follow from a recommendation's state."""
    return {
        "name": recommendation.name,
        "audit": recommendation.audit.reference,
        "number": recommendation.number,
        "priority": recommendation.priority.value,
        "status": recommendation.status.value,
        "owner": recommendation.owner,
        "target_on": recommendation.target_on,
        "addressed_on": recommendation.addressed_on,
        "example": recommendation.audit.example,
        "audit_changes": recommendation.audit.changes,
        "events": recommendation.events,
        "state": recommendation.model_dump(mode="json"),
    }


async def _check_same(
    db: AsyncConnection, recommendation: Recommendation, event: RecommendationEvent
) -> None:
    """Makes sure that what is in this place already is this event."""
    details = await db.scalar(
        select(RecommendationEventRow.details).where(
            RecommendationEventRow.name == recommendation.name,
            RecommendationEventRow.number == event.number,
        )
    )
    known = RecommendationEvent.model_validate(details)
    # A program of before may have recorded it, without what it replaced.
    if known.model_copy(update={"before": event.before}) != event:
        raise RegisterConflictError(f"{recommendation.name} has another event {event.number}")
