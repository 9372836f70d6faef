"""Correcting recorded audits, and withdrawing them; what they said before is kept for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import RowMapping, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.absence import london_day
from domain.audits.audit import Audit, AuditChange
from domain.audits.correction import NOTHING, Correction, corrected, problems_of
from domain.audits.recommendation import Recommendation
from domain.report import Problem
from register.audits.entering import audit_of
from register.audits.schema import AuditChangeRow, AuditRow, RecommendationRow
from register.database import turns
from register.writing import write

LONGEST_SUBJECT = 150


class NotCorrectedError(Exception):
    """The register says otherwise, so nothing was corrected."""

    def __init__(self, problem: Problem) -> None:
        """Carries what is wrong, by its path in the correction."""
        super().__init__(problem.field)
        self.problem = problem


@dataclass(frozen=True)
class Wanted:
    """A correction that somebody asks for, under the submission's own id."""

    submission: str
    reference: str
    correction: Correction
    by: str
    """Slack member ID, or `os:` and the login."""
    file: str = ""
    """The submission that gives the audit as it is from here on; empty for a form."""


class AuditCorrections:
    """Corrects the audits of one register."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)
        self._reader = engine.execution_options(readonly=True)

    async def correct(self, wanted: Wanted) -> AuditChange:
        """Corrects or withdraws an audit, once however often the same submission comes.

        Its recommendations follow by their workflows: `behind` says which have not yet.

        Raises:
            NotCorrectedError: when it can't be.
        """
        with write("audit"):
            try:
                async with self._turn, self._engine.begin() as db:
                    return await self._corrected(db, wanted)
            except IntegrityError:
                text = "Another audit of that body, subject and date is recorded already."
                raise NotCorrectedError(Problem("subject", text)) from None

    async def of(self, reference: str) -> list[AuditChange]:
        """All changes of an audit, in order."""
        async with self._reader.connect() as db:
            details = await db.scalars(
                select(AuditChangeRow.details)
                .where(AuditChangeRow.reference == reference)
                .order_by(AuditChangeRow.number)
            )
            return [AuditChange.model_validate(each) for each in details]

    async def behind(self) -> Sequence[tuple[str, AuditChange]]:
        """The names of recommendations with each change of their audit that is new to them."""
        query = (
            select(RecommendationRow.name, AuditChangeRow.details)
            .join(AuditChangeRow, AuditChangeRow.reference == RecommendationRow.audit)
            .where(AuditChangeRow.number > RecommendationRow.audit_changes)
            .order_by(RecommendationRow.name, AuditChangeRow.number)
        )
        async with self._reader.connect() as db:
            found = await db.execute(query)
            return [(name, AuditChange.model_validate(details)) for name, details in found]

    async def _corrected(self, db: AsyncConnection, wanted: Wanted) -> AuditChange:
        rows = select(AuditRow.__table__).where(AuditRow.reference == wanted.reference)
        row = (await db.execute(rows.with_for_update())).mappings().first()
        done = await db.scalar(
            select(AuditChangeRow.details).where(AuditChangeRow.submission == wanted.submission)
        )
        if done is not None:
            return AuditChange.model_validate(done)
        if row is None:
            text = f"There is no audit {wanted.reference}."
            raise NotCorrectedError(Problem("reference", text))
        change = await _change(db, audit_of(row), wanted)
        await _keep(db, row, change, wanted)
        return change


async def _change(db: AsyncConnection, audit: Audit, wanted: Wanted) -> AuditChange:
    correction, now = wanted.correction, datetime.now(UTC)
    states = await db.scalars(
        select(RecommendationRow.state).where(RecommendationRow.audit == audit.reference)
    )
    made = [Recommendation.model_validate(state) for state in states]
    known = {each.number: each for each in made}
    others = await _others(db, audit)
    for problem in problems_of(correction, audit, known, others, london_day(now)):
        raise NotCorrectedError(problem)
    after, parts = correction.audit(audit), corrected(correction, known)
    if after == audit and not parts:
        raise NotCorrectedError(Problem("", NOTHING))
    number = audit.changes + 1
    return AuditChange(
        number=number,
        at=now,
        by=wanted.by,
        reason=correction.reason,
        audit=after.model_copy(update={"changes": number}),
        before=audit,
        recommendations=parts,
    )


async def _others(db: AsyncConnection, audit: Audit) -> list[Audit]:
    """The audit that it followed up, and those that followed it up."""
    related = or_(
        AuditRow.follow_up_of == audit.reference, AuditRow.reference == audit.follow_up_of
    )
    found = await db.execute(select(AuditRow.__table__).where(related))
    return [each for each in map(audit_of, found.mappings()) if not each.withdrawn]


async def _keep(db: AsyncConnection, row: RowMapping, change: AuditChange, wanted: Wanted) -> None:
    audit = change.audit
    await db.execute(
        insert(AuditChangeRow).values(
            reference=audit.reference,
            number=change.number,
            submission=wanted.submission,
            replaced=row["submission"],
            at=change.at,
            actor=change.by,
            withdraws=audit.withdrawn,
            details=change.model_dump(mode="json"),
        )
    )
    values = audit.model_dump(include={"body", "subject", "reported_on", "report_reference"})
    if audit.withdrawn:
        # The same audit may be entered anew, and rightly: two rows may not share all four. What it
        # said is shown from this change.
        mark = f" [withdrawn {audit.reference}]"
        values["subject"] = audit.subject[: LONGEST_SUBJECT - len(mark)] + mark
    await db.execute(
        update(AuditRow)
        .where(AuditRow.reference == audit.reference)
        .values(
            **values,
            changes=change.number,
            withdrawn=audit.withdrawn,
            submission=wanted.file or row["submission"],
        )
    )
