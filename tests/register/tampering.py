# ruff: noqa: S608  the statements are our own
"""What somebody does to the register who may do everything in its database."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.opening import Opening
from register.hashing import Kept, event_hash
from register.reading import after, hash_of
from register.referrals import Referrals
from register.reservations import Reservations
from register.store import Store
from tests.domain.referrals import lived
from tests.domain.samples import BREACH, CLAIM, NO_BREACH, OPENING, RECEIVED
from tests.register.recording import moments
from tests.register.test_referrals import WHOLE

CHAINS = ("events", "referral_events")
EVENTS = {"events": 8, "referral_events": 5}
"""How many `some_events` records in each."""


async def some_events(engine: AsyncEngine) -> None:
    """Records events of three cases, one after the other, and of a referral."""
    reservations, store, referrals = Reservations(engine), Store(engine), Referrals(engine)
    draft = OPENING.model_copy(update={"reference": ""})
    openings: list[Opening] = [
        await reservations.reserve(f"V{turn}", draft, series="BR") for turn in range(3)
    ]
    last = (BREACH, NO_BREACH)
    lives = [
        moments(opening, RECEIVED, CLAIM, *last[turn : turn + 1])
        for turn, opening in enumerate(openings)
    ]
    for number in range(3):
        for life in lives:
            for moment in life[number : number + 1]:
                await store.record(*moment)
    for event in lived(*WHOLE):
        await referrals.record(*event)


async def tamper(engine: AsyncEngine, *statements: str) -> None:
    """Runs statements past the triggers."""
    async with engine.begin() as db:
        for chain in CHAINS:
            if engine.dialect.name == "sqlite":
                for name in ("never_deleted", "never_changed"):
                    await db.exec_driver_sql(f"DROP TRIGGER IF EXISTS {chain}_{name}")
            else:
                await db.exec_driver_sql(f"ALTER TABLE {chain} DISABLE TRIGGER USER")
        for statement in statements:
            await db.exec_driver_sql(statement)


def moved(chain: str, since: int, by: int) -> tuple[str, str]:
    """Moves all events from a position on up or down."""
    return (
        f"UPDATE {chain} SET position = -(position + {by}) WHERE position >= {since}",
        f"UPDATE {chain} SET position = -position WHERE position < 0",
    )


def swapped(chain: str, one: int, other: int) -> tuple[str, ...]:
    """Two events in each other's place."""
    steps = ((one, 0), (other, one), (0, other))
    return tuple(f"UPDATE {chain} SET position = {b} WHERE position = {a}" for a, b in steps)


async def copied(engine: AsyncEngine, chain: str, source: int, to: int) -> None:
    """Adds a copy of an event, under another number, at a free position."""
    names = "reference, kind, at, actor, details, recorded_at, salt, digest, hash"
    await tamper(
        engine,
        f"INSERT INTO {chain} (position, number, {names}) SELECT {to}, 77, {names} "
        f"FROM {chain} WHERE position = {source}",
    )


async def rehashed(engine: AsyncEngine, chain: str, first: int, last: int) -> None:
    """Makes the hashes anew from one position to another, and the head if that is the newest."""
    await tamper(engine)
    for position in range(first, last + 1):
        async with engine.begin() as db:
            event = await after(db, chain, position - 1)
            previous = await hash_of(db, chain, position - 1)
            assert event is not None
            assert previous is not None
            await _set(db, chain, position, event.kept, previous)


async def _set(db: Any, chain: str, position: int, kept: Kept, previous: str) -> None:
    own = {"own": event_hash(kept, previous), "position": position, "chain": chain}
    await db.execute(text(f"UPDATE {chain} SET hash = :own WHERE position = :position"), own)
    await db.execute(
        text("UPDATE chain_heads SET hash = :own WHERE name = :chain AND position = :position"), own
    )
