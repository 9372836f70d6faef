"""Legal holds: placed and released by a person, for a reason; none expires by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.guard import personal_data
from register.database import turns
from register.incident_schema import IncidentRow
from register.referral_schema import ReferralRow
from register.retention_schema import LONGEST_REASON, HoldRow


class HoldError(Exception):
    """A hold can't be placed or released; the words say why and what to do."""


@dataclass(frozen=True)
class Hold:
    """A hold that is in force."""

    reference: str
    placed_at: datetime
    placed_by: str
    reason: str


def checked_reason(text: str) -> str:
    """A reason as it is recorded.

    Raises:
        HoldError: when it is missing, too long, or holds what looks like personal data.
    """
    reason = " ".join(text.split())
    if not reason:
        raise HoldError("--reason: say why, for example: litigation, file LEG/2026/17")
    if len(reason) > LONGEST_REASON:
        raise HoldError(f"--reason: at most {LONGEST_REASON:,} characters")
    if reason[0] in "=+-@":
        raise HoldError(
            f"--reason: a spreadsheet would run what begins with {reason[0]}: begin with a word"
        )
    if found := personal_data(reason):
        raise HoldError(
            f"--reason: this looks like {', '.join(map(str, found))}. Give a file number instead"
        )
    return reason


class Holds:
    """The holds of one register."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)
        self._reader = engine.execution_options(readonly=True)

    async def place(self, reference: str, reason: str, by: str) -> None:
        """Stops the removal of a case, an imported incident or a referral, until it is released.

        Raises:
            HoldError: when there is nothing to hold, or it is held already.
        """
        async with self._turn, self._engine.begin() as db:
            await _check_there(db, reference)
            if await db.scalar(select(held(reference))):
                raise HoldError(f"{reference} is on hold already: release that hold first")
            await db.execute(
                insert(HoldRow).values(
                    reference=reference, placed_at=datetime.now(UTC), placed_by=by, reason=reason
                )
            )

    async def release(self, reference: str, reason: str, by: str) -> None:
        """Ends a hold; the record of it stays.

        Raises:
            HoldError: when there is none.
        """
        async with self._turn, self._engine.begin() as db:
            released = await db.scalar(
                update(HoldRow)
                .where(HoldRow.reference == reference, HoldRow.released_at.is_(None))
                .values(released_at=datetime.now(UTC), released_by=by, release_reason=reason)
                .returning(HoldRow.id)
            )
            if released is None:
                await _check_there(db, reference)
                raise HoldError(f"{reference} is not on hold")

    async def in_force(self) -> Sequence[Hold]:
        """Every hold that was not released, the oldest first."""
        columns = (HoldRow.reference, HoldRow.placed_at, HoldRow.placed_by, HoldRow.reason)
        query = select(*columns).where(HoldRow.released_at.is_(None)).order_by(HoldRow.id)
        async with self._reader.connect() as db:
            return [Hold(*row) for row in await db.execute(query)]


def held(reference: object) -> ColumnElement[bool]:
    """Whether something is on hold: a reference, or a column of them."""
    return exists().where(HoldRow.reference == reference, HoldRow.released_at.is_(None))


async def _check_there(db: AsyncConnection, reference: str) -> None:
    # Locked, so that what is being removed is not held at the same moment, nor the other way round.
    incident = (
        await db.execute(
            select(IncidentRow.removed_on)
            .where(IncidentRow.reference == reference)
            .with_for_update()
        )
    ).first()
    if incident is None:
        referral = select(ReferralRow.reference).where(ReferralRow.reference == reference)
        if await db.scalar(referral.with_for_update()) is None:
            raise HoldError(f"{reference} is nothing in this register. Write it as it stands there")
    elif incident.removed_on:
        raise HoldError(f"{reference} was removed on {incident.removed_on:%d %B %Y}")
