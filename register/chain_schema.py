"""The columns of events that are chained by their hashes, and the heads of the chains."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from register.hashing import canonical
from register.tables import Base, Instant

POSITION = BigInteger().with_variant(Integer, "sqlite")
LONGEST_ACTOR = 32
HEX = 64
"""Digits of a SHA-256."""


class CanonicalJson(UserDefinedType[dict[str, Any]]):
    """JSON kept as its canonical text: a digest is checked against the text as it stands there."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The databases' own type; PostgreSQL's `json`, unlike `jsonb`, keeps a text as it is."""
        return "JSON"

    def bind_processor(
        self, dialect: Dialect
    ) -> Callable[[dict[str, Any] | str | None], str | None]:
        """Writes the canonical text; a text is one already."""
        return lambda value: canonical(value) if isinstance(value, dict) else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Reads it; PostgreSQL's driver has done so already."""
        return lambda value: json.loads(value) if isinstance(value, str) else value


class ChainedEvent:
    """One event in a chain. Rows are only ever added; of old ones the content may be removed.

    The hash covers the digest in place of actor, details and salt, so that these three may become
    NULL and the chain still holds. Triggers and, in PostgreSQL, grants refuse every other change.
    """

    __tablename__: str

    position: Mapped[int] = mapped_column(POSITION, primary_key=True, autoincrement=False)
    """Counts all events of the chain from 1, without a gap."""
    reference: Mapped[str] = mapped_column(String(32))
    """Of the case, of the incident that was imported, or of the referral."""
    number: Mapped[int] = mapped_column(Integer)
    """Counts the events of one case or referral from 1; with the reference, the event's key."""
    kind: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Instant)
    """By the clock of the workflow."""
    actor: Mapped[str | None] = mapped_column(String(LONGEST_ACTOR))
    details: Mapped[dict[str, Any] | None] = mapped_column(CanonicalJson)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    salt: Mapped[str | None] = mapped_column(String(HEX))
    digest: Mapped[str] = mapped_column(String(HEX))
    hash: Mapped[str] = mapped_column(String(HEX))


class ChainHeadRow(Base):
    """The newest event of a chain: writers lock it, so that the chain is one line."""

    __tablename__ = "chain_heads"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    """The table of the chain's events."""
    position: Mapped[int] = mapped_column(POSITION)
    """0 while there is none."""
    hash: Mapped[str] = mapped_column(String(HEX))
