"""Digests: what is told by itself, each week to OST and each month to the DPO."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Self

from domain.absence import london_day
from domain.message import Code, Message, Utc
from domain.statistics import Statistics
from domain.taxonomy import Labelled, Stage

MOST_OVERDUE = 10
"""Overdue cases that a digest names; `/breach overdue` has them all."""


class DigestKind(Labelled):
    """Which digest."""

    WEEKLY = "weekly", "Weekly digest"
    MONTHLY = "monthly", "Monthly digest"


class Weekday(Labelled):
    """A day on which people read a digest."""

    MONDAY = "monday", "Monday"
    TUESDAY = "tuesday", "Tuesday"
    WEDNESDAY = "wednesday", "Wednesday"
    THURSDAY = "thursday", "Thursday"
    FRIDAY = "friday", "Friday"

    @property
    def number(self) -> int:
        """As cron counts: Monday is 1."""
        return list(Weekday).index(self) + 1


class DigestPeriod(Message):
    """What a digest tells of: two days in London and all between them."""

    kind: DigestKind
    first_day: date
    last_day: date

    @classmethod
    def before(cls, kind: DigestKind, moment: datetime) -> Self:
        """The last week (Monday to Sunday) or month that was over at an instant (aware)."""
        today = london_day(moment)
        if kind is DigestKind.WEEKLY:
            last = today - timedelta(days=today.isoweekday())
            return cls(kind=kind, first_day=last - timedelta(days=6), last_day=last)
        last = today.replace(day=1) - timedelta(days=1)
        return cls(kind=kind, first_day=last.replace(day=1), last_day=last)

    @property
    def key(self) -> str:
        """Tells it apart from every other digest, for ever."""
        return f"digest:{self.kind.value}:{self.first_day}"

    @property
    def words(self) -> str:
        """The period as people say it."""
        if self.kind is DigestKind.MONTHLY:
            return f"{self.first_day:%B %Y}"
        first, last = self.first_day, self.last_day
        month = "" if first.month == last.month else f" {first:%B}"
        year = "" if first.year == last.year else f" {first.year}"
        return f"{first.day}{month}{year} to {last.day} {last:%B %Y}"


class OverdueCase(Message):
    """An open case past a deadline, as its card shows it."""

    reference: Code
    area: Code
    stage: Stage
    due: Utc


class Digest(Message):
    """What happened in a period, and how things stand after it. Drills are left out."""

    period: DigestPeriod
    came_in: int
    """Reports that reached OST, whatever was found; without duplicates and withdrawn ones."""
    late_to_ost: int
    """Of those, past the limit."""
    closed: int
    told_ico: int
    """Breaches that the ICO was told of in the period."""
    told_ico_late: int
    overdue: tuple[OverdueCase, ...]
    """The longest overdue; how many there are is in the statistics."""
    statistics: Statistics
    """Of the months before, for the charts; and the open cases."""


class DigestOutcome(Message):
    """What became of a run: the result of its workflow."""

    period: DigestPeriod
    posted: bool
    """False: there is a newer digest than the one that this run was for."""


def first_working_days(
    begins_on: date, months: int, is_working_day: Callable[[date], bool]
) -> Iterator[date]:
    """The first working day of a month and of those that follow it."""
    for month in range(months):
        number = begins_on.year * 12 + begins_on.month - 1 + month
        day = date(number // 12, number % 12 + 1, 1)
        while not is_working_day(day):
            day += timedelta(days=1)
        yield day
