"""What the record counts: one row for each case, brought up to date with its every step."""

import pytest
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.incident import Incident
from domain.opening import Opening
from domain.taxonomy import Classification, Stage
from register import versions
from register.incident_schema import IncidentRow
from register.reservations import Reservations
from register.store import Store
from tests.domain.samples import BREACH, LIFE, OPENING, RECEIVED
from tests.register.recording import moments, record_life


@pytest.fixture
async def opening(reservations: Reservations) -> Opening:
    """A case that has its reference."""
    draft = OPENING.model_copy(update={"reference": ""})
    return await reservations.reserve("slack:V1", draft, series="BR")


async def counted(engine: AsyncEngine) -> list[Incident]:
    async with engine.connect() as db:
        found = await db.execute(select(IncidentRow.__table__))
        return [Incident.model_validate(dict(row)) for row in found.mappings()]


async def test_a_reference_alone_is_no_incident_yet(opening: Opening, engine: AsyncEngine) -> None:
    assert await counted(engine) == []


async def test_an_incident_is_counted_as_its_case_stands(
    store: Store, opening: Opening, engine: AsyncEngine
) -> None:
    await record_life(store, opening, RECEIVED)
    [reported] = await counted(engine)
    assert (reported.classification, reported.stage) == (None, Stage.OST_REVIEW)

    case = await record_life(store, opening, *LIFE)

    [incident] = await counted(engine)
    assert incident == Incident.of(case)
    assert incident.classification is Classification.BREACH
    assert incident.closed_on


async def test_a_step_that_comes_late_does_not_put_the_count_back(
    store: Store, opening: Opening, engine: AsyncEngine
) -> None:
    (first, received), (second, reviewed) = moments(opening, RECEIVED, BREACH)

    await store.record(second, reviewed)
    await store.record(first, received)

    assert await counted(engine) == [Incident.of(second)]


async def test_cases_from_before_there_was_the_table_are_counted_by_the_upgrade(
    store: Store, opening: Opening, engine: AsyncEngine
) -> None:
    case = await record_life(store, opening, RECEIVED, BREACH)
    async with engine.begin() as db:
        await db.execute(delete(IncidentRow))

    await versions.upgrade(engine)

    assert await counted(engine) == [Incident.of(case)]
