"""Audits, their recommendations, and what happened to each of these."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Makes the change."""
    op.create_table(
        "audits",
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("submission", sa.String(length=255), nullable=False),
        sa.Column("body", sa.String(length=150), nullable=False),
        sa.Column("subject", sa.String(length=150), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("report_reference", sa.String(length=150), nullable=False),
        sa.Column("follow_up_of", sa.String(length=32), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("entered_by", sa.String(length=255), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_audits")),
        sa.UniqueConstraint("submission", name=op.f("uq_audits_submission")),
        sa.UniqueConstraint(
            *("body", "subject", "reported_on", "example"),
            name=op.f("uq_audits_body_subject_reported_on_example"),
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_of"], ["audits.reference"], name=op.f("fk_audits_follow_up_of")
        ),
    )
    op.create_index("ix_audits_reported_on", "audits", ["reported_on"])
    op.create_index("ix_audits_follow_up_of", "audits", ["follow_up_of"])
    op.create_table(
        "recommendations",
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("audit", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("priority", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=True),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("addressed_on", sa.Date(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_recommendations")),
        sa.UniqueConstraint("audit", "number", name=op.f("uq_recommendations_audit_number")),
        sa.ForeignKeyConstraint(
            ["audit"], ["audits.reference"], name=op.f("fk_recommendations_audit")
        ),
    )
    op.create_index("ix_recommendations_status", "recommendations", ["status"])
    op.create_table(
        "recommendation_events",
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", "number", name=op.f("pk_recommendation_events")),
        sa.ForeignKeyConstraint(
            ["name"], ["recommendations.name"], name=op.f("fk_recommendation_events_name")
        ),
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _PROTECT_POSTGRESQL if postgresql else _PROTECT_SQLITE:
        op.execute(statement)


_CHANGED = "what happened to a recommendation is never changed"
_DELETED = "what happened to a recommendation is deleted only with example data"
_IS_REAL = "EXISTS (SELECT 1 FROM recommendations WHERE name = OLD.name AND NOT example)"
_PROTECT_SQLITE = (
    "CREATE TRIGGER recommendation_events_never_changed BEFORE UPDATE ON recommendation_events "
    f"BEGIN SELECT RAISE(ABORT, '{_CHANGED}'); END",
    "CREATE TRIGGER recommendation_events_kept BEFORE DELETE ON recommendation_events "
    f"WHEN {_IS_REAL} BEGIN SELECT RAISE(ABORT, '{_DELETED}'); END",
)
_PROTECT_POSTGRESQL = (
    "CREATE FUNCTION recommendation_events_never_changed() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_CHANGED}'; END $$",
    "CREATE TRIGGER recommendation_events_never_changed BEFORE UPDATE ON recommendation_events "
    "FOR EACH ROW EXECUTE FUNCTION recommendation_events_never_changed()",
    "CREATE TRIGGER recommendation_events_never_emptied BEFORE TRUNCATE ON recommendation_events "
    "FOR EACH STATEMENT EXECUTE FUNCTION recommendation_events_never_changed()",
    "CREATE FUNCTION recommendation_events_kept() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF {_IS_REAL} THEN RAISE EXCEPTION '{_DELETED}'; END IF; RETURN OLD; END $$",
    "CREATE TRIGGER recommendation_events_kept BEFORE DELETE ON recommendation_events "
    "FOR EACH ROW EXECUTE FUNCTION recommendation_events_kept()",
)
