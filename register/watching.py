"""What a watchdog reads of the register: what is open, and what nobody has been told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.opening import Opening
from domain.steps import Alert
from register.delivery_schema import AnnouncementRow
from register.schema import ACKNOWLEDGED, OVER, CaseRow

REPORT = "report"
ALERT: str = Alert.model_fields["kind"].default


@dataclass(frozen=True)
class Untold:
    """A step that was recorded, and that no route has taken."""

    reference: str
    number: int
    kind: str
    at: datetime


class Watching:
    """Reads one register, and never writes to it."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._reader = engine.execution_options(readonly=True)

    async def open_cases(self) -> dict[str, int]:
        """The references of open cases, each with the number of its events; 0 before the first."""
        query = select(CaseRow.reference, CaseRow.events).where(
            ACKNOWLEDGED, CaseRow.stage.not_in(OVER)
        )
        async with self._reader.connect() as db:
            return {row.reference: row.events for row in await db.execute(query)}

    async def not_started(self, reserved_before: datetime) -> dict[str, datetime]:
        """Reports without a case so far, each with when it got its reference, before that (aware).

        Nobody was shown the reference; the listener starts what is left so.
        """
        query = select(CaseRow.reference, CaseRow.reserved_at).where(
            CaseRow.started_at.is_(None), CaseRow.events == 0, CaseRow.reserved_at < reserved_before
        )
        async with self._reader.connect() as db:
            return {row.reference: row.reserved_at for row in await db.execute(query)}

    async def opening(self, reference: str) -> Opening | None:
        """How a case was opened; None where there is none, or its content was removed."""
        query = select(CaseRow.opening).where(CaseRow.reference == reference)
        async with self._reader.connect() as db:
            found = await db.scalar(query)
        return Opening.model_validate(found) if found else None

    async def untold(self, taken_before: datetime) -> list[Untold]:
        """Reports and alarms from before an instant (aware) that neither Slack nor e-mail has."""
        row = AnnouncementRow
        query = select(row.reference, row.number, row.kind, row.at).where(
            row.at <= taken_before, row.mailed_at.is_(None), row.kind.in_([REPORT, ALERT])
        )
        async with self._reader.connect() as db:
            return [Untold(*found) for found in await db.execute(query.order_by(row.at))]
