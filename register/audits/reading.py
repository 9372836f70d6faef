"""Reading audits with what became of their recommendations, for lists and for answers."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, false, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.audits.audit import Audit, AuditChange
from domain.audits.counted import Counted
from domain.audits.recommendation import Recommendation
from domain.audits.words import Priority, Status
from register.audits.entering import audit_of
from register.audits.schema import AuditChangeRow, AuditRow, RecommendationRow

_OVER = [status.value for status in Status if status.is_over]
MOST_OFFERED = 100
"""Slack's limit of the options of a select."""


async def counted(
    db: AsyncConnection,
    first: date | None = None,
    last: date | None = None,
    *,
    examples: bool = False,
) -> Sequence[Counted]:
    """The audits reported in a window of days, both included, in their order.

    Args:
        db: in a transaction that sees one moment.
        first: None for any.
        last: None for any.
        examples: with example data beside what is real; without, it is there only while nothing
            is real.
    """
    rows = select(AuditRow.__table__)
    if first and last:
        rows = rows.where(AuditRow.reported_on.between(first, last))
    rows = rows.where(AuditRow.withdrawn == false())
    if not examples and await _any_real(db):
        rows = rows.where(AuditRow.example == false())
    found = await db.execute(rows.order_by(AuditRow.reported_on, AuditRow.reference))
    audits = {row["reference"]: Counted(audit_of(row)) for row in found.mappings()}
    counting = (
        select(
            RecommendationRow.audit,
            RecommendationRow.priority,
            RecommendationRow.status,
            func.count(),
        )
        .group_by(RecommendationRow.audit, RecommendationRow.priority, RecommendationRow.status)
        .order_by(RecommendationRow.audit)
    )
    for audit, priority, status, number in await db.execute(counting):
        if audit in audits:
            audits[audit].counts[Priority(priority), Status(status)] = number
    return tuple(audits.values())


async def _any_real(db: AsyncConnection) -> bool:
    return bool(
        await db.scalar(
            select(exists().where(AuditRow.example == false(), AuditRow.withdrawn == false()))
        )
    )


async def _as_it_was(db: AsyncConnection, reference: str) -> Audit:
    """A withdrawn audit; its row gave its subject free for one that is entered rightly."""
    details = await db.scalars(
        select(AuditChangeRow.details)
        .where(AuditChangeRow.reference == reference, AuditChangeRow.withdraws)
        .limit(1)
    )
    return AuditChange.model_validate(details.one()).audit


class AuditShelf:
    """Audits and recommendations of one register, for whoever looks them up."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._reader = engine.execution_options(readonly=True)

    async def counted(self) -> Sequence[Counted]:
        """Every audit that was not withdrawn; those of the example too, which say so."""
        async with self._reader.connect() as db:
            return await counted(db, examples=True)

    async def latest(self) -> tuple[Audit, ...]:
        """The audits that a new one may follow up, the newest first."""
        async with self._reader.connect() as db:
            found = await db.execute(
                select(AuditRow.__table__)
                .where(AuditRow.example == false(), AuditRow.withdrawn == false())
                .order_by(AuditRow.reported_on.desc(), AuditRow.reference.desc())
                .limit(MOST_OFFERED)
            )
            return tuple(audit_of(row) for row in found.mappings())

    async def audit(self, reference: str) -> Audit | None:
        """One audit, a withdrawn one as it was; None for none."""
        async with self._reader.connect() as db:
            rows = select(AuditRow.__table__).where(AuditRow.reference == reference)
            found = (await db.execute(rows)).mappings().first()
            if found is None:
                return None
            return await _as_it_was(db, reference) if found["withdrawn"] else audit_of(found)

    async def follow_ups(self, reference: str) -> tuple[Audit, ...]:
        """The audits that followed it up, the oldest first."""
        async with self._reader.connect() as db:
            found = await db.execute(
                select(AuditRow.__table__)
                .where(AuditRow.follow_up_of == reference)
                .order_by(AuditRow.reported_on, AuditRow.reference)
            )
            return tuple(audit_of(row) for row in found.mappings())

    async def open_ones(self, owner: str | None = None) -> tuple[Recommendation, ...]:
        """Every open recommendation that is no example, or those of one owner, by target date."""
        whose = RecommendationRow.owner == owner if owner else true()
        async with self._reader.connect() as db:
            states = await db.scalars(
                select(RecommendationRow.state)
                .where(RecommendationRow.status.not_in(_OVER))
                .where(RecommendationRow.example == false(), whose)
                .order_by(RecommendationRow.target_on, RecommendationRow.name)
            )
            return tuple(Recommendation.model_validate(state) for state in states)
