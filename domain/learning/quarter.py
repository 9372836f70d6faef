"""Quarters of a year, by days in London."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Self

from domain.absence import london_day
from domain.message import Message
from domain.statistics import Grain

TOLD_FROM = 15
"""The day of the month after a quarter from which it is told of: its reports are reviewed then."""
_WRITTEN = re.compile(r"([0-9]{4})[- ]?[Qq]([1-4])")


class Quarter(Message):
    """Three months, from the first day of the first to the last day of the third."""

    first_day: date

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter that a day is in."""
        return cls(first_day=Grain.QUARTER.begin(day))

    @classmethod
    def told_at(cls, moment: datetime) -> Self:
        """The last quarter that is told of at an instant (aware)."""
        quarter = cls.of(london_day(moment)).before
        return quarter if quarter.told_from <= london_day(moment) else quarter.before

    @classmethod
    def written(cls, text: str) -> Self:
        """The quarter that a text such as `2026-Q3` names.

        Raises:
            ValueError: when it names none.
        """
        found = _WRITTEN.fullmatch(text.strip())
        if not found or not 2000 <= int(found[1]) < 3000:  # noqa: PLR2004 - a year that can be meant
            raise ValueError("write a quarter as 2026-Q3")
        return cls(first_day=date(int(found[1]), int(found[2]) * 3 - 2, 1))

    @property
    def last_day(self) -> date:
        """The last day of the third month."""
        return Grain.QUARTER.after(self.first_day) - timedelta(days=1)

    @property
    def told_from(self) -> date:
        """The first day on which it is told of."""
        return Grain.QUARTER.after(self.first_day).replace(day=TOLD_FROM)

    @property
    def before(self) -> Self:
        """The quarter before this one."""
        return type(self).of(self.first_day - timedelta(days=1))

    @property
    def after(self) -> Self:
        """The quarter after this one."""
        return type(self).of(self.last_day + timedelta(days=1))

    @property
    def key(self) -> str:
        """Its name for programs: `2026-Q3`."""
        return f"{self.first_day.year}-Q{self.first_day.month // 3 + 1}"

    @property
    def words(self) -> str:
        """Its name for people: `July to September 2026`."""
        return f"{self.first_day:%B} to {self.last_day:%B %Y}"


def days_of_notes(
    today: date, quarters: int, is_working_day: Callable[[date], bool]
) -> Iterator[date]:
    """The days on which quarters are told of, that of the quarter before today's first."""
    quarter = Quarter.of(today).before
    for _ in range(quarters):
        day = quarter.told_from
        while not is_working_day(day):
            day += timedelta(days=1)
        yield day
        quarter = quarter.after
