"""Events in a hash chain: those that are there are chained in the order they were recorded."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from register.hashing import (
    Kept,
    canonical,
    content_digest,
    event_hash,
    genesis,
    instant,
    new_salt,
)
from register.tables import Instant

revision = "0005"
down_revision = "0004"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CHAINS = ("events", "referral_events")
BATCH = 2000

_heads = sa.table("chain_heads", sa.column("name"), sa.column("position"), sa.column("hash"))


def upgrade() -> None:
    """Makes the change."""
    op.create_table(
        "chain_heads",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("position", SERIAL, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_chain_heads")),
    )
    protect = _protect_postgresql if _is_postgresql() else _protect_sqlite
    for chain in CHAINS:
        _rebuild(chain)
        protect(chain)


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _rebuild(chain: str) -> None:
    """Moves the events into a table whose key is their place in the chain."""
    before = f"{chain}_before"
    op.rename_table(chain, before)
    if _is_postgresql():  # where these names are the schema's, not the table's
        for name in (f"uq_{chain}_reference_number", f"pk_{chain}"):
            op.drop_constraint(name, before)
    op.create_table(
        chain,
        sa.Column("position", SERIAL, autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=True),
        sa.Column("details", sa.JSON(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f(f"pk_{chain}")),
        sa.UniqueConstraint("reference", "number", name=op.f(f"uq_{chain}_reference_number")),
    )
    position, last = _fill(chain, before)
    op.get_bind().execute(sa.insert(_heads).values(name=chain, position=position, hash=last))
    op.drop_table(before)


def _fill(chain: str, before: str) -> tuple[int, str]:
    """Chains the events of a table; the chain's newest position and hash."""
    db, table = op.get_bind(), _table(chain)
    position, previous, rows = 0, genesis(chain), []
    for old in _old_rows(before):
        position += 1
        rows.append(_chained(position, previous, old))
        previous = rows[-1]["hash"]
        if len(rows) == BATCH:
            db.execute(sa.insert(table), rows)
            rows = []
    if rows:
        db.execute(sa.insert(table), rows)
    return position, previous


def _chained(position: int, previous: str, old: Any) -> dict[str, Any]:
    salt, details = new_salt(), canonical(json.loads(old.details))
    kept = Kept(
        at=instant(old.at),
        digest=content_digest(salt, old.actor, details),
        kind=old.kind,
        number=old.number,
        position=position,
        recorded_at=instant(old.recorded_at),
        reference=old.reference,
    )
    content = {"actor": old.actor, "details": details, "salt": salt}
    instants = {"at": old.at, "recorded_at": old.recorded_at}
    return {**kept._asdict(), **instants, **content, "hash": event_hash(kept, previous)}


def _old_rows(before: str) -> Iterator[Any]:
    """By id, in batches: there may be more than fit into memory."""
    table = sa.table(
        before,
        sa.column("id"),
        sa.column("reference"),
        sa.column("number"),
        sa.column("kind"),
        sa.column("at", Instant()),
        sa.column("actor"),
        sa.column("recorded_at", Instant()),
        sa.column("details", sa.Text()),
    )
    details = sa.cast(table.c.details, sa.Text()).label("details")
    last = 0
    others = [column for column in table.c if column.name != "details"]
    while True:
        statement = sa.select(*others, details).where(table.c.id > last)
        rows = op.get_bind().execute(statement.order_by(table.c.id).limit(BATCH)).all()
        yield from rows
        if len(rows) < BATCH:
            return
        last = rows[-1].id


class _JsonText(sa.types.UserDefinedType[str]):
    """A text that is written into a JSON column as it is."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "JSON"


def _table(chain: str) -> Any:
    names = ["position", "reference", "number", "kind", "actor", "salt", "digest", "hash"]
    return sa.table(
        chain,
        *(sa.column(name) for name in names),
        sa.column("at", Instant()),
        sa.column("recorded_at", Instant()),
        sa.column("details", _JsonText()),
    )


KEPT = ("position", "reference", "number", "kind", "at", "recorded_at", "digest", "hash")
"""What of an event stays for ever; actor, details and salt may be removed, all three at once."""
NEVER_DELETED = "an event of the register is never deleted"
NEVER_CHANGED = "of an event of the register nothing changes; its content may be removed"


def _protect_sqlite(chain: str) -> None:
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in KEPT)
    op.execute(
        f"CREATE TRIGGER {chain}_never_deleted BEFORE DELETE ON {chain} "
        f"BEGIN SELECT RAISE(ABORT, '{NEVER_DELETED}'); END"
    )
    op.execute(
        f"CREATE TRIGGER {chain}_never_changed BEFORE UPDATE ON {chain} WHEN NOT ({same} "
        "AND NEW.actor IS NULL AND NEW.details IS NULL AND NEW.salt IS NULL) "
        f"BEGIN SELECT RAISE(ABORT, '{NEVER_CHANGED}'); END"
    )


def _protect_postgresql(chain: str) -> None:
    same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in KEPT)
    _trigger(chain, "never_deleted", "BEFORE DELETE ON {} FOR EACH ROW", NEVER_DELETED)
    _trigger(chain, "never_emptied", "BEFORE TRUNCATE ON {} FOR EACH STATEMENT", NEVER_DELETED)
    _trigger(
        chain,
        "never_changed",
        f"BEFORE UPDATE ON {{}} FOR EACH ROW WHEN (NOT ({same} "
        "AND NEW.actor IS NULL AND NEW.details IS NULL AND NEW.salt IS NULL))",
        NEVER_CHANGED,
    )


def _trigger(chain: str, name: str, when: str, message: str) -> None:
    op.execute(
        f"CREATE FUNCTION {chain}_{name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {chain}_{name} {when.format(chain)} EXECUTE FUNCTION {chain}_{name}()"
    )
