"""The table of legal holds: what must not be removed whatever its age, and who said so."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from register.tables import Base, Instant

LONGEST_REASON = 1000


class HoldRow(Base):
    """One hold. A row is added, released once, and never deleted."""

    __tablename__ = "holds"
    __table_args__ = (
        Index(
            "ix_holds_in_force",
            "reference",
            unique=True,
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    reference: Mapped[str] = mapped_column(String(32))
    """Of a case, an imported incident or a referral."""
    placed_at: Mapped[datetime] = mapped_column(Instant)
    placed_by: Mapped[str] = mapped_column(String(255))
    """`os:` and the login name."""
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    released_at: Mapped[datetime | None] = mapped_column(Instant)
    released_by: Mapped[str | None] = mapped_column(String(255))
    release_reason: Mapped[str | None] = mapped_column(String(LONGEST_REASON))
