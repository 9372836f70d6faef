"""The restricted tables: referral choices, and what HR makes of referrals.

Apart from the tables of cases, and never joined to them, so that a database can grant them to other
people. `referral_counts` alone outlives a referral: counts need no name.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from register.chain_schema import ChainedEvent
from register.tables import Base, Instant

_SERIAL = BigInteger().with_variant(Integer, "sqlite")


class ChoiceRow(Base):
    """What was written with a referral choice; its case knows the reference alone."""

    __tablename__ = "referral_choices"

    reference: Mapped[str] = mapped_column(String(32), primary_key=True)
    submission: Mapped[str] = mapped_column(String(255), unique=True)
    """The submission's own id: the same one always gets the same reference."""
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    kept_at: Mapped[datetime] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the case took it; None for one that it has not, or not yet."""


class ReferralRow(Base):
    """One referral: its state after its last event."""

    __tablename__ = "referrals"

    reference: Mapped[str] = mapped_column(String(32), primary_key=True)
    review_due: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    events: Mapped[int] = mapped_column(Integer)
    """How many events the state below has taken in."""
    state: Mapped[dict[str, Any]] = mapped_column(JSON)


class ReferralEventRow(ChainedEvent, Base):
    """One step of a referral."""

    __tablename__ = "referral_events"
    __table_args__ = (UniqueConstraint("reference", "number"),)


class ReferralCountRow(Base):
    """What counts are made of: an outcome bucket, and the days by which a referral has its year.

    HR deletes referrals by its own retention; then the reference here is dropped and the row stays.
    """

    __tablename__ = "referral_counts"

    id: Mapped[int] = mapped_column(_SERIAL, primary_key=True, autoincrement=True)
    reference: Mapped[str | None] = mapped_column(String(32), unique=True)
    incident_on: Mapped[date] = mapped_column(Date)
    referred_on: Mapped[date] = mapped_column(Date)
    outcome: Mapped[str] = mapped_column(String(32))
    outcome_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    drill: Mapped[bool] = mapped_column(Boolean)
