# ruff: noqa: S608  the statements are our own
"""Verifying names the first bad event, whatever was done to the database behind our back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.retention import RemovalEvent, Removed, RetentionRule
from register.anchor import Marks, read
from register.anchoring import Anchoring
from register.chain import Chain
from register.chain_schema import ChainedEvent, ChainHeadRow
from register.diagnosis import Fault
from register.hashing import canonical, content_digest
from register.reading import CHAINS as MADE
from register.referral_schema import ReferralEventRow
from register.schema import EventRow
from register.verification import Checked, verify
from tests.register.tampering import (
    CHAINS,
    EVENTS,
    copied,
    moved,
    rehashed,
    some_events,
    swapped,
    tamper,
)

TABLES: dict[str, type[ChainedEvent]] = {"events": EventRow, "referral_events": ReferralEventRow}


@pytest.fixture
async def marks(engine: AsyncEngine, tmp_path: Path) -> Marks:
    """The anchor of a register that holds some events."""
    await some_events(engine)
    assert await Anchoring(engine, tmp_path / "register.anchor").try_once()
    return read(tmp_path / "register.anchor") or ()


@pytest.fixture(params=CHAINS)
def chain(request: pytest.FixtureRequest, marks: Marks) -> str:
    """Each chain in turn."""
    return str(request.param)


async def checked(engine: AsyncEngine, marks: Marks = ()) -> dict[str, Checked]:
    return {each.chain: each for each in await verify(engine, marks, lambda _: None)}


async def fault(engine: AsyncEngine, chain: str, marks: Marks = ()) -> Fault:
    """The fault of a chain, after making sure that the other one has none."""
    found = await checked(engine, marks)
    assert [each.chain for each in found.values() if each.fault] == [chain]
    first = found[chain].fault
    assert first is not None
    return first


async def test_what_was_recorded_is_intact(engine: AsyncEngine, marks: Marks) -> None:
    found = await checked(engine, marks)

    assert {each.chain: each.events for each in found.values()} == EVENTS
    assert not any(each.fault or each.removed for each in found.values())


async def test_an_empty_register_is_intact(engine: AsyncEngine) -> None:
    assert [each.fault for each in (await checked(engine)).values()] == [None, None]


EDITS = {
    "details": """details = '{"kind":"note"}'""",
    "a word": "details = CAST(replace(CAST(details AS TEXT), 'kind', 'Kind') AS TYPE)",
    "the form of the details": "details = CAST(replace(CAST(details AS TEXT), ':', ': ') AS TYPE)",
    "actor": "actor = 'U0MALLORY'",
    "the actor left out": "actor = NULL, details = NULL",
    "salt": "salt = 'aa'",
}


@pytest.mark.parametrize("edit", EDITS)
async def test_edited_content_is_named(engine: AsyncEngine, chain: str, edit: str) -> None:
    column_type = "TEXT" if engine.dialect.name == "sqlite" else "JSON"
    edited = EDITS[edit].replace("TYPE", column_type)
    await tamper(engine, f"UPDATE {chain} SET {edited} WHERE position = 3")

    found = await fault(engine, chain)

    assert found.position == 3
    assert found.what == "edited: actor, details or salt are not those that were recorded"
    assert found.reference
    assert found.kind


@pytest.mark.parametrize(
    "edit",
    [
        "at = '2026-11-20 18:05:00.000001'",
        "recorded_at = '2026-11-20 18:05:00.000001'",
        "kind = 'withdrawal'",
        "number = 99",
        f"digest = '{'0' * 64}'",
        f"hash = '{'0' * 64}'",
    ],
)
async def test_an_edit_of_what_stays_is_named(engine: AsyncEngine, chain: str, edit: str) -> None:
    await tamper(engine, f"UPDATE {chain} SET {edit} WHERE position = 3")

    found = await fault(engine, chain)

    assert (found.position, found.what) == (3, "edited: it is not as it was recorded")


async def test_an_edit_with_a_digest_that_fits_is_named(engine: AsyncEngine, chain: str) -> None:
    details = canonical({"kind": "note"})
    digest = content_digest("ab", "U0MALLORY", details)
    await tamper(
        engine,
        f"UPDATE {chain} SET actor = 'U0MALLORY', salt = 'ab', details = '{details}', "
        f"digest = '{digest}' WHERE position = 3",
    )

    assert (await fault(engine, chain)).position == 3


@pytest.mark.parametrize(
    ("condition", "position", "what"),
    [
        ("= 3", 3, "missing: the next that is there is 4"),
        ("< 3", 1, "missing to 2: the next that is there is 3"),
    ],
)
async def test_deleted_events_are_named(
    engine: AsyncEngine, chain: str, condition: str, position: int, what: str
) -> None:
    await tamper(engine, f"DELETE FROM {chain} WHERE position {condition}")

    found = await fault(engine, chain)

    assert (found.position, found.what) == (position, what)


async def test_a_deleted_event_is_noticed_when_the_others_are_moved_up(
    engine: AsyncEngine, chain: str
) -> None:
    gone = f"DELETE FROM {chain} WHERE position = 3"
    await tamper(engine, gone, *moved(chain, 4, by=-1))

    found = await fault(engine, chain)

    assert (found.position, found.what) == (3, "missing before it: 1 event, the rest moved up")


@pytest.mark.parametrize("hashed", [False, True])
async def test_an_inserted_event_is_named(engine: AsyncEngine, chain: str, hashed: bool) -> None:
    await tamper(engine, *moved(chain, 3, by=1))
    await copied(engine, chain, source=1, to=3)
    if hashed:
        await rehashed(engine, chain, 3, 3)

    found = await fault(engine, chain)

    assert (found.position, found.what) == (
        3,
        "inserted: what follows was recorded without it",
    )


async def test_an_event_before_the_first_is_named(engine: AsyncEngine, chain: str) -> None:
    await copied(engine, chain, source=1, to=0)

    found = await fault(engine, chain)

    assert (found.position, found.what) == (0, "inserted: events are counted from 1")


async def test_an_event_added_without_the_head_is_noticed(engine: AsyncEngine, chain: str) -> None:
    await copied(engine, chain, source=1, to=EVENTS[chain] + 1)
    await rehashed(engine, chain, EVENTS[chain] + 1, EVENTS[chain] + 1)

    found = await fault(engine, chain)

    assert found.what == "the chain's head does not name the newest event"


@pytest.mark.parametrize(("one", "other"), [(2, 3), (2, 4)])
async def test_events_in_another_order_are_named(
    engine: AsyncEngine, chain: str, one: int, other: int
) -> None:
    await tamper(engine, *swapped(chain, one, other))

    found = await fault(engine, chain)

    assert (found.position, found.what) == (
        one,
        f"out of order: it was recorded as event {other}",
    )


async def test_the_newest_events_removed_show_by_the_head(engine: AsyncEngine, chain: str) -> None:
    last = EVENTS[chain]
    await tamper(engine, f"DELETE FROM {chain} WHERE position > {last - 2}")

    found = await fault(engine, chain)

    assert (found.position, found.what) == (
        last - 1,
        f"the newest events are missing: there are {last - 2}, and the chain's head names event "
        f"{last}",
    )


async def test_the_newest_events_removed_with_the_head_set_back_show_by_the_anchor(
    engine: AsyncEngine, chain: str, marks: Marks
) -> None:
    last = EVENTS[chain]
    await tamper(
        engine,
        f"DELETE FROM {chain} WHERE position > {last - 2}",
        f"UPDATE chain_heads SET position = {last - 2}, hash = (SELECT hash FROM {chain} "
        f"WHERE position = {last - 2}) WHERE name = '{chain}'",
        "UPDATE cases SET events = (SELECT coalesce(max(number), 0) FROM events "
        "WHERE events.reference = cases.reference)",
        "UPDATE referrals SET events = (SELECT coalesce(max(number), 0) FROM referral_events "
        "WHERE referral_events.reference = referrals.reference)",
    )
    assert not (await checked(engine))[chain].fault, "without the anchor nothing shows"

    found = await fault(engine, chain, marks)

    assert found.position == last - 1
    assert f"there are {last - 2}, and the anchor knew {last} on " in found.what


async def test_a_chain_made_anew_shows_by_the_anchor(
    engine: AsyncEngine, chain: str, marks: Marks
) -> None:
    await tamper(engine, f"UPDATE {chain} SET kind = 'withdrawal' WHERE position = 3")
    await rehashed(engine, chain, 3, EVENTS[chain])
    assert not (await checked(engine))[chain].fault, "without the anchor nothing shows"

    found = await fault(engine, chain, marks)

    assert found.position == EVENTS[chain]
    assert "not the event that the anchor named" in found.what
    assert "the chain made anew" in found.what


@pytest.mark.parametrize("change", [f"hash = '{'0' * 64}'", "position = 1"])
async def test_a_head_that_names_something_else_is_noticed(
    engine: AsyncEngine, chain: str, change: str
) -> None:
    await tamper(engine, f"UPDATE chain_heads SET {change} WHERE name = '{chain}'")

    assert "the chain's head" in (await fault(engine, chain)).what


async def test_a_chain_without_a_head_is_noticed(engine: AsyncEngine, chain: str) -> None:
    await tamper(engine, f"DELETE FROM chain_heads WHERE name = '{chain}'")

    assert "the chain's head" in (await fault(engine, chain)).what


async def test_the_anchor_of_another_register_is_noticed(
    engine: AsyncEngine, marks: Marks, tmp_path: Path
) -> None:
    other = tuple(type(mark)(mark.at, mark.chain, mark.position - 1, "0" * 64) for mark in marks)

    assert [each.fault is not None for each in (await checked(engine, other)).values()] == [
        True,
        True,
    ]


async def test_content_that_retention_removed_leaves_the_chain_intact(
    engine: AsyncEngine, chain: str, marks: Marks
) -> None:
    table, step = TABLES[chain], Removed(rule=RetentionRule.BREACH, by="os:owen")
    async with engine.begin() as db:
        first = await db.scalar(select(table.reference).where(table.position == 1))
        now = datetime.now(UTC)
        number = await Chain(table, RemovalEvent).remove(db, str(first), step, now, "os:owen")
        await db.exec_driver_sql(
            f"UPDATE {MADE[chain]} SET events = {number} WHERE reference = '{first}'"
        )

    found = (await checked(engine, marks))[chain]

    assert (found.fault, found.events, found.removed) == (None, EVENTS[chain] + 1, number - 1)


async def test_content_that_was_erased_without_retention_is_named(
    engine: AsyncEngine, chain: str, marks: Marks
) -> None:
    table = TABLES[chain]
    async with engine.begin() as db:  # past no trigger
        await db.execute(
            update(table).where(table.position == 2).values(actor=None, details=None, salt=None)
        )

    found = (await checked(engine, marks))[chain]

    assert found.fault is not None
    assert found.fault.position == 2
    assert str(found.fault).endswith(
        "erased: its content is gone, and no event says that retention removed it"
    )


async def test_events_recorded_after_the_anchor_was_read_do_no_harm(
    engine: AsyncEngine, marks: Marks
) -> None:
    earlier = tuple(mark for mark in marks if mark.position == 0)

    assert not any(each.fault for each in (await checked(engine, earlier)).values())


async def test_a_case_that_stands_at_another_event_than_its_last_is_named(
    engine: AsyncEngine, marks: Marks
) -> None:
    await tamper(engine, "UPDATE cases SET events = 2 WHERE reference = 'BR-2026-0001'")

    found = await fault(engine, "events")

    assert found.what == "BR-2026-0001 stands at its event 2, and its newest is 3"


async def test_positions_have_no_gap_and_the_head_is_the_newest(
    engine: AsyncEngine, chain: str
) -> None:
    table = TABLES[chain]
    async with engine.connect() as db:
        rows = (await db.execute(select(table.position, table.hash).order_by(table.position))).all()
        head = (
            await db.execute(
                select(ChainHeadRow.position, ChainHeadRow.hash).where(ChainHeadRow.name == chain)
            )
        ).one()
        count = await db.scalar(select(func.count()).select_from(table))

    assert [row.position for row in rows] == list(range(1, (count or 0) + 1))
    assert tuple(head) == tuple(rows[-1])
