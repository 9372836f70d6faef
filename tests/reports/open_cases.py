"""Open cases in the register, as far as they are counted: stage, Area and next deadline."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.absence import london_day
from domain.incident import Incident
from domain.taxonomy import Classification, IncidentType, Stage
from register.incident_schema import IncidentRow
from register.incidents import incident_values
from register.schema import CaseRow


async def add_open_case(
    engine: AsyncEngine, reference: str, stage: Stage, due: datetime, **fields: Any
) -> None:
    """Adds a case that was discovered two days before its deadline."""
    discovered = due - timedelta(days=2)
    usual = {
        "discovered_on": london_day(discovered),
        "reported_on": london_day(discovered),
        "area": "hq",
        "incident_type": IncidentType.REDACTION,
        "classification": Classification.BREACH,
    }
    counted = Incident(reference=reference, stage=stage, **(usual | fields))
    case = {
        "reference": reference,
        "submission": reference,
        "opening": {},
        "reserved_at": discovered,
        "started_at": discovered,
        "drill": counted.drill,
        "area": counted.area,
        "incident_type": IncidentType.REDACTION,
        "discovered_at": discovered,
        "reported_at": discovered,
        "ost_due": due,
        "ico_due": due,
        "stage": stage.value,
        "next_due": due,
        "events": 1,
        "state": {},
    }
    async with engine.begin() as db:
        await db.execute(insert(CaseRow), [case])
        await db.execute(insert(IncidentRow), [incident_values(counted)])
