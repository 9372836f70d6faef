"""Training of people of whom nothing is expected any more: removed after its time."""

from datetime import date

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from register.training.schema import CompletionRow, ExpectedRow, LearnerRow, ReminderRow


def forgotten(last: date) -> ColumnElement[bool]:
    """People of whom a day in London was the last on which anything was expected, or an earlier."""
    row = ExpectedRow
    still = select(row.person).where(
        row.person == LearnerRow.person,
        row.example == LearnerRow.example,
        or_(row.until.is_(None), row.until > last),
    )
    return ~still.exists()


async def forget(db: AsyncConnection, last: date) -> None:
    """Removes them, with all that they completed, and old reminders of everybody."""
    await db.execute(delete(LearnerRow).where(forgotten(last)))
    for row in (CompletionRow, ExpectedRow):
        known = select(LearnerRow.person).where(
            LearnerRow.person == row.person, LearnerRow.example == row.example
        )
        await db.execute(delete(row).where(~known.exists()))
    await db.execute(delete(ReminderRow).where(ReminderRow.week <= last))
