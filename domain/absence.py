"""Who is away: from one day to another in London, both included."""

from datetime import date, datetime, timedelta

from domain.clocks import LONDON
from domain.message import Message
from domain.report import Problem

LONGEST_AHEAD = timedelta(days=366)
"""An absence that ends later is a slip of the keyboard, and would silence somebody for long."""


class Absence(Message):
    """The days on which a person is away."""

    user_id: str
    first_day: date
    last_day: date

    def covers(self, moment: datetime) -> bool:
        """Whether the person is away at that instant (aware)."""
        return self.first_day <= london_day(moment) <= self.last_day


def london_day(moment: datetime) -> date:
    """The day that it is in London at an instant (aware)."""
    return moment.astimezone(LONDON).date()


def absence_problems(first_day: date, last_day: date, now: datetime) -> list[Problem]:
    """Everything wrong with the days, named by its field.

    Args:
        first_day: the first day away.
        last_day: the last one.
        now: the present (aware).
    """
    today = london_day(now)
    problems = []
    if first_day < today:
        problems.append(Problem("first_day", "This day has passed. Choose today or later."))
    if last_day < today:
        problems.append(Problem("last_day", "This day has passed. Choose today or later."))
    elif last_day < first_day:
        problems.append(Problem("last_day", "This is before the first day. Choose a later one."))
    elif last_day > today + LONGEST_AHEAD:
        problems.append(Problem("last_day", "Check the year: this is over a year away."))
    return problems
