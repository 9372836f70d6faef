"""The table of incidents as they are counted; events no longer need a case to belong to.

An imported incident has an event and is no case.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the change."""
    op.create_table(
        "incidents",
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("imported_as", sa.String(length=255), nullable=True),
        sa.Column("area", sa.String(length=64), nullable=True),
        sa.Column("incident_type", sa.String(length=64), nullable=True),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("classification", sa.String(length=32), nullable=True),
        sa.Column("discovered_on", sa.Date(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("ico_decided_on", sa.Date(), nullable=True),
        sa.Column("notify", sa.Boolean(), nullable=True),
        sa.Column("ico_notified_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("hours_to_ost", sa.Float(), nullable=True),
        sa.Column("hours_to_ico", sa.Float(), nullable=True),
        sa.Column("ost_late", sa.Boolean(), nullable=True),
        sa.Column("ico_late", sa.Boolean(), nullable=True),
        sa.Column("ico_outcome", sa.String(length=32), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("people_band", sa.String(length=32), nullable=False),
        sa.Column("casework", sa.String(length=16), nullable=False),
        sa.Column("force", sa.String(length=64), nullable=True),
        sa.Column("offence", sa.String(length=64), nullable=True),
        sa.Column("document_type", sa.String(length=64), nullable=True),
        sa.Column("document_place", sa.String(length=64), nullable=True),
        sa.Column("caught_before_disclosure", sa.String(length=16), nullable=True),
        sa.Column("data_types", sa.JSON(), nullable=False),
        sa.Column("data_subjects", sa.JSON(), nullable=False),
        sa.Column("recovered", sa.String(length=16), nullable=False),
        sa.Column("retained_in_cjs", sa.String(length=16), nullable=False),
        sa.Column("category", sa.String(length=8), nullable=True),
        sa.Column("severity", sa.String(length=16), nullable=True),
        sa.Column("regime", sa.String(length=32), nullable=True),
        sa.Column("communication", sa.String(length=16), nullable=True),
        sa.Column("actions", sa.Integer(), nullable=False),
        sa.Column("actions_done", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_incidents")),
        sa.UniqueConstraint("imported_as", name=op.f("uq_incidents_imported_as")),
    )
    for name in ("area", "stage", "discovered_on", "ico_notified_on"):
        op.create_index(op.f(f"ix_incidents_{name}"), "incidents", [name])
    op.create_index(
        "ix_incidents_counted", "incidents", ["drill", "classification", "discovered_on"]
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_events_reference"), type_="foreignkey")
