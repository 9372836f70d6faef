"""Of everybody in the training record: whether Slack was asked who they are, and seen when last."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Makes the change."""
    op.add_column(
        "learners",
        sa.Column("looked_up", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("learners", sa.Column("seen_on", sa.Date(), nullable=True))
    # When a file had them last is not known: their time begins now.
    learners = sa.table("learners", sa.column("seen_on", sa.Date()))
    op.execute(learners.update().values(seen_on=datetime.now(UTC).date()))
