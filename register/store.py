"""Recording the steps of cases and reading them back. A write may be repeated; keys decide."""

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.case import Case
from domain.incident import Incident
from domain.steps import CaseEvent
from register.chain import Chain, RegisterConflictError
from register.database import turns
from register.deliveries import to_announce
from register.incidents import count
from register.rows import case_values
from register.schema import ACKNOWLEDGED, CaseRow, EventRow
from register.writing import write


class Store:
    """The register in one database."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)
        self._chain = Chain(EventRow, CaseEvent)
        self._reader = engine.execution_options(readonly=True)

    async def record(self, case: Case, event: CaseEvent) -> bool:
        """Writes an event and the case after it in one transaction; a repeat changes nothing.

        Returns:
            Whether it is new.

        Raises:
            RegisterConflictError: when the place is taken by a different event, or no case has the
                reference.
        """
        with write("event"):
            return await self._record(case, event)

    async def _record(self, case: Case, event: CaseEvent) -> bool:
        async with self._turn, self._engine.begin() as db:
            if not await self._chain.add(db, case.reference, event):
                return False
            await to_announce(db, case.reference, event)
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
        return True

    async def case(self, reference: str) -> Case | None:
        """The case as it stands after its last recorded event; None for one not started."""
        async with self._reader.connect() as db:
            state = await db.scalar(
                select(CaseRow.state).where(CaseRow.reference == reference, CaseRow.events > 0)
            )
        return Case.model_validate(state) if state else None

    async def acknowledged(self, reference: str) -> Case | None:
        """The same, and of a case whose report is acknowledged also before its first event."""
        async with self._reader.connect() as db:
            state = await db.scalar(
                select(CaseRow.state).where(CaseRow.reference == reference, ACKNOWLEDGED)
            )
        return Case.model_validate(state) if state else None

    async def event(self, reference: str, number: int) -> CaseEvent | None:
        """One event of a case; None where there is none, or its content was removed."""
        events = await self.events(reference)
        return next((event for event in events if event.number == number), None)

    async def events(self, reference: str) -> list[CaseEvent]:
        """Every event of a case, in order."""
        async with self._reader.connect() as db:
            return await self._chain.events(db, reference)


def _is_a_case(reference: str) -> ColumnElement[bool]:
    return exists().where(CaseRow.reference == reference)
