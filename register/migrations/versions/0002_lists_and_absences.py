"""What lists of cases are found and sorted by, and who is away."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

INSTANT = sa.DateTime(timezone=True)
LONDON = ZoneInfo("Europe/London")

_cases = sa.table(
    "cases",
    sa.column("reference", sa.String()),
    sa.column("opening", sa.JSON()),
    sa.column("state", sa.JSON()),
    sa.column("stage", sa.String()),
    sa.column("ost_due", INSTANT),
    sa.column("ico_due", INSTANT),
    sa.column("reporter", sa.String()),
    sa.column("next_due", INSTANT),
)


def upgrade() -> None:
    """Makes the change."""
    op.create_table(
        "absences",
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_absences")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reporter", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("next_due", INSTANT, nullable=True))
        batch_op.create_index(batch_op.f("ix_cases_reporter"), ["reporter"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_next_due"), ["next_due"], unique=False)
    _fill()


def _fill() -> None:
    """Gives the cases that are there already what follows from their state."""
    db = op.get_bind()
    for row in db.execute(sa.select(_cases)).all():
        values = {"reporter": row.opening.get("reporter"), "next_due": _next_due(row)}
        db.execute(sa.update(_cases).where(_cases.c.reference == row.reference).values(values))


def _next_due(row: Any) -> datetime | None:
    """The earliest deadline, by the rules of the version that wrote these rows."""
    if row.stage == "closed":
        return None
    dues = {
        "ost_review": [row.ost_due, row.ico_due],
        "ico_decision": [row.ico_due],
        "ico_notification": [row.ico_due],
    }.get(row.stage, [])
    days = [
        date.fromisoformat(action["due_on"])
        for action in row.state.get("actions", ())
        if action.get("done_at") is None
    ]
    ends = [datetime.combine(day + timedelta(days=1), time(), LONDON) for day in days]
    # SQLite gives instants back without their zone, which is UTC.
    return min((_utc(due) for due in [*dues, *ends]), default=None)


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
