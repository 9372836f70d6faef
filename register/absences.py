"""Who is away, and when: the only thing the register keeps that is not about a case."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.absence import Absence, london_day
from register.database import insert_into, turns
from register.schema import AbsenceRow


class Absences:
    """The absences of people: at most one each, gone from the register once it is over."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)
        self._reader = engine.execution_options(readonly=True)

    async def of(self, user_id: str, now: datetime) -> Absence | None:
        """The person's absence, running or still to come; None when they have none at `now`."""
        found = await self._not_over((user_id,), now)
        return found[0] if found else None

    async def away(self, people: Collection[str], now: datetime) -> frozenset[str]:
        """Who of these people (Slack member IDs) is away at `now` (aware)."""
        found = await self._not_over(people, now)
        return frozenset(each.user_id for each in found if each.covers(now))

    async def running(self, now: datetime) -> tuple[Absence, ...]:
        """Everybody who is away at `now` (aware), whoever is back first coming first."""
        today = london_day(now)
        async with self._reader.connect() as db:
            rows = await db.execute(
                select(AbsenceRow.user_id, AbsenceRow.first_day, AbsenceRow.last_day)
                .where(AbsenceRow.first_day <= today, AbsenceRow.last_day >= today)
                .order_by(AbsenceRow.last_day, AbsenceRow.user_id)
            )
            return tuple(Absence.model_validate(row._asdict()) for row in rows)

    async def keep(self, absence: Absence, now: datetime) -> None:
        """Records an absence in place of the person's last one, and forgets those that are over.

        Nobody needs to know later when a person was away, so it is not kept.
        """
        values = absence.model_dump()
        statement = insert_into(AbsenceRow, self._engine).values(values)
        days = {"first_day": absence.first_day, "last_day": absence.last_day}
        async with self._turn, self._engine.begin() as db:
            await db.execute(delete(AbsenceRow).where(AbsenceRow.last_day < london_day(now)))
            await db.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=days))

    async def end(self, user_id: str) -> None:
        """Ends the person's absence, if there is one."""
        async with self._turn, self._engine.begin() as db:
            await db.execute(delete(AbsenceRow).where(AbsenceRow.user_id == user_id))

    async def _not_over(self, people: Collection[str], now: datetime) -> list[Absence]:
        async with self._reader.connect() as db:
            rows = await db.execute(
                select(AbsenceRow.user_id, AbsenceRow.first_day, AbsenceRow.last_day).where(
                    AbsenceRow.user_id.in_(people), AbsenceRow.last_day >= london_day(now)
                )
            )
            return [
                Absence(user_id=row.user_id, first_day=row.first_day, last_day=row.last_day)
                for row in rows
            ]
