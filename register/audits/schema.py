"""The tables of audits, their recommendations, and what happened to each of these."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Integer, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from register.tables import Base, Instant

LONGEST_NAME = 48
"""Of a recommendation: an audit's reference, and its number in it."""


class AuditRow(Base):
    """One audit or review. Its `example` data stands in no figure beside real ones."""

    __tablename__ = "audits"
    __table_args__ = (UniqueConstraint("body", "subject", "reported_on", "example"),)

    reference: Mapped[str] = mapped_column(String(32), primary_key=True)
    submission: Mapped[str] = mapped_column(String(255), unique=True)
    """The submission's own id: the same one always gets the same reference."""
    body: Mapped[str] = mapped_column(String(150))
    subject: Mapped[str] = mapped_column(String(150))
    reported_on: Mapped[date] = mapped_column(Date, index=True)
    report_reference: Mapped[str] = mapped_column(String(150))
    follow_up_of: Mapped[str | None] = mapped_column(ForeignKey("audits.reference"), index=True)
    example: Mapped[bool] = mapped_column(Boolean)
    entered_by: Mapped[str] = mapped_column(String(255))
    """Slack member ID, or `os:` and the login name of whoever gave a file."""
    entered_at: Mapped[datetime] = mapped_column(Instant)
    changes: Mapped[int] = mapped_column(Integer, server_default="0")
    """How often it was corrected, as `audit_changes` has it."""
    withdrawn: Mapped[bool] = mapped_column(Boolean, server_default=false())


class RecommendationRow(Base):
    """One recommendation: its state after its last event."""

    __tablename__ = "recommendations"
    __table_args__ = (UniqueConstraint("audit", "number"),)

    name: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    """`AU-2022-0001-3`, as its workflow is called."""
    audit: Mapped[str] = mapped_column(ForeignKey("audits.reference"))
    number: Mapped[int] = mapped_column(Integer)
    priority: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16), index=True)
    owner: Mapped[str | None] = mapped_column(String(32))
    target_on: Mapped[date | None] = mapped_column(Date)
    addressed_on: Mapped[date | None] = mapped_column(Date)
    example: Mapped[bool] = mapped_column(Boolean)
    audit_changes: Mapped[int] = mapped_column(Integer, server_default="0")
    """How many of its audit's changes the state below has taken in."""
    events: Mapped[int] = mapped_column(Integer)
    """How many events the state below has taken in."""
    state: Mapped[dict[str, Any]] = mapped_column(JSON)


class RecommendationEventRow(Base):
    """One step of a recommendation. Rows are only added; those of an example may go."""

    __tablename__ = "recommendation_events"

    name: Mapped[str] = mapped_column(ForeignKey("recommendations.name"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str | None] = mapped_column(String(255))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class AuditChangeRow(Base):
    """A correction of an audit, or its withdrawal, with what it said before. Only ever added."""

    __tablename__ = "audit_changes"

    reference: Mapped[str] = mapped_column(ForeignKey("audits.reference"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    submission: Mapped[str] = mapped_column(String(255), unique=True)
    """Of the change: the same one counts once."""
    replaced: Mapped[str] = mapped_column(String(255), index=True)
    """The submission of the audit until then: a file that is out of date is told from a new one."""
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(255))
    withdraws: Mapped[bool] = mapped_column(Boolean)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
