"""Writing and reading the training record. Where there is real data, example data is not read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.training.due import Expected
from domain.training.person import PersonTraining
from register.database import insert_into, turns
from register.training.reading import Entry
from register.training.schema import CompletionRow, ExpectedRow, LearnerRow, ReminderRow

AT_ONCE = 500
"""Rows of one statement: SQLite takes no more than 32,766 values."""


@dataclass(frozen=True)
class Learner:
    """Somebody with all that is expected of them."""

    person: str
    area: str
    member_id: str | None
    expected: tuple[Expected, ...]


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


class TrainingRecords:
    """The training record of one register."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)
        self._reader = engine.execution_options(readonly=True)

    async def record(
        self,
        entries: Sequence[Entry],
        today: date,
        *,
        example: bool = False,
        whole: bool = False,
        dry_run: bool = False,
    ) -> Imported:
        """Takes a file in, all of it or nothing; again and again comes to the same.

        Args:
            entries: its lines.
            today: the day in London from which on new people are expected to take a course.
            example: whether it is example data.
            whole: whether it names everybody who is expected to take its courses.
            dry_run: only says what it would come to.
        """
        async with self._turn, self._engine.begin() as db:
            change = await _change(db, entries, today, example=example, whole=whole)
            if not dry_run:
                await _carried_out(db, change, today, example=example)
        return change.outcome

    async def learners(self) -> list[Learner]:
        """Everybody, with what they completed."""
        async with self._reader.connect() as db:
            return await learners_in(db)

    async def person(self, member_id: str | None) -> PersonTraining | None:
        """The training of a Slack member; None for nobody, and where the record is empty."""
        async with self._reader.connect() as db:
            example = await _which(db)
            if not member_id or (example and not await _has(db, example=True)):
                return None
            known = await _of_member(db, member_id)
            found = await db.execute(
                select(CompletionRow.course, CompletionRow.completed_on)
                .where(CompletionRow.person.in_(known), CompletionRow.example == example)
                .order_by(CompletionRow.completed_on)
            )
            days: dict[str, tuple[date, ...]] = defaultdict(tuple)
            for course, day in found:
                days[course] += (day,)
            return PersonTraining(bool(known), dict(days), example)

    async def match(self, members: Mapping[str, str]) -> None:
        """Keeps who is who in Slack; who is not among them is nobody there any more.

        Args:
            members: member IDs, by e-mail address in small letters and by themselves.
        """
        async with self._turn, self._engine.begin() as db:
            row = LearnerRow
            found = await db.execute(select(row.person, row.example, row.member_id))
            for person, example, known in found.all():
                if (now := members.get(person)) != known:
                    await db.execute(
                        update(row)
                        .where(row.person == person, row.example == example)
                        .values(member_id=now)
                    )

    async def reminded(self, week: date) -> set[tuple[str, str]]:
        """Who (member ID) was reminded of which course in a week, by its Monday."""
        row = ReminderRow
        async with self._reader.connect() as db:
            found = await db.execute(select(row.member_id, row.course).where(row.week == week))
            return {(member, course) for member, course in found}

    async def keep_reminded(self, member_id: str, courses: Iterable[str], week: date) -> None:
        """Keeps that somebody was reminded; again and again is once."""
        rows = [{"member_id": member_id, "course": each, "week": week} for each in courses]
        async with self._turn, self._engine.begin() as db:
            await db.execute(insert_into(ReminderRow, db).values(rows).on_conflict_do_nothing())

    async def is_example(self) -> bool:
        """Whether what is read is example data."""
        async with self._reader.connect() as db:
            return await is_example_in(db)

    async def remove_example(self) -> int:
        """Removes all example data; how many people it named."""
        async with self._turn, self._engine.begin() as db:
            for table in (CompletionRow, ExpectedRow):
                await db.execute(delete(table).where(table.example))
            removed = await db.execute(delete(LearnerRow).where(LearnerRow.example))
            return removed.rowcount


@dataclass(frozen=True)
class _Change:
    learners: dict[str, str]
    completions: list[Entry]
    expected: dict[tuple[str, str], date]
    ended: list[tuple[str, str]]
    outcome: Imported


