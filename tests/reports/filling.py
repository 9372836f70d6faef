"""Made-up incidents and referral counts, put where the register keeps what it counts."""

import itertools
from datetime import date
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.incident import Incident
from domain.taxonomy import Classification
from register.incident_schema import IncidentRow
from register.incidents import incident_values
from register.referral_schema import ReferralCountRow

_number = itertools.count(1)
DAY = date(2022, 6, 1)


async def add_incidents(engine: AsyncEngine, count: int = 1, **fields: Any) -> None:
    """Adds breaches of 2022, unless the fields say otherwise."""
    usual = {"discovered_on": DAY, "classification": Classification.BREACH}
    rows = [
        incident_values(Incident(reference=f"BR-T-{next(_number)}", **(usual | fields)))
        for _ in range(count)
    ]
    async with engine.begin() as db:
        await db.execute(insert(IncidentRow), rows)


async def add_referrals(engine: AsyncEngine, count: int, on: date, **fields: Any) -> None:
    """Adds disciplinary referrals of that day."""
    usual = {"incident_on": on, "referred_on": on, "outcome": "pending", "drill": False}
    async with engine.begin() as db:
        await db.execute(insert(ReferralCountRow), [usual | fields for _ in range(count)])
