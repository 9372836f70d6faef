"""The table of incidents as they are counted; every row follows from a case or from an import."""

from datetime import date

from sqlalchemy import JSON, Boolean, Date, Float, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from register.tables import Base

_COLUMNS = ("area", "incident_type", "stage", "classification", "origin", "drill")
_SEARCHED = [
    (name, *(other for other in _COLUMNS if other != name)) for name in _COLUMNS if name != "drill"
]
"""What searches ask for, each with what else it may be asked for with."""

_LIMITS = ("origin", "force", "offence", "area", "incident_type", "casework", "category")
"""What figures are limited to and split by: in an index, counting reads nothing but the index."""
_RESOLVED = ("caught_before_disclosure", "stage", "communication", "actions", "actions_done")
_CHARTED = (
    *("classification", "stage", "incident_type", "area"),
    *("ost_late", "hours_to_ost", "ico_late", "hours_to_ico"),
)


class IncidentRow(Base):
    """One incident: the fields of `domain.incident.Incident`, codes as they are stored."""

    __tablename__ = "incidents"
    __table_args__ = (
        *(
            Index(f"ix_incidents_{name}_newest", name, "discovered_on", "reference", *others)
            for name, *others in _SEARCHED
        ),
        Index(
            "ix_incidents_counted",
            *("drill", "classification", "discovered_on"),
            *(*_LIMITS, *_RESOLVED, "ico_notified_on"),
        ),
        Index(
            "ix_incidents_told",
            *("drill", "classification", "ico_notified_on", "ico_late"),
            *_LIMITS,
        ),
        Index(
            "ix_incidents_decided",
            *("drill", "notify", "ico_decided_on", "classification"),
            *_LIMITS,
        ),
        Index("ix_incidents_charted", "discovered_on", "drill", *_CHARTED),
        Index("ix_incidents_reported", "reported_on", "drill", "stage", "ost_late"),
        Index("ix_incidents_notified", "ico_notified_on", "drill", "stage", "ico_late"),
        Index("ix_incidents_closed", "closed_on", "drill", "stage"),
    )

    reference: Mapped[str] = mapped_column(String(32), primary_key=True)
    origin: Mapped[str] = mapped_column(String(16))
    drill: Mapped[bool] = mapped_column(Boolean)
    imported_as: Mapped[str | None] = mapped_column(String(255), unique=True)
    area: Mapped[str | None] = mapped_column(String(64))
    incident_type: Mapped[str | None] = mapped_column(String(64))
    stage: Mapped[str] = mapped_column(String(32))
    classification: Mapped[str | None] = mapped_column(String(32))
    discovered_on: Mapped[date] = mapped_column(Date, index=True)
    occurred_on: Mapped[date | None] = mapped_column(Date)
    reported_on: Mapped[date | None] = mapped_column(Date)
    ico_decided_on: Mapped[date | None] = mapped_column(Date)
    notify: Mapped[bool | None] = mapped_column(Boolean)
    ico_notified_on: Mapped[date | None] = mapped_column(Date, index=True)
    closed_on: Mapped[date | None] = mapped_column(Date)
    hours_to_ost: Mapped[float | None] = mapped_column(Float)
    hours_to_ico: Mapped[float | None] = mapped_column(Float)
    ost_late: Mapped[bool | None] = mapped_column(Boolean)
    ico_late: Mapped[bool | None] = mapped_column(Boolean)
    ico_outcome: Mapped[str | None] = mapped_column(String(32))
    people: Mapped[int | None] = mapped_column(Integer)
    people_band: Mapped[str] = mapped_column(String(32))
    casework: Mapped[str] = mapped_column(String(16))
    force: Mapped[str | None] = mapped_column(String(64))
    offence: Mapped[str | None] = mapped_column(String(64))
    document_type: Mapped[str | None] = mapped_column(String(64))
    document_place: Mapped[str | None] = mapped_column(String(64))
    caught_before_disclosure: Mapped[str | None] = mapped_column(String(16))
    data_types: Mapped[list[str]] = mapped_column(JSON)
    data_subjects: Mapped[list[str]] = mapped_column(JSON)
    recovered: Mapped[str] = mapped_column(String(16))
    retained_in_cjs: Mapped[str] = mapped_column(String(16))
    category: Mapped[str | None] = mapped_column(String(8))
    severity: Mapped[str | None] = mapped_column(String(16))
    regime: Mapped[str | None] = mapped_column(String(32))
    communication: Mapped[str | None] = mapped_column(String(16))
    actions: Mapped[int] = mapped_column(Integer)
    actions_done: Mapped[int] = mapped_column(Integer)
    removed_on: Mapped[date | None] = mapped_column(Date)
    """When retention removed all but this row."""
