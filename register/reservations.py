"""References: given out once for each submission, before its workflow is started."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.case import Case
from domain.clocks import LONDON
from domain.opening import Opening
from register.database import insert_into, turns
from register.references import give_out, not_below, reference
from register.rows import case_values
from register.schema import CaseRow
from register.writing import write

GIVEN_BACK = "given-back"
"""How the submission is called of a case whose own is lost."""


class Reservations:
    """Which submission has which reference, and whether its case is known to run."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)
        self._reader = engine.execution_options(readonly=True)

    async def reserve(self, submission: str, draft: Opening, *, series: str) -> Opening:
        """Gives a submission its reference: always the same one for the same submission.

        What was typed last counts, until the case is started.

        Args:
            submission: the submission's own id, which never comes twice by chance.
            draft: the opening; its reference is still to be given.
            series: what the reference begins with, for example `BR`.
        """
        with write("reference"):
            try:
                return await self._reserve(submission, draft, series)
            except IntegrityError:
                # Another process has just reserved for the same submission: theirs counts.
                return await self._reserve(submission, draft, series)

    async def _reserve(self, submission: str, draft: Opening, series: str) -> Opening:
        async with self._turn, self._engine.begin() as db:
            known = (
                await db.execute(
                    # Locked, so that a case which starts meanwhile is not put back to its opening.
                    select(CaseRow.reference, CaseRow.opening, CaseRow.started_at, CaseRow.events)
                    .where(CaseRow.submission == submission)
                    .with_for_update()
                )
            ).one_or_none()
            # A listener may die before it notes the start: then the case's first event shows it.
            if known and (known.started_at or known.events):
                return Opening.model_validate(known.opening)
            reference = known.reference if known else await _next(db, series, draft.reported_at)
            opening = draft.model_copy(update={"reference": reference})
            values = case_values(Case(opening=opening))
            if known:
                row = update(CaseRow).where(CaseRow.reference == reference).values(values)
                await db.execute(row)
            else:
                now = datetime.now(UTC)
                own = {"reference": reference, "submission": submission, "reserved_at": now}
                await db.execute(insert(CaseRow).values(own | values))
            return opening

    async def give_back(self, opening: Opening) -> None:
        """Notes a reference that was given out and that this register has lost, if it has."""
        prefix, year, number = opening.reference.rsplit("-", 2)
        own = {"reference": opening.reference, "submission": f"{GIVEN_BACK}:{opening.reference}"}
        now = datetime.now(UTC)
        values = case_values(Case(opening=opening)) | own | {"reserved_at": now, "started_at": now}
        async with self._turn, self._engine.begin() as db:
            row = insert_into(CaseRow, db).values(values)
            await db.execute(row.on_conflict_do_nothing(index_elements=["reference"]))
            await not_below(db, prefix, int(year), int(number))

    async def mark_started(self, reference: str) -> None:
        """Notes that the case's workflow runs: from now on the submission is acknowledged."""
        async with self._turn, self._engine.begin() as db:
            await db.execute(
                update(CaseRow)
                .where(CaseRow.reference == reference, CaseRow.started_at.is_(None))
                .values(started_at=datetime.now(UTC))
            )

    async def is_started(self, reference: str) -> bool:
        """Whether the case's workflow is known to have been started."""
        async with self._reader.connect() as db:
            started = await db.scalar(
                select(CaseRow.started_at).where(CaseRow.reference == reference)
            )
        return started is not None

    async def without_events(self) -> Sequence[str]:
        """References that were acknowledged and whose cases have recorded nothing, in order."""
        query = select(CaseRow.reference).where(CaseRow.started_at.is_not(None))
        async with self._reader.connect() as db:
            found = await db.scalars(query.where(CaseRow.events == 0).order_by(CaseRow.reference))
            return found.all()

    async def started(self, submission: str) -> Opening | None:
        """How the case of a submission was opened; None unless it is known to run, or to have."""
        async with self._reader.connect() as db:
            opening = await db.scalar(
                select(CaseRow.opening).where(
                    CaseRow.submission == submission,
                    CaseRow.started_at.is_not(None) | (CaseRow.events > 0),
                )
            )
        return Opening.model_validate(opening) if opening else None

    async def not_started(self, older_than: timedelta) -> list[Opening]:
        """Submissions that have a reference but, as far as is known, no workflow."""
        before = datetime.now(UTC) - older_than
        async with self._reader.connect() as db:
            openings = await db.scalars(
                select(CaseRow.opening)
                .where(CaseRow.started_at.is_(None), CaseRow.reserved_at < before)
                .order_by(CaseRow.reserved_at)
            )
            return [Opening.model_validate(opening) for opening in openings]


async def _next(db: AsyncConnection, series: str, reported_at: datetime) -> str:
    """The next reference of the series, counted from 1 in each year of London's calendar."""
    year = reported_at.astimezone(LONDON).year
    [number] = await give_out(db, series, year)
    return reference(series, year, number)
