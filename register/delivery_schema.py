"""The tables of what people are told: what is to be announced, what was delivered, and how."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from register.tables import Base, Instant

LONGEST_BECAUSE = 1000


class AnnouncementRow(Base):
    """A recorded step that Slack has not shown yet; the row goes once it has."""

    __tablename__ = "announcements"

    reference: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    """Of the event."""
    kind: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    """When the step was taken, by the clock of its case."""
    attempts: Mapped[int] = mapped_column(Integer)
    """How often e-mail was tried."""
    tried_at: Mapped[datetime | None] = mapped_column(Instant)
    mailed_at: Mapped[datetime | None] = mapped_column(Instant)
    """When everybody who can be reached by e-mail had been."""


class DeliveryRow(Base):
    """One message of a case that a route took. Rows are only ever added."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_step", "reference", "number"),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    reference: Mapped[str] = mapped_column(String(32))
    number: Mapped[int] = mapped_column(Integer)
    """Of the event that the message is about."""
    recipient: Mapped[str] = mapped_column(String(32))
    """A role, `ost` and `dpo` also for their channels, or a Slack member ID."""
    route: Mapped[str] = mapped_column(String(32))
    """`channel`, `second_channel`, `lead`, `direct_message` or `email`."""
    attempt: Mapped[int] = mapped_column(Integer)
    """Which try it was, of Slack or of e-mail."""
    at: Mapped[datetime] = mapped_column(Instant)


class RouteChoiceRow(Base):
    """An operator's word on whether Slack may be used. The last row holds; none is ever changed."""

    __tablename__ = "route_choices"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(255))
    """`os:` and the login name."""
    mail_only: Mapped[bool] = mapped_column(Boolean)
    because: Mapped[str] = mapped_column(String(LONGEST_BECAUSE))
