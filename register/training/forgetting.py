"""Training of people of whom nothing is expected any more: removed after its time."""

from datetime import date

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from register.training.schema import CompletionRow, ExpectedRow, LearnerRow, ReminderRow
from register.training.taking_in import one_at_a_time


def _forgotten(last: date) -> ColumnElement[bool]:
    """Whom no file had, or of whom nothing was expected, from a day in London on."""
    row = ExpectedRow
    still = select(row.person).where(
        row.person == LearnerRow.person,
        row.example == LearnerRow.example,
        or_(row.until.is_(None), row.until > last),
    )
    return or_(LearnerRow.seen_on < last, ~still.exists())


async def forgotten(db: AsyncConnection, last: date) -> int:
    """How many people the record knows for no reason any more."""
    query = select(func.count()).select_from(LearnerRow).where(_forgotten(last))
    return await db.scalar(query) or 0


async def forget(db: AsyncConnection, last: date) -> None:
    """Removes them, with all that they completed, and old reminders of everybody."""
    await one_at_a_time(db)
    await db.execute(delete(LearnerRow).where(_forgotten(last)))
    for row in (CompletionRow, ExpectedRow):
        known = select(LearnerRow.person).where(
            LearnerRow.person == row.person, LearnerRow.example == row.example
        )
        await db.execute(delete(row).where(~known.exists()))
    await db.execute(delete(ReminderRow).where(ReminderRow.week <= last))
