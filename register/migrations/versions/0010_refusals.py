"""The record of refusals; one goes only with what it is about."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Makes the change."""
    op.create_table(
        "refusals",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("tried", sa.String(length=64), nullable=False),
        sa.Column("bar", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusals")),
    )
    op.create_index("ix_refusals_at", "refusals", ["at"])
    op.create_index("ix_refusals_reference", "refusals", ["reference"])
    protect = _PROTECT_POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _PROTECT_SQLITE
    for statement in protect:
        op.execute(statement)


_CHANGED = "a refusal that was recorded is never changed"
_DELETED = "a refusal goes only with the case or referral that it is about"
_IS_THERE = (
    "EXISTS (SELECT 1 FROM cases WHERE reference = OLD.reference AND removed_at IS NULL) "
    "OR EXISTS (SELECT 1 FROM referrals WHERE reference = OLD.reference)"
)
_PROTECT_SQLITE = (
    "CREATE TRIGGER refusals_never_changed BEFORE UPDATE ON refusals "
    f"BEGIN SELECT RAISE(ABORT, '{_CHANGED}'); END",
    f"CREATE TRIGGER refusals_kept BEFORE DELETE ON refusals WHEN {_IS_THERE} "
    f"BEGIN SELECT RAISE(ABORT, '{_DELETED}'); END",
)
_PROTECT_POSTGRESQL = (
    "CREATE FUNCTION refusals_never_changed() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_CHANGED}'; END $$",
    "CREATE TRIGGER refusals_never_changed BEFORE UPDATE ON refusals "
    "FOR EACH ROW EXECUTE FUNCTION refusals_never_changed()",
    "CREATE TRIGGER refusals_never_emptied BEFORE TRUNCATE ON refusals "
    "FOR EACH STATEMENT EXECUTE FUNCTION refusals_never_changed()",
    "CREATE FUNCTION refusals_kept() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF {_IS_THERE} THEN RAISE EXCEPTION '{_DELETED}'; END IF; RETURN OLD; END $$",
    "CREATE TRIGGER refusals_kept BEFORE DELETE ON refusals "
    "FOR EACH ROW EXECUTE FUNCTION refusals_kept()",
)
