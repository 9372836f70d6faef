"""Removing one thing that is due, in one transaction; what is counted of it stays."""

from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy import ColumnElement, delete, func, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.retention import RemovalEvent, Removed, RetentionRule
from register.chain import Chain
from register.database import turns
from register.deliveries import forget_recipients
from register.incident_schema import IncidentRow
from register.past.examples import is_example
from register.referral_schema import (
    ChoiceRow,
    ReferralCountRow,
    ReferralEventRow,
    ReferralRow,
)
from register.refusal_schema import RefusalRow
from register.retention.due import Schedule, choice_held, referral_held
from register.retention.holding import held
from register.schema import CaseRow, EventRow
from register.training.forgetting import forget
from runtime.settings import SettingsError

log = structlog.stdlib.get_logger(__name__)


class _NotDueError(Exception):
    """It is held, was opened again, or was removed meanwhile."""


async def check_may_remove(engine: AsyncEngine) -> None:
    """Makes sure that this role may remove.

    Raises:
        SettingsError: saying which role may.
    """
    if engine.dialect.name != "postgresql":
        return
    async with engine.connect() as db:
        may = await db.scalar(text("SELECT has_table_privilege('events', 'UPDATE')"))
    if not may:
        raise SettingsError(
            "DATABASE_URL must be that of the register's owner here: the role of the programs "
            "may not remove anything"
        )


class Remover:
    """Removes from one register what its schedule says."""

    def __init__(self, engine: AsyncEngine, schedule: Schedule, by: str) -> None:
        """Uses the engine; whoever made it closes it.

        Args:
            engine: of the register, in PostgreSQL by the role that owns it.
            schedule: the rules, as of today.
            by: who removes.
        """
        self._engine = engine
        self._schedule = schedule
        self._by = by
        self._turn = turns(engine)

    async def remove(self, rule: RetentionRule, reference: str) -> bool:
        """Removes one thing; False where it is not due any more, as when it was held meanwhile."""
        try:
            async with self._turn, self._engine.begin() as db:
                if self._engine.dialect.name == "sqlite":
                    # Overwritten, not only unlinked: the file is what somebody may find.
                    await db.exec_driver_sql("PRAGMA secure_delete=ON")
                if rule is RetentionRule.REFUSAL:
                    await db.execute(delete(RefusalRow).where(self._schedule.refusals()))
                elif rule is RetentionRule.TRAINING:
                    await forget(db, self._schedule.last_day_of_training)
                elif rule is RetentionRule.REFERRAL:
                    await self._referral_or_choice(db, reference)
                else:
                    await self._incident(db, rule, reference)
        except _NotDueError:
            return False
        if rule is RetentionRule.REFUSAL:
            log.info("refusals_removed")
        elif rule is RetentionRule.TRAINING:
            log.info("training_removed")
        elif rule is RetentionRule.REFERRAL:
            log.info("referral_removed", referral=reference)
        else:
            log.info("case_removed", case=reference, rule=rule.value)
        return True

    async def _incident(self, db: AsyncConnection, rule: RetentionRule, reference: str) -> None:
        now, example = datetime.now(UTC), await is_example(db, reference)
        step = Removed(rule=rule, by=self._by, example=example)
        # The chain's head first, as everybody who records does: nobody waits for each other.
        number = await Chain(EventRow, RemovalEvent).remove(db, reference, step, now, self._by)
        due = self._schedule.incidents(rule, before=number)
        await _lock(db, CaseRow.reference, reference)
        await _lock(db, IncidentRow.reference, reference)
        await _check(db, IncidentRow.reference, reference, due & ~held(reference))
        await db.execute(
            update(CaseRow).where(CaseRow.reference == reference).values(_tombstone(now, number))
        )
        incident = IncidentRow.reference == reference
        if example:  # nothing would tell its row from a record's any more
            await db.execute(delete(IncidentRow).where(incident))
        else:
            await db.execute(
                update(IncidentRow).where(incident).values(removed_on=self._schedule.today)
            )
        await _forget_refusals(db, reference)
        await forget_recipients(db, reference)

    async def _referral_or_choice(self, db: AsyncConnection, reference: str) -> None:
        if await db.scalar(select(ReferralRow.reference).where(ReferralRow.reference == reference)):
            await self._referral(db, reference)
        else:
            due = self._schedule.choices() & ~choice_held()
            await _check(db, ChoiceRow.reference, reference, due)
        await db.execute(delete(ChoiceRow).where(ChoiceRow.reference == reference))

    async def _referral(self, db: AsyncConnection, reference: str) -> None:
        rule, now = RetentionRule.REFERRAL, datetime.now(UTC)
        step = Removed(rule=rule, by=self._by)
        await Chain(ReferralEventRow, RemovalEvent).remove(db, reference, step, now, self._by)
        await _lock(db, ReferralRow.reference, reference)
        due = self._schedule.referrals() & ~referral_held()
        await _check(db, ReferralRow.reference, reference, due)
        await db.execute(delete(ReferralRow).where(ReferralRow.reference == reference))
        await db.execute(
            update(ReferralCountRow)
            .where(ReferralCountRow.reference == reference)
            .values(reference=None)
        )
        await _forget_refusals(db, reference)
        await forget_recipients(db, reference)


async def _forget_refusals(db: AsyncConnection, reference: str) -> None:
    """Who was refused something about it goes with it."""
    await db.execute(delete(RefusalRow).where(RefusalRow.reference == reference))


async def _lock(db: AsyncConnection, column: Any, reference: str) -> None:
    await db.execute(select(column).where(column == reference).with_for_update())


async def _check(
    db: AsyncConnection, column: Any, reference: str, due: ColumnElement[bool]
) -> None:
    """Asks again in the transaction: it may have changed since it was listed."""
    if await db.scalar(select(column).where(column == reference, due)) is None:
        raise _NotDueError


def _tombstone(now: datetime, events: int) -> dict[str, Any]:
    """What is left of a case's row: its reference, Area, type, times and stage."""
    return {
        "submission": literal("removed:").concat(CaseRow.reference),
        "opening": {},
        "state": {},
        "reporter": None,
        "next_due": None,
        "started_at": func.coalesce(CaseRow.started_at, CaseRow.reserved_at),
        "events": events,
        "removed_at": now,
    }
