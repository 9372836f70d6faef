"""What is still to be announced, what was delivered by which route, whether Slack may be used."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Makes the change."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "announcements",
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("reference", "number", name=op.f("pk_announcements")),
    )
    op.create_index("ix_announcements_at", "announcements", ["at"])
    op.create_table(
        "deliveries",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=32), nullable=False),
        sa.Column("route", sa.String(length=32), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index("ix_deliveries_step", "deliveries", ["reference", "number"])
    op.create_table(
        "route_choices",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("mail_only", sa.Boolean(), nullable=False),
        sa.Column("because", sa.String(length=1000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_choices")),
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _PROTECT_POSTGRESQL if postgresql else _PROTECT_SQLITE:
        op.execute(statement)


_MESSAGE = "what was delivered, or said of the routes, is never changed or deleted"
_KEPT = ("id", "reference", "number", "route", "attempt", "at")


def _only_the_recipient(same: str) -> str:
    """Only that may go, when the case's retention is over."""
    kept = "".join(f"AND NEW.{name} {same} OLD.{name} " for name in _KEPT)
    return f"(NOT (NEW.recipient = 'removed' {kept}))"


_PROTECT_SQLITE = (
    f"CREATE TRIGGER deliveries_never_changed BEFORE UPDATE ON deliveries "
    f"WHEN {_only_the_recipient('IS')} BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
    f"CREATE TRIGGER route_choices_never_changed BEFORE UPDATE ON route_choices "
    f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
    *(
        f"CREATE TRIGGER {name}_never_deleted BEFORE DELETE ON {name} "
        f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
        for name in ("deliveries", "route_choices")
    ),
)
_PROTECT_POSTGRESQL = (
    "CREATE FUNCTION deliveries_only_added() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$",
    "CREATE TRIGGER deliveries_never_changed BEFORE UPDATE ON deliveries FOR EACH ROW "
    f"WHEN {_only_the_recipient('IS NOT DISTINCT FROM')} EXECUTE FUNCTION deliveries_only_added()",
    "CREATE TRIGGER route_choices_never_changed BEFORE UPDATE ON route_choices "
    "FOR EACH ROW EXECUTE FUNCTION deliveries_only_added()",
    *(
        statement
        for name in ("deliveries", "route_choices")
        for statement in (
            f"CREATE TRIGGER {name}_never_deleted BEFORE DELETE ON {name} "
            "FOR EACH ROW EXECUTE FUNCTION deliveries_only_added()",
            f"CREATE TRIGGER {name}_never_emptied BEFORE TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION deliveries_only_added()",
        )
    ),
)
