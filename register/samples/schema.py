"""The tables of sample checks: numbers of files, and nothing of a single one."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Index, Integer, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from register.tables import Base, Instant

NUMBER = BigInteger().with_variant(Integer, "sqlite")


class SampleCheckRow(Base):
    """One check. A row is never changed, but for when another one took its place."""

    __tablename__ = "sample_checks"
    __table_args__ = (
        Index(
            "ix_sample_checks_one",
            *("area", "files_from", "files_to", "checked_on", "example"),
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(NUMBER, primary_key=True, autoincrement=True)
    area: Mapped[str] = mapped_column(String(64))
    files_from: Mapped[date] = mapped_column(Date)
    files_to: Mapped[date] = mapped_column(Date)
    checked_on: Mapped[date] = mapped_column(Date, index=True)
    files: Mapped[int] = mapped_column(Integer)
    with_failure: Mapped[int] = mapped_column(Integer)
    caught: Mapped[int] = mapped_column(Integer)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[str] = mapped_column(String(255))
    """Slack member ID, or `os:` and the login name of whoever typed a command."""
    example: Mapped[bool] = mapped_column(Boolean, server_default=false())
    """Made up: counted in no figure beside real ones, and may be removed."""
    replaced_at: Mapped[datetime | None] = mapped_column(Instant)
    """When a corrected record of the same check took its place; such a row counts nowhere."""


class SampleFindingRow(Base):
    """In how many files of a check a failure stood in such a document, at such a place."""

    __tablename__ = "sample_findings"

    check_id: Mapped[int] = mapped_column(NUMBER, ForeignKey("sample_checks.id"), primary_key=True)
    document_type: Mapped[str] = mapped_column(String(64), primary_key=True)
    place: Mapped[str] = mapped_column(String(64), primary_key=True)
    files: Mapped[int] = mapped_column(Integer)
