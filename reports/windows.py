"""Windows of days and the periods they are divided into; days are days in London."""

import bisect
import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from domain.taxonomy import Labelled
from reports.asking import AskedWrongError

ONE_DAY = timedelta(days=1)
USUAL_MONTHS = 36
"""The window that requests ask for, and the one of a request that names none."""
LONGEST_YEARS = 100
APRIL, DECEMBER, QUARTER = 4, 12, 3


class By(Labelled):
    """What a window is divided into."""

    YEAR = "year", "calendar year"
    FINANCIAL_YEAR = "financial-year", "financial year (from 1 April)"
    QUARTER = "quarter", "quarter"
    MONTH = "month", "month"


@dataclass(frozen=True)
class Period:
    """A calendar or financial year, a quarter or a month, as far as the window holds it."""

    key: str
    """What programs are given: `2021`, `2021-22`, `2021-Q4`, `2021-12`."""
    name: str
    """What people call the whole of it: `2021`, `2021-22`, `Oct–Dec 2021`, `December 2021`."""
    first: date
    last: date
    """Both days belong to it."""
    starts_late: bool = False
    ends_early: bool = False

    @property
    def is_part(self) -> bool:
        """Whether the window cuts it."""
        return self.starts_late or self.ends_early

    @property
    def label(self) -> str:
        """What people read: `2021 (from 5 December)` for one that the window cuts."""
        if not self.is_part:
            return self.name
        years = self.first.year != self.last.year
        first, last = (in_words(day, year=years) for day in (self.first, self.last))
        if self.starts_late and self.ends_early:
            return f"{self.name} ({first} to {last})"
        return f"{self.name} (from {first})" if self.starts_late else f"{self.name} (to {last})"


@dataclass(frozen=True)
class Window:
    """From one day to another, both included, divided into periods."""

    first: date
    last: date
    by: By = By.YEAR

    @classmethod
    def asked(cls, first: date | None, last: date | None, by: By, today: date) -> "Window":
        """The window somebody asked for; by default the last 36 months.

        Raises:
            AskedWrongError: when it is reversed, or too long to be meant.
        """
        last = last or max(today, first or today)
        window = cls(first or months_before(last, USUAL_MONTHS), last, by)
        if window.last < window.first:
            raise AskedWrongError(
                f"--from {window.first} is after --to {window.last}: write the earlier day first"
            )
        if window.last.year - window.first.year > LONGEST_YEARS:
            raise AskedWrongError(
                f"--from {window.first} to {window.last} is over {LONGEST_YEARS} years: check the "
                "years"
            )
        return window

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Every period that the window touches, in order, whatever was counted in it."""
        return tuple(self._cut(*whole) for whole in self._wholes())

    @cached_property
    def _lasts(self) -> list[date]:
        return [period.last for period in self.periods]

    def index(self, day: date) -> int:
        """Which of the periods a day of the window is in."""
        return bisect.bisect_left(self._lasts, day)

    def index_of(self, when: date | str) -> int:
        """The same of a day, or of a month such as `2021-12` that the window has a part of."""
        if isinstance(when, str):
            when = max(date.fromisoformat(f"{when}-01"), self.first)
        return self.index(when)

    @property
    def words(self) -> str:
        """The window as people read it."""
        return f"{in_words(self.first)} to {in_words(self.last)}"

    def _cut(self, key: str, name: str, first: date, last: date) -> Period:
        late, early = first < self.first, last > self.last
        return Period(key, name, max(first, self.first), min(last, self.last), late, early)

    def _wholes(self) -> Iterator[tuple[str, str, date, date]]:
        first = _beginning(self.first, self.by)
        while first <= self.last:
            following = _months_after(first, _MONTHS[self.by])
            last = following - ONE_DAY
            yield *_names(first, last, self.by), first, last
            first = following


_MONTHS = {By.YEAR: 12, By.FINANCIAL_YEAR: 12, By.QUARTER: QUARTER, By.MONTH: 1}


def months_before(day: date, months: int) -> date:
    """The same day that many months before, or the last of the month where it has none such."""
    first = _months_after(day.replace(day=1), -months)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def in_words(day: date, *, year: bool = True) -> str:
    """`5 December 2021`."""
    return f"{day.day} {day:%B %Y}" if year else f"{day.day} {day:%B}"


def _months_after(first: date, months: int) -> date:
    years, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(years, month + 1, 1)


def _beginning(day: date, by: By) -> date:
    first = day.replace(day=1)
    match by:
        case By.YEAR:
            return first.replace(month=1)
        case By.FINANCIAL_YEAR:
            return date(day.year - (day.month < APRIL), APRIL, 1)
        case By.QUARTER:
            return first.replace(month=day.month - (day.month - 1) % QUARTER)
        case By.MONTH:
            return first


def _names(first: date, last: date, by: By) -> tuple[str, str]:
    match by:
        case By.YEAR:
            return (f"{first.year}", f"{first.year}")
        case By.FINANCIAL_YEAR:
            key = f"{first.year}-{last.year % 100:02}"
            return (key, key)
        case By.QUARTER:
            return (f"{first.year}-Q{last.month // QUARTER}", f"{first:%b}–{last:%b} {last.year}")
        case By.MONTH:
            return (f"{first:%Y-%m}", f"{first:%B %Y}")
