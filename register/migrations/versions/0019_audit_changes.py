"""Audits can be corrected, and withdrawn; what they said before is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Makes the change."""
    number = sa.Column("changes", sa.Integer(), server_default="0", nullable=False)
    op.add_column("audits", number)
    op.add_column(
        "audits", sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column(
        "recommendations",
        sa.Column("audit_changes", sa.Integer(), server_default="0", nullable=False),
    )
    op.create_table(
        "audit_changes",
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("submission", sa.String(length=255), nullable=False),
        sa.Column("replaced", sa.String(length=255), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("withdraws", sa.Boolean(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("reference", "number", name=op.f("pk_audit_changes")),
        sa.UniqueConstraint("submission", name=op.f("uq_audit_changes_submission")),
        sa.ForeignKeyConstraint(
            ["reference"], ["audits.reference"], name=op.f("fk_audit_changes_reference")
        ),
    )
    op.create_index("ix_audit_changes_replaced", "audit_changes", ["replaced"])
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _PROTECT_POSTGRESQL if postgresql else _PROTECT_SQLITE:
        op.execute(statement)


_KEPT = "what was corrected in an audit is never changed or deleted"
_PROTECT_SQLITE = tuple(
    f"CREATE TRIGGER audit_changes_never_{word} BEFORE {event} ON audit_changes "
    f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
    for word, event in (("changed", "UPDATE"), ("deleted", "DELETE"))
)
_PROTECT_POSTGRESQL = (
    "CREATE FUNCTION audit_changes_kept() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_KEPT}'; END $$",
    "CREATE TRIGGER audit_changes_never_changed BEFORE UPDATE OR DELETE ON audit_changes "
    "FOR EACH ROW EXECUTE FUNCTION audit_changes_kept()",
    "CREATE TRIGGER audit_changes_never_emptied BEFORE TRUNCATE ON audit_changes "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_changes_kept()",
)
