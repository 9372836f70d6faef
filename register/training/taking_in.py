"""Taking a learning system's file in: what is new in it, beside what is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Executable, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from register.database import insert_into
from register.training.reading import Entry
from register.training.schema import CompletionRow, ExpectedRow, LearnerRow

_ONE_AT_A_TIME = 2611_0619
"""The advisory lock of PostgreSQL under which the record is changed."""


@dataclass(frozen=True)
class Imported:
    """What an import came to, or would."""

    completions: int
    """New ones."""
    known: int
    """Completions that were imported before."""
    expected: int
    """New expectations."""
    no_longer: int
    """Expectations that ended, since a whole roster does not have them any more."""
    people: int
    """In the file."""


@dataclass(frozen=True)
class Change:
    """What a file would change."""

    learners: dict[str, str]
    completions: list[Entry]
    expected: dict[tuple[str, str], date]
    ended: list[tuple[str, str]]
    outcome: Imported


async def one_at_a_time(db: AsyncConnection) -> None:
    """Waits for whoever else changes the record; SQLite has one writer anyway.

    Two imports at once would count what the other brings as new, and touch the same rows in
    another order, of which PostgreSQL ends one.
    """
    if db.dialect.name == "postgresql":
        await db.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))


async def change_of(
    db: AsyncConnection, entries: Sequence[Entry], today: date, *, example: bool, whole: bool
) -> Change:
    """What is new in a file beside what is recorded."""
    expected, is_open = await _expected(db, example=example)
    known = await completions_in(db, example=example)
    new = {
        (each.person, each.course, each.completed_on): each
        for each in entries
        if each.completed_on and (each.person, each.course, each.completed_on) not in known
    }
    since: dict[tuple[str, str], date] = {}
    for each in entries:
        key = each.person, each.course
        days = [each.assigned_on or today, each.completed_on or today]
        since[key] = min([*days, since.get(key, today), expected.get(key, today)])
    courses = {course for _, course in since}
    ended = [key for key in is_open if whole and key[1] in courses and key not in since]
    completed = {
        (each.person, each.course, each.completed_on) for each in entries if each.completed_on
    }
    learners = {each.person: each.area for each in entries}
    return Change(
        learners=learners,
        completions=list(new.values()),
        expected=since,
        ended=ended,
        outcome=Imported(
            completions=len(new),
            known=len(completed) - len(new),
            expected=len(since.keys() - is_open),
            no_longer=len(ended),
            people=len(learners),
        ),
    )


async def carry_out(db: AsyncConnection, change: Change, today: date, *, example: bool) -> None:
    """Writes it down."""
    await _learners(db, change.learners, today, example=example)
    expected: list[dict[str, Any]] = [
        {"person": person, "course": course, "example": example, "since": day, "until": None}
        for (person, course), day in change.expected.items()
    ]
    into = insert_into(ExpectedRow, db)
    upsert = into.on_conflict_do_update(
        index_elements=["person", "course", "example"],
        set_={"since": into.excluded.since, "until": None},
    )
    await _each(db, upsert, expected)
    now = datetime.now(UTC)
    completions: list[dict[str, Any]] = [
        {
            "person": each.person,
            "course": each.course,
            "completed_on": each.completed_on,
            "area": each.area,
            "example": example,
            "imported_at": now,
        }
        for each in change.completions
    ]
    await _each(db, insert_into(CompletionRow, db).on_conflict_do_nothing(), completions)
    row = ExpectedRow
    of_one = row.person == bindparam("of_person"), row.course == bindparam("of_course")
    ending = update(row).where(*of_one, row.example.is_(example)).values(until=today)
    ended = [{"of_person": person, "of_course": course} for person, course in change.ended]
    await _each(db, ending, ended)


async def _learners(
    db: AsyncConnection, learners: dict[str, str], today: date, *, example: bool
) -> None:
    found: list[dict[str, Any]] = [
        {"person": person, "area": area, "example": example, "seen_on": today, "looked_up": False}
        for person, area in learners.items()
    ]
    into = insert_into(LearnerRow, db)
    upsert = into.on_conflict_do_update(
        index_elements=["person", "example"],
        set_={name: into.excluded[name] for name in ("area", "seen_on", "looked_up")},
    )
    await _each(db, upsert, found)


async def _each(db: AsyncConnection, statement: Executable, rows: list[dict[str, Any]]) -> None:
    """Executes it for each; without any it would be executed once, with nothing."""
    if rows:
        await db.execute(statement, rows)


async def _expected(
    db: AsyncConnection, *, example: bool
) -> tuple[dict[tuple[str, str], date], set[tuple[str, str]]]:
    """Since when who is expected to take what, and which of it still is."""
    row = ExpectedRow
    query = select(row.person, row.course, row.since, row.until).where(row.example.is_(example))
    found = (await db.execute(query)).all()
    since = {(person, course): day for person, course, day, _ in found}
    return since, {(person, course) for person, course, _, until in found if until is None}


async def completions_in(db: AsyncConnection, *, example: bool) -> set[tuple[str, str, date]]:
    """Who completed which course on which day."""
    row = CompletionRow
    query = select(row.person, row.course, row.completed_on).where(row.example.is_(example))
    return {(person, course, day) for person, course, day in await db.execute(query)}
