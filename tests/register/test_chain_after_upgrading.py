"""Events of the versions before are chained by the upgrade, all of them or none."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command, op
from alembic.config import Config
from sqlalchemy import Connection, insert
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.discipline.proceeding import ProceedingEvent
from domain.opening import Opening
from register import versions
from register.database import open_engine
from register.referrals import Referrals
from register.reservations import Reservations
from register.rows import case_values
from register.schema import CaseRow
from register.store import Store
from register.tables import Instant
from register.verification import verify
from tests.domain.referrals import REFERRAL, lived
from tests.domain.samples import BREACH, CLAIM, OPENING, RECEIVED, REPORTED
from tests.register.recording import moments
from tests.register.test_referrals import WHOLE

BEFORE = "0004"
OPENINGS = tuple(OPENING.model_copy(update={"reference": f"BR-2026-000{turn}"}) for turn in (1, 2))


def version(connection: Connection, wanted: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(versions.MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, wanted)


def old_table(name: str) -> Any:
    columns = ("reference", "number", "kind", "actor")
    return sa.table(
        name,
        *(sa.column(each) for each in columns),
        sa.column("at", Instant()),
        sa.column("recorded_at", Instant()),
        sa.column("details", sa.JSON()),
    )


def old_row(reference: str, event: Any, recorded_at: datetime) -> dict[str, Any]:
    return {
        "reference": reference,
        "number": event.number,
        "kind": event.step.kind,
        "actor": event.actor,
        "at": event.at,
        "recorded_at": recorded_at,
        "details": event.step.model_dump(mode="json"),
    }


def old_events(opening: Opening) -> list[Any]:
    return [event for _, event in moments(opening, RECEIVED, CLAIM, BREACH)]


@pytest.fixture
async def before(empty_url: str) -> AsyncEngine:
    """A register of the version before, with the events of two cases mixed, and of a referral."""
    engine = open_engine(empty_url)
    now = datetime.now(UTC)
    async with engine.begin() as db:
        await db.run_sync(version, BEFORE)
        for opening in OPENINGS:
            case = moments(opening, RECEIVED, CLAIM, BREACH)[-1][0]
            own = {"reference": case.reference, "submission": case.reference}
            await db.execute(
                insert(CaseRow).values(own | {"reserved_at": REPORTED} | case_values(case))
            )
        for turn in range(3):
            for opening in OPENINGS:
                event = old_events(opening)[turn]
                # Not in the order of their times: the order in which they came counts.
                row = old_row(opening.reference, event, now - timedelta(seconds=turn))
                await db.execute(insert(old_table("events")).values(row))
        state = lived(*WHOLE)[-1][0]
        await db.execute(
            insert(
                sa.table(
                    "referrals",
                    *map(sa.column, ("reference", "events")),
                    sa.column("review_due", Instant()),
                    sa.column("state", sa.JSON()),
                )
            ).values(
                reference=state.reference,
                events=state.events,
                review_due=now,
                state=state.model_dump(mode="json"),
            )
        )
        for _, moment in lived(*WHOLE):
            row = old_row(REFERRAL.reference, moment, now)
            await db.execute(insert(old_table("referral_events")).values(row))
    return engine


async def test_they_are_chained_in_the_order_they_were_recorded_and_mean_the_same(
    before: AsyncEngine,
) -> None:
    await versions.upgrade(before)

    assert [each.fault for each in await verify(before, (), lambda _: None)] == [None, None]
    async with before.connect() as db:
        order = await db.exec_driver_sql("SELECT reference, number FROM events ORDER BY position")
        assert [tuple(row) for row in order] == [
            (opening.reference, number) for number in (1, 2, 3) for opening in OPENINGS
        ]
        (details,) = (
            await db.exec_driver_sql("SELECT details FROM events WHERE position = 1")
        ).one()
    store = Store(before)
    for opening in OPENINGS:
        assert await store.events(opening.reference) == old_events(opening)
    assert (json.loads(details) if isinstance(details, str) else details)["kind"] == "report"
    kept: list[ProceedingEvent] = await Referrals(before).events(REFERRAL.reference)
    assert kept == [event for _, event in lived(*WHOLE)]
    await before.dispose()


async def test_the_chain_goes_on_where_the_old_events_end(before: AsyncEngine) -> None:
    await versions.upgrade(before)
    draft = OPENING.model_copy(update={"reference": ""})
    opening = await Reservations(before).reserve("slack:V9", draft, series="X")

    for moment in moments(opening, RECEIVED):
        await Store(before).record(*moment)

    found = {each.chain: each for each in await verify(before, (), lambda _: None)}
    assert (found["events"].events, found["events"].fault) == (7, None)
    await before.dispose()


@pytest.mark.parametrize("statement", ["drop_table", "execute"])
async def test_an_upgrade_that_is_cut_short_leaves_everything_as_it_was(
    before: AsyncEngine, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    """Once while events are moved, once when the first chain is done; then it is run again."""
    called: Callable[..., Any] = getattr(op, statement)
    calls = 0

    def fails_the_second_time(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt
        return called(*arguments, **named)

    with monkeypatch.context() as cut_short:
        cut_short.setattr(op, statement, fails_the_second_time)
        with pytest.raises(KeyboardInterrupt):
            await versions.upgrade(before)

    with pytest.raises(versions.WrongVersionError, match="older"):
        await versions.check(before)
    async with before.connect() as db:
        old = await db.exec_driver_sql("SELECT id, reference, number FROM events ORDER BY id")
        assert len(old.all()) == 6
        tables = await db.run_sync(lambda sync: set(sa.inspect(sync).get_table_names()))
        assert not tables & {"chain_heads", "events_before", "referral_events_before"}
    await versions.upgrade(before)
    assert [each.fault for each in await verify(before, (), lambda _: None)] == [None, None]
    await before.dispose()
