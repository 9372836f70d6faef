"""Indexes for searching the incidents by what they are, the newest first.

Each holds what else may be asked for, so that rows are only fetched to be shown.
"""

from alembic import op

revision = "0006"
down_revision = "0005"

COLUMNS = ("area", "incident_type", "stage", "classification", "origin", "drill")


def upgrade() -> None:
    """Makes the change."""
    for name in ("area", "stage"):  # the index below begins with the same
        op.drop_index(op.f(f"ix_incidents_{name}"), "incidents")
    for name in COLUMNS[:-1]:
        others = [other for other in COLUMNS if other != name]
        op.create_index(
            f"ix_incidents_{name}_newest",
            "incidents",
            [name, "discovered_on", "reference", *others],
        )
