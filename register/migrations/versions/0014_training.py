"""The training record: who is expected to take which course, who did, who was reminded."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Makes the change."""
    op.create_table(
        "learners",
        sa.Column("person", sa.String(length=254), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("person", "example", name=op.f("pk_learners")),
    )
    op.create_index("ix_learners_member_id", "learners", ["member_id"])
    op.create_table(
        "training_expected",
        sa.Column("person", sa.String(length=254), nullable=False),
        sa.Column("course", sa.String(length=40), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("person", "course", "example", name=op.f("pk_training_expected")),
    )
    op.create_table(
        "training_completions",
        sa.Column("person", sa.String(length=254), nullable=False),
        sa.Column("course", sa.String(length=40), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "person", "course", "completed_on", "example", name=op.f("pk_training_completions")
        ),
    )
    op.create_table(
        "training_reminders",
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("course", sa.String(length=40), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "course", "week", name=op.f("pk_training_reminders")),
    )
