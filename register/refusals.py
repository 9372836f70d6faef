"""Recording what people were refused for want of a right, and reading it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, and_, insert, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.refusal import Attempt, Bar
from register.audits.schema import AuditRow
from register.database import turns
from register.referral_schema import ReferralRow
from register.refusal_schema import RefusalRow
from register.schema import CaseRow


@dataclass(frozen=True)
class Refused:
    """One attempt that was refused, or several alike."""

    attempt: Attempt
    at: datetime
    """When (aware); of several, the first."""
    until: datetime
    times: int = 1


class Refusals:
    """The record of refusals of one register."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)
        self._reader = engine.execution_options(readonly=True)

    async def record(self, refused: Collection[Refused]) -> None:
        """Adds them, in one transaction; a reference that names nothing is left out.

        Raises:
            SQLAlchemyError: when the register does not take them.
        """
        async with self._turn, self._engine.begin() as db:
            known = await _known(db, {each.attempt.reference or "" for each in refused})
            await db.execute(insert(RefusalRow), [_row(each, known) for each in refused])

    async def find(
        self,
        *,
        since: datetime | None = None,
        reference: str | None = None,
        limit: int | None = None,
    ) -> Sequence[Refused]:
        """Refusals, the newest first.

        Args:
            since: only those from that instant on (aware).
            reference: only those about this case or referral.
            limit: how many at most.
        """
        query = select(RefusalRow.__table__).order_by(RefusalRow.at.desc(), RefusalRow.id.desc())
        if since:
            query = query.where(RefusalRow.until >= since)
        if reference:
            query = query.where(RefusalRow.reference == reference)
        async with self._reader.connect() as db:
            return [_refused(row) for row in (await db.execute(query.limit(limit))).mappings()]


async def _known(db: AsyncConnection, references: Collection[str]) -> set[str]:
    """Those that name an audit, or a case or a referral whose content is there."""
    cases = select(CaseRow.reference).where(
        CaseRow.reference.in_(references), CaseRow.removed_at.is_(None)
    )
    referrals = select(ReferralRow.reference).where(ReferralRow.reference.in_(references))
    audits = select(AuditRow.reference).where(AuditRow.reference.in_(references))
    return set(await db.scalars(union(cases, referrals, audits)))


def _row(refused: Refused, known: Collection[str]) -> dict[str, object]:
    attempt = refused.attempt
    is_there = attempt.reference in known
    # Who looks up a case or a referral that is not theirs is not told whether there is one.
    is_none = attempt.bar is Bar.NOT_THEIRS and not is_there
    return {
        "at": refused.at,
        "until": refused.until,
        "times": refused.times,
        "person": attempt.person,
        "tried": attempt.tried,
        "bar": (Bar.NO_SUCH_CASE if is_none else attempt.bar).value,
        "reference": attempt.reference if is_there else None,
    }


def _refused(row: RowMapping) -> Refused:
    attempt = Attempt(row["person"], row["tried"], Bar(row["bar"]), row["reference"])
    return Refused(attempt, row["at"], row["until"], row["times"])


def nameless(before: datetime) -> ColumnElement[bool]:
    """Refusals before an instant (aware) that are about no case and no referral.

    Those about an audit go with them: no retention removes an audit.
    """
    of_an_audit = RefusalRow.reference.in_(select(AuditRow.reference))
    return and_(or_(RefusalRow.reference.is_(None), of_an_audit), RefusalRow.until < before)
