"""Entering audits: all that are given at once, or nothing; the same one twice is one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import RowMapping, delete, false, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.audits.audit import Audit
from domain.audits.confirming import EDITION
from domain.audits.entry import Entry, Recommended, Reopened
from domain.audits.folding import after, next_event
from domain.audits.recommendation import (
    AnyStep,
    Recommendation,
    RecommendationEntered,
    RecommendationReopened,
    RecommendationSettled,
)
from domain.audits.words import Status
from domain.clocks import AlarmPolicy
from domain.references import is_reference
from domain.report import Problem
from register.audits.recording import add, latest, row_of
from register.audits.schema import (
    AuditChangeRow,
    AuditRow,
    RecommendationEventRow,
    RecommendationRow,
)
from register.database import turns
from register.references import give_out, reference
from register.writing import write


@dataclass(frozen=True)
class Submitted:
    """An audit that somebody gives, under the submission's own id."""

    id: str
    entry: Entry


@dataclass(frozen=True)
class Entered:
    """An audit in the register."""

    audit: Audit
    at: datetime
    """When it was entered (UTC)."""
    is_new: bool
    open: tuple[Recommendation, ...] = ()
    """What needs a workflow: its open recommendations, and those of before that it reopens."""


class NotEnteredError(Exception):
    """The register already says otherwise, so nothing was entered."""

    def __init__(self, place: int, problem: Problem, *others: tuple[int, Problem]) -> None:
        """Carries which of the audits it is (from 0), what is wrong by its path, and all others."""
        super().__init__(problem.field)
        self.place = place
        self.problem = problem
        self.all = ((place, problem), *others)


@dataclass(frozen=True)
class Terms:
    """Who enters, and under which terms of the organisation."""

    by: str
    """Slack member ID, or `os:` and the login."""
    series: str
    """What references begin with: `AU`."""
    policy: AlarmPolicy


