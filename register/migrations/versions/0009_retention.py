"""Legal holds, and when a case was removed by retention."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Makes the change."""
    op.create_table(
        "holds",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_by", sa.String(length=255), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.String(length=255), nullable=True),
        sa.Column("release_reason", sa.String(length=1000), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    in_force = sa.text("released_at IS NULL")
    op.create_index(
        "ix_holds_in_force",
        "holds",
        ["reference"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )
    op.add_column("cases", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("incidents", sa.Column("removed_on", sa.Date(), nullable=True))
    protect = _PROTECT_POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _PROTECT_SQLITE
    for statement in protect:
        op.execute(statement)


_MESSAGE = "a hold is released once, and otherwise never changed or deleted"
_KEPT = ("id", "reference", "placed_at", "placed_by", "reason")
_PROTECT_SQLITE = (
    "CREATE TRIGGER holds_never_deleted BEFORE DELETE ON holds "
    f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
    "CREATE TRIGGER holds_released_once BEFORE UPDATE ON holds WHEN NOT (OLD.released_at IS NULL "
    + "".join(f"AND NEW.{name} IS OLD.{name} " for name in _KEPT)
    + f") BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
)
_PROTECT_POSTGRESQL = (
    "CREATE FUNCTION holds_only_released() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$",
    "CREATE TRIGGER holds_never_deleted BEFORE DELETE ON holds "
    "FOR EACH ROW EXECUTE FUNCTION holds_only_released()",
    "CREATE TRIGGER holds_never_emptied BEFORE TRUNCATE ON holds "
    "FOR EACH STATEMENT EXECUTE FUNCTION holds_only_released()",
    "CREATE TRIGGER holds_released_once BEFORE UPDATE ON holds FOR EACH ROW "
    "WHEN (NOT (OLD.released_at IS NULL "
    + "".join(f"AND NEW.{name} IS NOT DISTINCT FROM OLD.{name} " for name in _KEPT)
    + ")) EXECUTE FUNCTION holds_only_released()",
)
