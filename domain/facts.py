"""The facts of a breach as they stand: what was reported, and what was found out since."""

from datetime import datetime
from typing import Self

from domain.circumstances import Circumstances
from domain.data import PeopleBand, lies_within, most
from domain.message import Message, Utc
from domain.report import Report
from domain.steps import FactsCompleted

_CIRCUMSTANCES = (
    "occurred_until",
    "casework",
    "data_types",
    "data_subjects",
    "recovered",
    "retained_in_cjs",
    "live_proceedings",
    "physical_safety",
)


class Facts(Message):
    """What is known of a breach."""

    people_affected: int | None = None
    """The most that may be affected; None: not yet known."""
    occurred_at: Utc | None = None
    circumstances: Circumstances = Circumstances()

    @property
    def range(self) -> tuple[datetime, datetime] | None:
        """The first and the last moment at which it may have happened; None for an instant."""
        begun, until = self.occurred_at, self.circumstances.occurred_until
        return (begun, until) if begun and until and until > begun else None

    @property
    def most_affected(self) -> int | None:
        """The most that may be affected, by the number or by the range; None: no limit is known."""
        if self.people_affected is not None:
            return self.people_affected
        return most(self.circumstances.people_band)

    @classmethod
    def of(cls, report: Report) -> Self:
        """The facts as they were reported."""
        return cls(
            people_affected=report.people_affected,
            occurred_at=report.occurred_at,
            circumstances=report.circumstances,
        )

    def completed(self, step: FactsCompleted) -> "Facts":
        """The facts with what the step says; what it leaves out stays."""
        found = {name: value for name in _CIRCUMSTANCES if (value := getattr(step, name))}
        people, roughly = self._people(step)
        return Facts(
            people_affected=people,
            occurred_at=step.occurred_at or self.occurred_at,
            circumstances=self.circumstances.model_copy(update={**found, "people_band": roughly}),
        )

    def _people(self, step: FactsCompleted) -> tuple[int | None, PeopleBand | None]:
        """How many, and roughly how many: one answer, so that the newer takes the older's place."""
        number, roughly = step.people_affected, step.people_band
        if number is not None:
            known = roughly or self.circumstances.people_band
            return number, known if known and lies_within(number, known) else None
        if roughly is not None:
            return None, None if roughly is PeopleBand.UNKNOWN else roughly
        return self.people_affected, self.circumstances.people_band
