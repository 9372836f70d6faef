"""What the ICO was told of is counted by the day of discovery without reading the table."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Makes the change."""
    op.drop_index("ix_incidents_counted", "incidents")
    op.create_index(
        "ix_incidents_counted",
        "incidents",
        [
            *("drill", "classification", "discovered_on"),
            *("origin", "force", "offence", "area", "incident_type", "casework", "category"),
            *("caught_before_disclosure", "stage", "communication", "actions", "actions_done"),
            "ico_notified_on",
        ],
    )
