"""Indexes that hold all that charts and digests read of an incident."""

from alembic import op

revision = "0008"
down_revision = "0007"

_INDEXES = {
    "ix_incidents_charted": [
        *("discovered_on", "drill", "classification", "stage", "incident_type", "area"),
        *("ost_late", "hours_to_ost", "ico_late", "hours_to_ico"),
    ],
    "ix_incidents_reported": ["reported_on", "drill", "stage", "ost_late"],
    "ix_incidents_notified": ["ico_notified_on", "drill", "stage", "ico_late"],
    "ix_incidents_closed": ["closed_on", "drill", "stage"],
}


def upgrade() -> None:
    """Makes the change."""
    for name, columns in _INDEXES.items():
        op.create_index(name, "incidents", columns)
