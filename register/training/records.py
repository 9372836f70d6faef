"""The training record of one register. Where there is real data, example data is not read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.absence import london_day
from domain.training.due import Expected
from domain.training.held import record_begins
from domain.training.learner import Learner, merged
from domain.training.person import PersonTraining
from register.database import insert_into, turns
from register.training.reading import Entry
from register.training.schema import CompletionRow, ExpectedRow, LearnerRow, ReminderRow
from register.training.taking_in import (
    Imported,
    carry_out,
    change_of,
    completions_in,
    one_at_a_time,
)

REMEMBERED = timedelta(weeks=8)
"""How long it is kept that somebody was reminded: only the week itself is asked for."""


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
            await one_at_a_time(db)
            change = await change_of(db, entries, today, example=example, whole=whole)
            if not dry_run:
                if not example:
                    await _forget_reminders_of_example(db)
                await carry_out(db, change, today, example=example)
        return change.outcome

    async def learners(self) -> list[Learner]:
        """Everybody once, with what they completed."""
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
            seen = await db.scalar(
                select(func.max(LearnerRow.seen_on)).where(
                    LearnerRow.person.in_(known), LearnerRow.example == example
                )
            )
            begins = await _begins(db, example=example)
            return PersonTraining(bool(known), dict(days), example, begins, seen)

    async def is_anybody_new(self) -> bool:
        """Whether somebody was not looked up in Slack since a file had them last."""
        query = select(LearnerRow.person).where(LearnerRow.looked_up.is_(False)).limit(1)
        async with self._reader.connect() as db:
            return await db.scalar(query) is not None

    async def match(self, members: Mapping[str, str]) -> None:
        """Keeps who is who in Slack; who has left is nobody there any more.

        Whom Slack once had under an address stays known by it when they have got another one.

        Args:
            members: member IDs, by e-mail address in small letters and by themselves.
        """
        row = LearnerRow
        async with self._turn, self._engine.begin() as db:
            await one_at_a_time(db)
            found = await db.execute(select(row.person, row.example, row.member_id, row.looked_up))
            changes = []
            for person, example, known, looked_up in found:
                now = members.get(person) or (members.get(known) if known else None)
                if now != known or not looked_up:
                    changes.append({"of": person, "made_up": example, "now": now})
            if changes:
                of_one = row.person == bindparam("of"), row.example == bindparam("made_up")
                to = {"member_id": bindparam("now"), "looked_up": True}
                await db.execute(update(row).where(*of_one).values(to), changes)

    async def reminded(self, week: date) -> set[tuple[str, str]]:
        """Who (member ID) was reminded of which course in a week, by its Monday."""
        row = ReminderRow
        async with self._reader.connect() as db:
            found = await db.execute(select(row.member_id, row.course).where(row.week == week))
            return {(member, course) for member, course in found}

    async def keep_reminded(self, member_id: str, courses: Iterable[str], week: date) -> None:
        """Keeps that somebody was reminded, for some weeks; again and again is once."""
        rows = [{"member_id": member_id, "course": each, "week": week} for each in courses]
        old = ReminderRow.member_id == member_id, ReminderRow.week < week - REMEMBERED
        async with self._turn, self._engine.begin() as db:
            await db.execute(delete(ReminderRow).where(*old))
            await db.execute(insert_into(ReminderRow, db).values(rows).on_conflict_do_nothing())

    async def is_example(self) -> bool:
        """Whether what is read is example data."""
        async with self._reader.connect() as db:
            return await is_example_in(db)

    async def remove_example(self) -> int:
        """Removes all example data; how many people it named."""
        async with self._turn, self._engine.begin() as db:
            await one_at_a_time(db)
            await _forget_reminders_of_example(db)
            for table in (CompletionRow, ExpectedRow):
                await db.execute(delete(table).where(table.example))
            removed = await db.execute(delete(LearnerRow).where(LearnerRow.example))
            return removed.rowcount


async def is_example_in(db: AsyncConnection) -> bool:
    """Whether what is read is example data."""
    return await _which(db) and await _has(db, example=True)


async def is_example_left_out_in(db: AsyncConnection) -> bool:
    """Whether there is example data beside what is real."""
    return not await _which(db) and await _has(db, example=True)


async def learners_in(db: AsyncConnection) -> list[Learner]:
    """Everybody once, with what they completed, as one state of the register has it."""
    example = await _which(db)
    done: dict[tuple[str, str], list[date]] = defaultdict(list)
    for person, course, day in await completions_in(db, example=example):
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
        .order_by(who.seen_on.asc().nulls_first(), who.person)
    )
    return merged(
        Learner(person, area, member_id, tuple(expected[person]), person if "@" in person else None)
        for person, area, member_id in people
    )


async def first_import_in(db: AsyncConnection) -> date | None:
    """The day in London on which the first completion that is read was imported."""
    row = CompletionRow
    moment = await db.scalar(
        select(func.min(row.imported_at)).where(row.example.is_(await _which(db)))
    )
    return london_day(moment) if moment else None


async def _begins(db: AsyncConnection, *, example: bool) -> dict[str, date]:
    """From which day on the record says who completed a course, by its key."""
    done, expected = CompletionRow, ExpectedRow
    completed = await db.execute(
        select(done.course, func.min(done.completed_on))
        .where(done.example == example)
        .group_by(done.course)
    )
    since = await db.execute(
        select(expected.course, func.min(expected.since))
        .where(expected.example == example)
        .group_by(expected.course)
    )
    first: dict[str, date] = dict(completed.all())
    first_since: dict[str, date] = dict(since.all())
    imported = await first_import_in(db)
    return {
        course: begins
        for course in first.keys() | first_since.keys()
        if (begins := record_begins(first.get(course), first_since.get(course), imported))
    }


async def _of_member(db: AsyncConnection, member_id: str) -> list[str]:
    """What the learning system calls somebody: by what Slack said last, or by the ID itself."""
    row = LearnerRow
    known = or_(row.member_id == member_id, row.person == member_id)
    query = select(row.person).where(known, row.example == await _which(db))
    return list(await db.scalars(query))


async def _forget_reminders_of_example(db: AsyncConnection) -> None:
    """As long as there is no real data all of them are; they would stand for real ones."""
    if await _which(db):
        await db.execute(delete(ReminderRow))


async def _which(db: AsyncConnection) -> bool:
    """Which rows are read, by their `example`: real ones, unless there are none."""
    return not await _has(db, example=False)


async def _has(db: AsyncConnection, *, example: bool) -> bool:
    query = select(LearnerRow.person).where(LearnerRow.example.is_(example)).limit(1)
    return await db.scalar(query) is not None
