"""Audits in the register: entered once, whole or not at all; what happened is only added to."""

import asyncio
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.audits.entry import Entry, Reopened
from domain.audits.folding import after
from domain.audits.recommendation import POLICY
from domain.audits.words import Priority, Progress, Status
from register.audits.entering import AuditEntries, Entered, NotEnteredError, Submitted, Terms
from register.audits.reading import AuditShelf, counted
from register.audits.recording import Recommendations
from register.chain import RegisterConflictError
from tests.domain.audits import entry, event, recommended, step

TERMS = Terms(by="U0OWEN", series="AU", policy=POLICY)
DONE = recommended(status=Status.ADDRESSED, settled_on=date(2026, 10, 30))


async def enter(engine: AsyncEngine, *entries: Entry, once: str = "s") -> tuple[Entered, ...]:
    submitted = [Submitted(f"{once}{place}", each) for place, each in enumerate(entries)]
    return await AuditEntries(engine).enter(submitted, TERMS)


def follow_up(of: str | None, **changes: Any) -> Entry:
    again = Reopened(number=1, target_on=date(2027, 9, 30), reason="Not for paper files.")
    content = {"subject": "Follow-up", "reported_on": date(2026, 11, 1), "reopened": (again,)}
    return entry(**(content | {"follow_up_of": of, "recommendations": ()} | changes))


async def test_the_same_audit_given_twice_is_one(engine: AsyncEngine) -> None:
    first, second = await asyncio.gather(enter(engine, entry()), enter(engine, entry()))
    (third,) = await enter(engine, entry())

    assert {each[0].audit.reference for each in (first, second)} == {"AU-2026-0001"}
    assert sorted(each[0].is_new for each in (first, second)) == [False, True]
    assert (third.is_new, third.audit.reference) == (False, "AU-2026-0001")
    names = [each.name for each in await AuditShelf(engine).open_ones()]
    assert names == ["AU-2026-0001-1", "AU-2026-0001-2"]


async def test_all_are_entered_or_none(engine: AsyncEngine) -> None:
    with pytest.raises(NotEnteredError) as refused:
        await enter(engine, entry(), follow_up("AU-1999-0001"))

    assert (refused.value.place, refused.value.problem.field) == (1, "follow_up_of")
    assert await AuditShelf(engine).counted() == ()


async def test_the_same_audit_with_another_content_is_refused(engine: AsyncEngine) -> None:
    await enter(engine, entry())

    with pytest.raises(NotEnteredError) as refused:
        await enter(engine, entry(recommendations=()), once="other")

    assert "recorded already, as AU-2026-0001" in refused.value.problem.message


async def test_a_follow_up_reopens_what_was_addressed_and_nothing_else(engine: AsyncEngine) -> None:
    await enter(engine, entry(recommendations=(DONE, recommended())))
    assert len(await AuditShelf(engine).open_ones()) == 1

    (entered,) = await enter(engine, follow_up("AU-2026-0001"), once="follow-up")

    assert [each.name for each in entered.open] == ["AU-2026-0001-1"]
    assert [each.word for each in await Recommendations(engine).events("AU-2026-0001-1")] == [
        "entered",
        "addressed",
        "reopened",
    ]
    for number, words in ((2, "still open"), (3, "no such recommendation")):
        again = Reopened(number=number, target_on=date(2027, 9, 30), reason="No.")
        wrong = follow_up("AU-2026-0001", subject=f"Follow-up {number}", reopened=(again,))
        with pytest.raises(NotEnteredError) as refused:
            await enter(engine, wrong, once=f"wrong{number}")
        assert refused.value.problem.field == "reopened.1.number"
        assert words in refused.value.problem.message


async def test_an_event_is_recorded_once_and_another_in_its_place_refused(
    engine: AsyncEngine,
) -> None:
    await enter(engine, entry())
    store = Recommendations(engine)
    before = await store.get("AU-2026-0001-1")
    assert before is not None
    noted = event(before, step(Progress.NOTE))
    other = event(before, step(Progress.ADDRESSED))

    for _ in range(2):
        await store.record(after(before, noted), noted)
    with pytest.raises(RegisterConflictError):
        await store.record(after(before, other), other)

    known = await store.get("AU-2026-0001-1")
    assert known == after(before, noted)
    assert await store.events("AU-2026-0001-1") == [
        *(await store.events("AU-2026-0001-1"))[:1],
        noted,
    ]


async def test_example_data_stands_in_no_figure_beside_real_data_and_can_be_removed(
    engine: AsyncEngine,
) -> None:
    example = entry(example=True, key="first")
    more = follow_up("first", example=True, reopened=())
    (entered, _) = await enter(engine, example, more)
    shelf = AuditShelf(engine)

    assert entered.open == ()
    assert await shelf.open_ones() == ()
    assert [each.made(Priority.LOW) for each in await shelf.counted()] == [1, 0]
    await enter(engine, entry(), once="real")
    async with engine.connect() as db:
        assert [each.audit.example for each in await counted(db)] == [False]
    assert [each.audit.example for each in await shelf.counted()].count(True) == 2
    with pytest.raises(NotEnteredError):
        await enter(engine, follow_up(entered.audit.reference), once="mixed")

    assert await AuditEntries(engine).remove_examples() == 2
    assert len(await shelf.counted()) == 1
    assert len(await Recommendations(engine).events("AU-2026-0003-1")) == 1


@pytest.mark.parametrize(
    "statement",
    ["UPDATE recommendation_events SET kind = 'x'", "DELETE FROM recommendation_events"],
)
async def test_what_happened_is_never_changed_or_deleted(
    engine: AsyncEngine, statement: str
) -> None:
    await enter(engine, entry())

    with pytest.raises(DBAPIError, match="what happened to a recommendation"):
        async with engine.begin() as db:
            await db.execute(text(statement))
