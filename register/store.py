"""Recording the steps of cases and reading them back. A write may be repeated; keys decide."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.case import Case
from domain.incident import Incident
from domain.steps import CaseEvent
from register.database import turns
from register.incidents import count
from register.rows import case_values
from register.schema import CaseRow, EventRow


class RegisterConflictError(Exception):
    """Two different events claim the same place in a case, or it was never given a reference."""


class Store:
    """The register in one database."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)
        self._reader = engine.execution_options(readonly=True)

    async def record(self, case: Case, event: CaseEvent) -> None:
        """Writes an event and the case after it in one transaction; a repeat changes nothing.

        Raises:
            RegisterConflictError: when the place is taken by a different event, or no case has the
                reference.
        """
        async with self._turn, self._engine.begin() as db:
            added = await _add_once(
                db,
                {
                    "reference": case.reference,
                    "number": event.number,
                    "kind": event.step.kind,
                    "at": event.at,
                    "actor": event.actor,
                    "details": event.step.model_dump(mode="json"),
                    "recorded_at": datetime.now(UTC),
                },
            )
            if not added:
                await _check_same(db, case.reference, event)
                return
            # Steps may reach the register out of order; the latest state stays.
            newest = await db.scalar(
                update(CaseRow)
                .where(CaseRow.reference == case.reference, CaseRow.events < case.events)
                .values(case_values(case))
                .returning(CaseRow.reference)
            )
            if newest:
                await count(db, Incident.of(case))
            elif not await db.scalar(select(_is_a_case(case.reference))):
                raise RegisterConflictError(f"{case.reference} was never given out")

    async def case(self, reference: str) -> Case | None:
        """The case as it stands after its last recorded event; None for one not started."""
        async with self._reader.connect() as db:
            state = await db.scalar(
                select(CaseRow.state).where(CaseRow.reference == reference, CaseRow.events > 0)
            )
        return Case.model_validate(state) if state else None

    async def events(self, reference: str) -> list[CaseEvent]:
        """Every event of a case, in order."""
        async with self._reader.connect() as db:
            rows = await db.execute(
                select(EventRow.number, EventRow.at, EventRow.details)
                .where(EventRow.reference == reference)
                .order_by(EventRow.number)
            )
            return [
                CaseEvent.model_validate({"number": row.number, "at": row.at, "step": row.details})
                for row in rows
            ]


def _is_a_case(reference: str) -> ColumnElement[bool]:
    return exists().where(CaseRow.reference == reference)


async def _add_once(db: AsyncConnection, values: dict[str, Any]) -> bool:
    """Adds an event unless its place is taken; whether it was added."""
    dialect = postgresql if db.dialect.name == "postgresql" else sqlite
    statement = (
        dialect.insert(EventRow).values(values).on_conflict_do_nothing().returning(EventRow.id)
    )
    # Not `rowcount`: psycopg does not know it here.
    return await db.scalar(statement) is not None


async def _check_same(db: AsyncConnection, reference: str, event: CaseEvent) -> None:
    """Compares what the events mean: an older version wrote fewer fields than this one."""
    details = await db.scalar(
        select(EventRow.details).where(
            EventRow.reference == reference, EventRow.number == event.number
        )
    )
    there = CaseEvent.model_validate({"number": event.number, "at": event.at, "step": details})
    if there != event:
        raise RegisterConflictError(f"{reference} already has another event {event.number}")
