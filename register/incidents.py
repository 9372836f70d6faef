"""Keeping the table of incidents: one row a case, and one for each incident that was imported."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.case import Case
from domain.incident import Incident
from register.database import insert_into, turns
from register.incident_schema import IncidentRow
from register.schema import CaseRow

AT_ONCE = 500
"""Cases counted in one transaction after an upgrade, so that others may write between two."""


def incident_values(incident: Incident) -> dict[str, Any]:
    """The columns of an incident's row: dates as dates, everything else as it is stored."""
    days = {name for name in Incident.model_fields if name.endswith("_on")}
    return incident.model_dump(mode="json", exclude=days) | incident.model_dump(include=days)


async def count(db: AsyncConnection, incident: Incident) -> None:
    """Adds an incident to those that are counted, or brings it up to date."""
    values = incident_values(incident)
    statement = insert_into(IncidentRow, db).values(values)
    await db.execute(statement.on_conflict_do_update(index_elements=["reference"], set_=values))


async def count_cases(engine: AsyncEngine) -> None:
    """Counts every recorded case that is not counted yet: those from before there was the table."""
    turn, reader = turns(engine), engine.execution_options(readonly=True)
    not_counted = (
        select(CaseRow.state)
        .outerjoin(IncidentRow, IncidentRow.reference == CaseRow.reference)
        .where(CaseRow.events > 0, IncidentRow.reference.is_(None))
        .limit(AT_ONCE)
    )
    while True:
        async with reader.connect() as db:
            states = (await db.scalars(not_counted)).all()
        if not states:
            return
        async with turn, engine.begin() as db:
            for state in states:
                await count(db, Incident.of(Case.model_validate(state)))
