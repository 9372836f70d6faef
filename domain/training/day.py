"""The day for which people hear of training."""

from datetime import date
from typing import Self

from domain.absence import london_day
from domain.message import Message, Utc
from domain.training.due import week_of


class TrainingDay(Message):
    """A day in London: every attempt to tell people says what was so on it."""

    day: date

    @classmethod
    def of(cls, moment: Utc) -> Self:
        """The day that it is at an instant (aware)."""
        return cls(day=london_day(moment))

    @property
    def week(self) -> date:
        """Its Monday."""
        return week_of(self.day)

    @property
    def month(self) -> date:
        """The first of its month."""
        return self.day.replace(day=1)
