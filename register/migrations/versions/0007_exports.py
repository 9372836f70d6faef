"""The record of exports; indexes that hold all that an answer about many incidents reads."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


_LIMITS = ["origin", "force", "offence", "area", "incident_type", "casework", "category"]
_RESOLVED = ["caught_before_disclosure", "stage", "communication", "actions", "actions_done"]
_INDEXES = {
    "ix_incidents_counted": [
        *("drill", "classification", "discovered_on"),
        *_LIMITS,
        *_RESOLVED,
    ],
    "ix_incidents_told": [
        *("drill", "classification", "ico_notified_on", "ico_late"),
        *_LIMITS,
    ],
    "ix_incidents_decided": [
        *("drill", "notify", "ico_decided_on", "classification"),
        *_LIMITS,
    ],
}


def upgrade() -> None:
    """Makes the change."""
    op.create_table(
        "exports",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("report", sa.String(length=64), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("format", sa.String(length=16), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    op.drop_index("ix_incidents_counted", "incidents")
    for name, columns in _INDEXES.items():
        op.create_index(name, "incidents", columns)
    protect = _PROTECT_POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _PROTECT_SQLITE
    for statement in protect:
        op.execute(statement)


_MESSAGE = "an export that was recorded is never changed or deleted"
_PROTECT_SQLITE = tuple(
    f"CREATE TRIGGER exports_never_{what} BEFORE {event} ON exports "
    f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
    for what, event in (("changed", "UPDATE"), ("deleted", "DELETE"))
)
_PROTECT_POSTGRESQL = (
    "CREATE FUNCTION exports_only_added() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$",
    "CREATE TRIGGER exports_only_added BEFORE UPDATE OR DELETE ON exports "
    "FOR EACH ROW EXECUTE FUNCTION exports_only_added()",
    "CREATE TRIGGER exports_never_emptied BEFORE TRUNCATE ON exports "
    "FOR EACH STATEMENT EXECUTE FUNCTION exports_only_added()",
)
