"""Sample checks of case files; what was made up may go, and nothing else does."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Makes the change."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "sample_checks",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("files_from", sa.Date(), nullable=False),
        sa.Column("files_to", sa.Date(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("with_failure", sa.Integer(), nullable=False),
        sa.Column("caught", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=255), nullable=False),
        sa.Column("example", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_checks")),
    )
    op.create_index("ix_sample_checks_checked_on", "sample_checks", ["checked_on"])
    standing = sa.text("replaced_at IS NULL")
    op.create_index(
        "ix_sample_checks_one",
        "sample_checks",
        ["area", "files_from", "files_to", "checked_on", "example"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_table(
        "sample_findings",
        sa.Column("check_id", number, nullable=False),
        sa.Column("document_type", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"], ["sample_checks.id"], name=op.f("fk_sample_findings_check_id")
        ),
        sa.PrimaryKeyConstraint(
            "check_id", "document_type", "place", name=op.f("pk_sample_findings")
        ),
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _PROTECT_POSTGRESQL if postgresql else _PROTECT_SQLITE:
        op.execute(statement)


_MESSAGE = "a sample check that was recorded is never changed or deleted"
_KEPT = (
    *("id", "area", "files_from", "files_to", "checked_on", "files", "with_failure", "caught"),
    *("recorded_at", "recorded_by", "example"),
)


def _only_its_place(same: str) -> str:
    """Only another record of the same check takes its place."""
    kept = " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in _KEPT)
    return f"(OLD.replaced_at IS NOT NULL OR NOT ({kept}))"


_IS_REAL = "EXISTS (SELECT 1 FROM sample_checks WHERE id = OLD.check_id AND NOT example)"
_PROTECT_SQLITE = (
    "CREATE TRIGGER sample_checks_never_changed BEFORE UPDATE ON sample_checks "
    f"WHEN {_only_its_place('IS')} BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
    "CREATE TRIGGER sample_checks_never_deleted BEFORE DELETE ON sample_checks "
    f"WHEN NOT OLD.example BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
    "CREATE TRIGGER sample_findings_never_changed BEFORE UPDATE ON sample_findings "
    f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
    "CREATE TRIGGER sample_findings_never_deleted BEFORE DELETE ON sample_findings "
    f"WHEN {_IS_REAL} BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
)
_PROTECT_POSTGRESQL = (
    "CREATE FUNCTION sample_checks_kept() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$",
    "CREATE TRIGGER sample_checks_never_changed BEFORE UPDATE ON sample_checks FOR EACH ROW "
    f"WHEN {_only_its_place('IS NOT DISTINCT FROM')} EXECUTE FUNCTION sample_checks_kept()",
    "CREATE TRIGGER sample_checks_never_deleted BEFORE DELETE ON sample_checks FOR EACH ROW "
    "WHEN (NOT OLD.example) EXECUTE FUNCTION sample_checks_kept()",
    "CREATE TRIGGER sample_findings_never_changed BEFORE UPDATE ON sample_findings "
    "FOR EACH ROW EXECUTE FUNCTION sample_checks_kept()",
    "CREATE FUNCTION sample_findings_kept() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF {_IS_REAL} THEN RAISE EXCEPTION '{_MESSAGE}'; END IF; RETURN OLD; END $$",
    "CREATE TRIGGER sample_findings_never_deleted BEFORE DELETE ON sample_findings "
    "FOR EACH ROW EXECUTE FUNCTION sample_findings_kept()",
    *(
        f"CREATE TRIGGER {name}_never_emptied BEFORE TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION sample_checks_kept()"
        for name in ("sample_checks", "sample_findings")
    ),
)
