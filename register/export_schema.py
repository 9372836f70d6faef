"""The table of exports: what answers left the register, for whom, and what exactly they said."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from register.tables import Base, Instant


class ExportRow(Base):
    """One answer that was given. Rows are only ever added."""

    __tablename__ = "exports"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(255))
    """Slack member ID, or `os:` and the login name of whoever typed a command."""
    report: Mapped[str] = mapped_column(String(64))
    """Which answer: `foi discipline`, `annual`, `ico-pack`."""
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What it was asked for; codes, dates and numbers, and nothing that is personal data."""
    format: Mapped[str] = mapped_column(String(16))
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the bytes that left: proves later which file it was."""
