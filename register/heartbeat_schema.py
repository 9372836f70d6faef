"""The table of programs that were alive lately."""

from datetime import datetime

from sqlalchemy import Boolean, String
from sqlalchemy.orm import Mapped, mapped_column

from register.tables import Base, Instant


class HeartbeatRow(Base):
    """One process of a program, as it said last."""

    __tablename__ = "heartbeats"

    program: Mapped[str] = mapped_column(String(32), primary_key=True)
    process: Mapped[str] = mapped_column(String(255), primary_key=True)
    """Its machine or container, and its number there."""
    at: Mapped[datetime] = mapped_column(Instant)
    key_missing: Mapped[bool] = mapped_column(Boolean)
    """Whether something in Temporal was encrypted with a key that it does not have."""