async def _change(
    db: AsyncConnection, entries: Sequence[Entry], today: date, *, example: bool, whole: bool
) -> _Change:
    """What is new in a file beside what is recorded."""
    expected, is_open = await _expected(db, example=example)
    known = await _completions(db, example=example)
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
    return _Change(
        learners={each.person: each.area for each in entries},
        completions=list(new.values()),
        expected=since,
        ended=ended,
        outcome=Imported(
            completions=len(new),
            known=len(completed) - len(new),
            expected=len(since.keys() - is_open),
            no_longer=len(ended),
            people=len({each.person for each in entries}),
        ),
    )


async def _carried_out(db: AsyncConnection, change: _Change, today: date, *, example: bool) -> None:
    learners: list[dict[str, Any]] = [
        {"person": person, "area": area, "example": example}
        for person, area in change.learners.items()
    ]
    for rows in _parts(learners):
        into = insert_into(LearnerRow, db).values(rows)
        await db.execute(
            into.on_conflict_do_update(
                index_elements=["person", "example"], set_={"area": into.excluded.area}
            )
        )
    expected: list[dict[str, Any]] = [
        {"person": person, "course": course, "example": example, "since": day, "until": None}
        for (person, course), day in change.expected.items()
    ]
    for rows in _parts(expected):
        into = insert_into(ExpectedRow, db).values(rows)
        await db.execute(
            into.on_conflict_do_update(
                index_elements=["person", "course", "example"],
                set_={"since": into.excluded.since, "until": None},
            )
        )
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
    for rows in _parts(completions):
        await db.execute(insert(CompletionRow).values(rows))
    for person, course in change.ended:
        row = ExpectedRow
        await db.execute(
            update(row)
            .where(row.person == person, row.course == course, row.example.is_(example))
            .values(until=today)
        )


def _parts(rows: Collection[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while part := list(islice(left, AT_ONCE)):
        yield part


async def _expected(
    db: AsyncConnection, *, example: bool
) -> tuple[dict[tuple[str, str], date], set[tuple[str, str]]]:
    """Since when who is expected to take what, and which of it still is."""
    row = ExpectedRow
    query = select(row.person, row.course, row.since, row.until).where(row.example.is_(example))
    found = (await db.execute(query)).all()
    since = {(person, course): day for person, course, day, _ in found}
    return since, {(person, course) for person, course, _, until in found if until is None}


async def _completions(db: AsyncConnection, *, example: bool) -> set[tuple[str, str, date]]:
    row = CompletionRow
    query = select(row.person, row.course, row.completed_on).where(row.example.is_(example))
    return {(person, course, day) for person, course, day in await db.execute(query)}


async def is_example_in(db: AsyncConnection) -> bool:
    """Whether what is read is example data."""
    return await _which(db) and await _has(db, example=True)


async def learners_in(db: AsyncConnection) -> list[Learner]:
    """Everybody, with what they completed, as one state of the register has it."""
    example = await _which(db)
    done: dict[tuple[str, str], list[date]] = defaultdict(list)
    for person, course, day in await _completions(db, example=example):
        done[person, course].append(day)
    expected: dict[str, list[Expected]] = defaultdict(list)
    row = ExpectedRow
    query = select(row.person, row.course, row.since, row.until).where(row.example.is_(example))
    for person, course, since, until in await db.execute(query.order_by(row.course)):
        days = tuple(sorted(done[person, course]))
        expected[person].append(Expected(course, since, until, days))
    who = LearnerRow
    people = await db.execute(
        select(who.person, who.area, who.member_id)
        .where(who.example.is_(example))
        .order_by(who.person)
    )
    return [
        Learner(person, area, member_id, tuple(expected[person]))
        for person, area, member_id in people
    ]


async def _of_member(db: AsyncConnection, member_id: str) -> list[str]:
    """What the learning system calls somebody: by what Slack said last, or by the ID itself."""
    row = LearnerRow
    known = or_(row.member_id == member_id, row.person == member_id)
    query = select(row.person).where(known, row.example == await _which(db))
    return list(await db.scalars(query))


async def _which(db: AsyncConnection) -> bool:
    """Which rows are read, by their `example`: real ones, unless there are none."""
    return not await _has(db, example=False)


async def _has(db: AsyncConnection, *, example: bool) -> bool:
    query = select(LearnerRow.person).where(LearnerRow.example.is_(example)).limit(1)
    return await db.scalar(query) is not None
