"""The tables of the register."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Constraint names that are the same in every database, so that migrations can name them."""


class Instant(TypeDecorator[datetime]):
    """A UTC instant; SQLite has no time zones, so it is kept there without one and given back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,
    ) -> datetime | None:
        """Refuses a naive time, which names no instant."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone can't be recorded")
        return value.astimezone(UTC) if value else None

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,
    ) -> datetime | None:
        """Gives back UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The register's tables."""

    metadata = MetaData(naming_convention=NAMES)


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


class EventRow(Base):
    """One step of a case. Rows are only ever added."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("reference", "number"),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    reference: Mapped[str] = mapped_column(String(32))
    """Of the case, or of the incident that was imported."""
    number: Mapped[int] = mapped_column(Integer)
    """Counts the steps of one case from 1; with the reference, the event's idempotency key."""
    kind: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Instant)
    """By the clock of the case's workflow."""
    actor: Mapped[str | None] = mapped_column(String(32))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class AbsenceRow(Base):
    """The days on which a person is away; one row a person, deleted once it is over."""

    __tablename__ = "absences"

    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Slack member ID."""
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    """Days in London, both included."""
