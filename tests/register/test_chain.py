# ruff: noqa: S608  the statements are our own
"""The chain while it is written: one line whoever writes, and nothing but added to."""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any

import pytest
import rfc8785
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from register.anchor import Marks
from register.hashing import genesis, instant
from register.referral_schema import ReferralEventRow
from register.referrals import Referrals
from register.reservations import Reservations
from register.schema import EventRow
from register.store import Store
from register.verification import verify
from tests.domain.referrals import REFERRAL, lived
from tests.domain.samples import LIFE, OPENING
from tests.register.recording import moments
from tests.register.tampering import CHAINS, EVENTS, some_events
from tests.register.test_referrals import WHOLE
from tests.register.test_two_programs import program

NO_MARKS: Marks = ()


async def intact(engine: AsyncEngine) -> dict[str, int]:
    """How many events each chain has, all of them verified."""
    found = await verify(engine, NO_MARKS, lambda _: None)
    assert [each.fault for each in found] == [None, None]
    return {each.chain: each.events for each in found}


async def rows(engine: AsyncEngine, chain: str) -> Sequence[Any]:
    table: Any = EventRow if chain == "events" else ReferralEventRow
    async with engine.connect() as db:
        return (await db.execute(select(table.__table__).order_by(table.position))).all()


@pytest.mark.parametrize("chain", CHAINS)
async def test_anybody_can_compute_the_chain_from_the_rows(engine: AsyncEngine, chain: str) -> None:
    """By RFC 8785 and SHA-256 alone, as docs/adr/0019 says."""
    await some_events(engine)

    previous = genesis(chain)
    for row in await rows(engine, chain):
        content = rfc8785.dumps({"actor": row.actor, "details": row.details})
        assert row.digest == hashlib.sha256(row.salt.encode() + content).hexdigest()
        link = {
            "at": instant(row.at),
            "digest": row.digest,
            "kind": row.kind,
            "number": row.number,
            "position": row.position,
            "previous": previous,
            "recorded_at": instant(row.recorded_at),
            "reference": row.reference,
        }
        previous = hashlib.sha256(rfc8785.dumps(link)).hexdigest()
        assert row.hash == previous


async def test_two_events_of_the_same_content_don_t_have_the_same_digest(
    engine: AsyncEngine,
) -> None:
    await some_events(engine)

    claims = [row for row in await rows(engine, "events") if row.kind == "claim"]

    assert len({str(row.details) for row in claims}) == 1
    assert len({row.digest for row in claims}) == len(claims) > 1


async def test_writers_of_four_programs_make_one_line(engines: list[AsyncEngine]) -> None:
    reservations = Reservations(engines[0])
    draft = OPENING.model_copy(update={"reference": ""})
    lives = [
        moments(await reservations.reserve(f"V{turn}", draft, series="BR"), *LIFE)
        for turn in range(8)
    ]
    stores = [Store(engine) for engine in engines]
    referrals = [Referrals(engine) for engine in engines]

    await asyncio.gather(
        *(stores[turn % 4].record(*moment) for turn, life in enumerate(lives) for moment in life),
        # Some of them twice, as a retry would.
        *(stores[(turn + 1) % 4].record(*lives[turn][0]) for turn in range(8)),
        *(referrals[turn % 4].record(*moment) for turn, moment in enumerate(lived(*WHOLE))),
    )

    assert await intact(engines[0]) == {
        "events": 8 * len(LIFE),
        "referral_events": len(await referrals[0].events(REFERRAL.reference)),
    }


async def test_programs_of_their_own_make_one_line(engine: AsyncEngine, empty_url: str) -> None:
    ended = await asyncio.gather(
        *(program("tests/register/writer.py", empty_url, name, "10") for name in ("one", "two"))
    )

    assert [said for status, said in ended if status or said] == []
    assert (await intact(engine))["events"] == 2 * 2 * 10


@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM {}",
        "UPDATE {} SET kind = 'withdrawal' WHERE position = 2",
        "UPDATE {} SET details = '{{}}' WHERE position = 2",
        "UPDATE {} SET details = NULL WHERE position = 2",
        "UPDATE {} SET actor = NULL, details = NULL, salt = NULL, number = 9 WHERE position = 2",
        "UPDATE {} SET actor = NULL, details = NULL, salt = NULL, hash = 'aa' WHERE position = 2",
        "UPDATE {} SET position = 99, actor = NULL, details = NULL, salt = NULL WHERE position = 2",
    ],
)
async def test_a_slip_in_the_database_is_refused(
    engine: AsyncEngine, chain: str, statement: str
) -> None:
    await some_events(engine)

    with pytest.raises(DBAPIError, match="event of the register"):
        async with engine.begin() as db:
            await db.exec_driver_sql(statement.format(chain))

    assert await intact(engine) == EVENTS


@pytest.mark.parametrize("chain", CHAINS)
async def test_content_is_removed_once_and_put_back_never(engine: AsyncEngine, chain: str) -> None:
    await some_events(engine)
    removed = f"UPDATE {chain} SET actor = NULL, details = NULL, salt = NULL"
    for _ in range(2):
        async with engine.begin() as db:
            await db.exec_driver_sql(removed)

    with pytest.raises(DBAPIError, match="event of the register"):
        async with engine.begin() as db:
            await db.exec_driver_sql(f"UPDATE {chain} SET actor = 'U0MALLORY'")

    found = {each.chain: each.fault for each in await verify(engine, NO_MARKS, lambda _: None)}
    fault = found.pop(chain)
    assert fault
    assert (fault.position, fault.what.split(":")[0]) == (1, "erased"), "not by retention"
    assert [*found.values()] == [None]


async def test_a_table_of_events_is_not_emptied_either(engine: AsyncEngine) -> None:
    await some_events(engine)
    emptied = "DELETE FROM events" if engine.dialect.name == "sqlite" else "TRUNCATE events"

    with pytest.raises(DBAPIError, match="never deleted"):
        async with engine.begin() as db:
            await db.exec_driver_sql(emptied)


async def test_a_step_whose_content_was_removed_may_be_recorded_again(engine: AsyncEngine) -> None:
    """A worker may retry after years, and there is nothing left to compare it with."""
    for moment in lived(*WHOLE):
        await Referrals(engine).record(*moment)
    async with engine.begin() as db:
        await db.exec_driver_sql(
            "UPDATE referral_events SET actor = NULL, details = NULL, salt = NULL"
        )

    for moment in lived(*WHOLE):
        await Referrals(engine).record(*moment)

    kept = await rows(engine, "referral_events")
    assert [each.details for each in kept] == [None] * len(lived(*WHOLE))
