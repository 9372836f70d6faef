"""The tables of training. Example data stands beside real data, under keys of its own."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, String, false
from sqlalchemy.orm import Mapped, mapped_column

from register.tables import Base, Instant


class LearnerRow(Base):
    """Somebody of whom the learning system knows."""

    __tablename__ = "learners"

    person: Mapped[str] = mapped_column(String(254), primary_key=True)
    """E-mail address in small letters, or Slack member ID, as the learning system has it."""
    example: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    area: Mapped[str] = mapped_column(String(64))
    """As the last file had it."""
    member_id: Mapped[str | None] = mapped_column(String(32), index=True)
    """Who that is in Slack, as last looked up; None where Slack knows nobody."""
    looked_up: Mapped[bool] = mapped_column(Boolean, server_default=false())
    """Whether Slack was asked, and actions were completed, since a file had them last."""
    seen_on: Mapped[date | None] = mapped_column(Date)
    """The last day (in London) on which a file had them."""


class ExpectedRow(Base):
    """That somebody is expected to take a course."""

    __tablename__ = "training_expected"

    person: Mapped[str] = mapped_column(String(254), primary_key=True)
    course: Mapped[str] = mapped_column(String(40), primary_key=True)
    example: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    """The first day on which it was expected no longer."""


class CompletionRow(Base):
    """That somebody completed a course on a day (in London); once, however often it is imported."""

    __tablename__ = "training_completions"

    person: Mapped[str] = mapped_column(String(254), primary_key=True)
    course: Mapped[str] = mapped_column(String(40), primary_key=True)
    completed_on: Mapped[date] = mapped_column(Date, primary_key=True)
    example: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    area: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime] = mapped_column(Instant)


class ReminderRow(Base):
    """That somebody was reminded of a course in a week."""

    __tablename__ = "training_reminders"

    member_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    course: Mapped[str] = mapped_column(String(40), primary_key=True)
    week: Mapped[date] = mapped_column(Date, primary_key=True)
    """Its Monday."""
