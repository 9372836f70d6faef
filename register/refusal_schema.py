"""The table of refusals: who tried what they have no right to, and was refused."""

from datetime import datetime

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from register.tables import Base, Instant


class RefusalRow(Base):
    """One refusal, or several of the same kind within a minute. Rows are only ever added."""

    __tablename__ = "refusals"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    """When; of several, the first."""
    until: Mapped[datetime] = mapped_column(Instant)
    """The last of several."""
    times: Mapped[int] = mapped_column(Integer)
    person: Mapped[str] = mapped_column(String(32))
    """Slack member ID."""
    tried: Mapped[str] = mapped_column(String(64))
    """The kind of the step, or our own word for what was asked; nothing that was typed."""
    bar: Mapped[str] = mapped_column(String(32))
    """Why not, as `domain.refusal.Bar` has it."""
    reference: Mapped[str | None] = mapped_column(String(32), index=True)
    """The case or referral; None where none was named, or one that does not exist."""
