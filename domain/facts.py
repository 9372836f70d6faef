"""The facts of a breach as they stand: what was reported, and what was found out since."""

from datetime import datetime
from typing import Self

from domain.circumstances import Circumstances
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
        people, occurred = step.people_affected, step.occurred_at
        return Facts(
            people_affected=self.people_affected if people is None else people,
            occurred_at=occurred or self.occurred_at,
            circumstances=self.circumstances.model_copy(update=found),
        )
