"""What charts are drawn from: counts of incidents, and nothing of a single one."""

from datetime import date, datetime

from domain.absence import london_day
from domain.message import Code, Message, Utc
from domain.samples.figures import SampleFigures
from domain.taxonomy import IncidentType, Labelled, Stage

MOST_TYPES = 4
"""Types that a chart keeps apart; the rest are one, or nobody could tell their hatches apart."""


class Grain(Labelled):
    """How long one step of a chart's time is."""

    MONTH = "month", "month"
    QUARTER = "quarter", "quarter"
    YEAR = "year", "year"

    @property
    def months(self) -> int:
        """How many months it lasts."""
        return {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[self]

    def begin(self, day: date) -> date:
        """The first day of the step that a day is in."""
        return date(day.year, (day.month - 1) // self.months * self.months + 1, 1)

    def steps(self, first_day: date, last_day: date) -> tuple[date, ...]:
        """The first days of every step from one day to another, both included."""
        begins, steps = self.begin(first_day), []
        while begins <= last_day:
            steps.append(begins)
            begins = self.after(begins)
        return tuple(steps)

    def after(self, begins_on: date) -> date:
        """The first day of the step after the one that begins on a day."""
        passed = begins_on.year * 12 + begins_on.month - 1 + self.months
        return date(passed // 12, passed % 12 + 1, 1)


class TypeCount(Message):
    """Incidents of one type; None: all the types that are not kept apart, and none known."""

    incident_type: IncidentType | None
    count: int


class StepOfTypes(Message):
    """One step of time, with a number for each type in the order of `ByType.types`."""

    begins_on: date
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All incidents of the step."""
        return sum(self.counts)


class ByType(Message):
    """Incidents by the day of their discovery, and by type, the most frequent first."""

    grain: Grain
    types: tuple[TypeCount, ...]
    steps: tuple[StepOfTypes, ...]


class StepOfTimes(Message):
    """How long it took in one step of time; four bands around the limit."""

    begins_on: date
    bands: tuple[int, int, int, int]
    """Within half of the limit, within the limit, up to twice the limit, longer."""

    @property
    def in_time(self) -> int:
        """How many kept the limit."""
        return self.bands[0] + self.bands[1]

    @property
    def total(self) -> int:
        """How many there were."""
        return sum(self.bands)


class Times(Message):
    """How long something took against its limit. Steps without anything are there too."""

    grain: Grain
    limit_hours: float
    steps: tuple[StepOfTimes, ...]

    @property
    def in_time(self) -> int:
        """How many kept the limit."""
        return sum(step.in_time for step in self.steps)

    @property
    def total(self) -> int:
        """How many there were."""
        return sum(step.total for step in self.steps)


class StageCount(Message):
    """Open cases of one stage, and how many of them are past a deadline."""

    stage: Stage
    open: int
    overdue: int


class AreaCount(Message):
    """Incidents of one Area; None where an older record does not say."""

    area: Code | None
    count: int


class Statistics(Message):
    """What was counted for two days in London and all between them; open cases as they stand."""

    first_day: date
    last_day: date
    taken_at: Utc
    by_type: ByType
    breaches: int
    not_reviewed: int
    to_ost: Times
    to_ico: Times
    stages: tuple[StageCount, ...]
    areas: tuple[AreaCount, ...]
    samples: SampleFigures = SampleFigures()
    """Sample checks made on these days."""
    example: bool = False
    """Whether an example that was imported is counted in it."""

    @property
    def incidents(self) -> int:
        """Breaches, near misses and reports that are not reviewed yet."""
        return sum(each.count for each in self.by_type.types)

    @property
    def open(self) -> int:
        """Open cases."""
        return sum(each.open for each in self.stages)

    @property
    def overdue(self) -> int:
        """Open cases past a deadline."""
        return sum(each.overdue for each in self.stages)


def usual_window(now: datetime) -> tuple[date, date]:
    """The twelve whole months before this one, and this one up to today in London."""
    today = london_day(now)
    return date(today.year - 1, today.month, 1), today
