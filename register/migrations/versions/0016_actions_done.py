"""Remedial actions are found by the day on which they were done, without reading all events."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Makes the change."""
    done = sa.text("kind = 'action_completed'")
    op.create_index(
        "ix_events_actions_done", "events", ["at"], sqlite_where=done, postgresql_where=done
    )
