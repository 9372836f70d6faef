"""Steps about the report itself."""

from typing import Literal

from domain.data import Answer, DataSubject, DataType, PeopleBand, Recovered
from domain.message import Message, Utc
from domain.report import Report
from domain.steps.base import Written
from domain.taxonomy import Moment, Source


class ReportReceived(Message):
    """A report reached OST, and the case was opened."""

    kind: Literal["report"] = "report"
    report: Report
    source: Source


class Resumed(Message):
    """The case's workflow had been ended from outside, and goes on from the register."""

    kind: Literal["resumed"] = "resumed"
    stopped_at: Utc | None = None
    """Since when its clocks stood still; None where Temporal knows nothing of the case any more."""


class Withdrawal(Written):
    """The reporter took the report back before its review. It stays on record."""

    kind: Literal["withdrawal"] = "withdrawal"
    reason: str


class Correction(Written):
    """A moment of the case was put right; both clocks are reckoned anew, also backwards.

    The old value stays in the events before this one.
    """

    kind: Literal["correction"] = "correction"
    moment: Moment
    at: Utc
    reason: str


class FactsCompleted(Written):
    """What was not yet known is known now, or known better; what is left out stays as it is.

    It changes no decision. What was known before stays in the events.
    """

    kind: Literal["facts_completed"] = "facts_completed"
    people_affected: int | None = None
    people_band: PeopleBand | None = None
    """Roughly how many; like the number it takes the place of both, and may say not yet known."""
    occurred_at: Utc | None = None
    occurred_until: Utc | None = None
    casework: Answer | None = None
    data_types: tuple[DataType, ...] = ()
    data_subjects: tuple[DataSubject, ...] = ()
    recovered: Recovered | None = None
    retained_in_cjs: Answer | None = None
    live_proceedings: Answer | None = None
    physical_safety: Answer | None = None
    reason: str
    """What was found out, and how."""
