"""The signs of life of our programs, for the watchdog."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Makes the change."""
    op.create_table(
        "heartbeats",
        sa.Column("program", sa.String(length=32), nullable=False),
        sa.Column("process", sa.String(length=255), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_missing", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("program", "process", name=op.f("pk_heartbeats")),
    )
