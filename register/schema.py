"""The tables of the register."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Index, Integer, String, UniqueConstraint, or_, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.taxonomy import Stage
from register.chain_schema import ChainedEvent
from register.tables import Base, Instant

OVER = (Stage.CLOSED.value, Stage.WITHDRAWN.value, Stage.DUPLICATE.value)
"""The stages in which nobody waits for anything."""


class ReferenceCounter(Base):
    """The last number given out in each series and year."""

    __tablename__ = "reference_counters"

    series: Mapped[str] = mapped_column(String(16), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


class CaseRow(Base):
    """One case: how it was opened, and its state after its last event."""

    __tablename__ = "cases"

    reference: Mapped[str] = mapped_column(String(32), primary_key=True)
    submission: Mapped[str] = mapped_column(String(255), unique=True)
    """The submission's own id: the same one always gets the same reference."""
    opening: Mapped[dict[str, Any]] = mapped_column(JSON)
    reserved_at: Mapped[datetime] = mapped_column(Instant)
    started_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    """When its workflow was known to run; None for a submission that was never acknowledged."""
    drill: Mapped[bool] = mapped_column(Boolean)
    area: Mapped[str] = mapped_column(String(64), index=True)
    incident_type: Mapped[str] = mapped_column(String(64))
    discovered_at: Mapped[datetime] = mapped_column(Instant)
    reported_at: Mapped[datetime] = mapped_column(Instant)
    ost_due: Mapped[datetime] = mapped_column(Instant)
    ico_due: Mapped[datetime] = mapped_column(Instant)
    stage: Mapped[str] = mapped_column(String(32), index=True)
    severity: Mapped[str | None] = mapped_column(String(16))
    reporter: Mapped[str | None] = mapped_column(String(32), index=True)
    """Slack member ID."""
    next_due: Mapped[datetime | None] = mapped_column(Instant, index=True)
    """The earliest deadline that the case still has."""
    events: Mapped[int] = mapped_column(Integer)
    """How many events the state below has taken in."""
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    """When its content was removed by retention: opening and state are empty then."""


ACKNOWLEDGED = or_(CaseRow.started_at.is_not(None), CaseRow.events > 0)
"""Somebody may have been shown the reference. A listener may die before it notes the start; then
the first event shows it."""


class EventRow(ChainedEvent, Base):
    """One step of a case."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("reference", "number"),
        Index(
            "ix_events_actions_done",
            "at",
            sqlite_where=text("kind = 'action_completed'"),
            postgresql_where=text("kind = 'action_completed'"),
        ),
    )


class AbsenceRow(Base):
    """The days on which a person is away; one row a person, deleted once it is over."""

    __tablename__ = "absences"

    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Slack member ID."""
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    """Days in London, both included."""