class AuditEntries:
    """Enters audits in one register."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)

    async def enter(self, submitted: Sequence[Submitted], terms: Terms) -> tuple[Entered, ...]:
        """Enters audits in one transaction, each once however often it is given.

        Raises:
            NotEnteredError: when one of them contradicts what is recorded.
        """
        with write("audit"):
            try:
                return await self._enter(submitted, terms)
            except IntegrityError:
                # Another process has just entered the same: theirs counts.
                return await self._enter(submitted, terms)

    async def _enter(self, submitted: Sequence[Submitted], terms: Terms) -> tuple[Entered, ...]:
        async with self._turn, self._engine.begin() as db:
            entering = _Entering(db, terms, datetime.now(UTC), {}, {None})
            entered: list[Entered] = []
            wrong: list[tuple[int, Problem]] = []
            for place, each in enumerate(submitted):
                try:
                    entered.append(await entering.one(place, each))
                except NotEnteredError as error:
                    wrong += error.all
                    entering.failed.add(each.entry.key)
            if wrong:
                raise NotEnteredError(*wrong[0], *wrong[1:])
            return tuple(entered)

    async def remove_examples(self) -> int:
        """Removes the example data with all that happened to it; says how many audits that were.

        In PostgreSQL this takes the rights of the register's owner.
        """
        async with self._turn, self._engine.begin() as db:
            examples = select(RecommendationRow.name).where(RecommendationRow.example)
            await db.execute(
                delete(RecommendationEventRow).where(RecommendationEventRow.name.in_(examples))
            )
            await db.execute(delete(RecommendationRow).where(RecommendationRow.example))
            removed = await db.execute(delete(AuditRow).where(AuditRow.example))
            return int(removed.rowcount)


@dataclass(frozen=True)
class _Entering:
    """One transaction."""

    db: AsyncConnection
    terms: Terms
    now: datetime
    keys: dict[str, Audit]
    """The audits of the same submission, by their own keys."""
    failed: set[str | None]
    """The keys of those that contradict what is recorded."""

    async def one(self, place: int, submitted: Submitted) -> Entered:
        entry = submitted.entry
        known = await self._known(submitted)
        if known is not None:
            if known["submission"] != submitted.id or known["withdrawn"]:
                raise NotEnteredError(place, Problem("subject", _differs(known, submitted)))
            entered = Entered(audit_of(known), known["entered_at"], is_new=False)
        else:
            entered = await self._new(place, submitted)
        if entry.key:
            self.keys[entry.key] = entered.audit
        return entered

    async def _known(self, submitted: Submitted) -> RowMapping | None:
        entry = submitted.entry
        same = (
            (AuditRow.body == entry.body)
            & (AuditRow.subject == entry.subject)
            & (AuditRow.reported_on == entry.reported_on)
            & (AuditRow.example == entry.example)
        )
        replaced = select(AuditChangeRow.reference).where(AuditChangeRow.replaced == submitted.id)
        given = (AuditRow.submission == submitted.id) | AuditRow.reference.in_(replaced)
        wanted = given | (same & (AuditRow.withdrawn == false()))
        found = await self.db.execute(select(AuditRow.__table__).where(wanted))
        return found.mappings().first()

    async def _new(self, place: int, submitted: Submitted) -> Entered:
        entry, terms = submitted.entry, self.terms
        earlier = await self._earlier(place, entry)
        year = entry.reported_on.year
        (number,) = await give_out(self.db, terms.series, year)
        audit = Audit(
            reference=reference(terms.series, year, number),
            body=entry.body,
            subject=entry.subject,
            reported_on=entry.reported_on,
            report_reference=entry.report_reference,
            follow_up_of=earlier.reference if earlier else None,
            example=entry.example,
        )
        row = audit.model_dump() | {
            "submission": submitted.id,
            "entered_by": terms.by,
            "entered_at": self.now,
        }
        await self.db.execute(insert(AuditRow).values(row))
        made = [
            await self._recommendation(audit, at, each)
            for at, each in enumerate(entry.recommendations, 1)
        ]
        if earlier:
            for at, reopened in enumerate(entry.reopened, 1):
                problem = f"reopened.{at}.number"
                made.append(await self._reopen(earlier, audit, reopened, (place, problem)))
        needed = tuple(each for each in made if not each.is_over and not audit.example)
        return Entered(audit, self.now, is_new=True, open=needed)

    async def _earlier(self, place: int, entry: Entry) -> Audit | None:
        wanted = entry.follow_up_of
        if wanted is None:
            return None
        if wanted in self.failed:
            text = "That audit of this file is not in order itself; see there."
            raise NotEnteredError(place, Problem("follow_up_of", text))
        found = self.keys.get(wanted)
        if found is None and is_reference(wanted):
            rows = await self.db.execute(
                select(AuditRow.__table__).where(AuditRow.reference == wanted)
            )
            row = rows.mappings().one_or_none()
            found = audit_of(row) if row else None
        if found is None:
            text = (
                "There is no such audit. Give the reference of one that is recorded, or the key of "
                "one that stands before it in this file."
            )
            raise NotEnteredError(place, Problem("follow_up_of", text))
        if found.withdrawn:
            text = f"That audit ({found.reference}) was withdrawn: it was recorded by mistake."
            raise NotEnteredError(place, Problem("follow_up_of", text))
        if found.example != entry.example:
            text = "Example data follows up example data, and a record follows up a record."
            raise NotEnteredError(place, Problem("follow_up_of", text))
        if found.reported_on > entry.reported_on:
            text = f"That audit ({found.reference}) is the later one. Check both dates."
            raise NotEnteredError(place, Problem("follow_up_of", text))
        return found

    async def _recommendation(self, audit: Audit, number: int, each: Recommended) -> Recommendation:
        made = Recommendation(
            audit=audit,
            number=number,
            priority=each.priority,
            wording=each.wording,
            owner=each.owner,
            target_on=each.target_on,
            policy=self.terms.policy,
            edition=EDITION,
        )
        steps: list[AnyStep] = [
            RecommendationEntered(by=self.terms.by),
            *_settled(each, self.terms.by),
        ]
        await self.db.execute(insert(RecommendationRow).values(row_of(made)))
        return await self._add(made, *steps)

    async def _reopen(
        self, earlier: Audit, audit: Audit, reopened: Reopened, where: tuple[int, str]
    ) -> Recommendation:
        known = await latest(self.db, f"{earlier.reference}-{reopened.number}", locked=True)
        if known is None or not known.is_over:
            text = (
                f"{earlier.reference} has no such recommendation."
                if known is None
                else "This recommendation is still open, so there is nothing to reopen."
            )
            raise NotEnteredError(where[0], Problem(where[1], text))
        step = RecommendationReopened(
            by=self.terms.by,
            follow_up=audit.reference,
            reason=reopened.reason,
            target_on=reopened.target_on,
            owner=reopened.owner,
        )
        return await self._add(known.model_copy(update={"edition": EDITION}), step)

    async def _add(self, recommendation: Recommendation, *steps: AnyStep) -> Recommendation:
        for step in steps:
            event = next_event(recommendation, step, self.now)
            recommendation = after(recommendation, event)
            await add(self.db, recommendation, event)
        return recommendation


def _differs(known: RowMapping, submitted: Submitted) -> str:
    name = known["reference"]
    if known["withdrawn"]:
        return (
            f"This was recorded as {name} and withdrawn, so it is not recorded again. Take it out; "
            "or, if it is right after all, change something in it, such as report_reference."
        )
    if known["submission"] == submitted.id or not known["changes"]:
        return f"This audit is recorded already, as {name}, and not the same."
    return f"This audit is recorded already, as {name}, and was corrected since."


def _settled(each: Recommended, by: str) -> Iterator[RecommendationSettled]:
    if each.status is not Status.OPEN:
        yield RecommendationSettled(
            by=by, status=each.status, settled_on=each.settled_on, reason=each.reason
        )


def audit_of(row: RowMapping) -> Audit:
    """The audit that a row keeps."""
    return Audit.model_validate({**row})
