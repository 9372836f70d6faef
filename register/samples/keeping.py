"""Recording sample checks: each once, corrected by another record and never changed."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.samples.check import Kept, SampleCheck
from register.database import turns
from register.samples.reading import check_of
from register.samples.schema import SampleCheckRow, SampleFindingRow

_SAME = ("area", "files_from", "files_to", "checked_on")
"""What tells one check from another."""


class SampleChecks:
    """The sample checks of one register."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)

    async def record(
        self,
        check: SampleCheck,
        *,
        by: str,
        at: datetime,
        replace: bool = False,
        example: bool = False,
    ) -> Kept:
        """Records a check; the same one again and again comes to the same.

        Args:
            check: one that was examined.
            by: Slack member ID, or `this_login()` on the command line.
            at: now (aware).
            replace: puts it in the place of one of the same Area, files and day.
            example: made up, and marked so for ever.

        Raises:
            SQLAlchemyError: when the register does not take it.
        """
        try:
            return await self._record(check, by, at, replace=replace, example=example)
        except IntegrityError:
            # Another program recorded the same check at that moment; now it is there to be seen.
            return await self._record(check, by, at, replace=replace, example=example)

    async def _record(
        self, check: SampleCheck, by: str, at: datetime, *, replace: bool, example: bool
    ) -> Kept:
        async with self._turn, self._engine.begin() as db:
            before = await _standing(db, check, example=example)
            if before is not None:
                if await check_of(db, before) == check:
                    return Kept.ALREADY
                if not replace:
                    return Kept.DIFFERS
                await db.execute(
                    update(SampleCheckRow).where(SampleCheckRow.id == before).values(replaced_at=at)
                )
            await _add(db, check, by, at, example=example)
            return Kept.RECORDED if before is None else Kept.REPLACED

    async def remove_examples(self) -> int:
        """Removes what is made up; how many checks that were."""
        made_up = SampleCheckRow.example.is_(True)
        ids = select(SampleCheckRow.id).where(made_up)
        async with self._turn, self._engine.begin() as db:
            await db.execute(delete(SampleFindingRow).where(SampleFindingRow.check_id.in_(ids)))
            removed = await db.execute(delete(SampleCheckRow).where(made_up))
            return removed.rowcount


async def _standing(db: AsyncConnection, check: SampleCheck, *, example: bool) -> int | None:
    """The number of the row that has the same check now."""
    row = SampleCheckRow
    same = [getattr(row, name) == getattr(check, name) for name in _SAME]
    return await db.scalar(
        select(row.id).where(*same, row.example.is_(example), row.replaced_at.is_(None))
    )


async def _add(
    db: AsyncConnection, check: SampleCheck, by: str, at: datetime, *, example: bool
) -> None:
    values = check.model_dump(exclude={"findings"})
    values |= {"recorded_at": at, "recorded_by": by, "example": example}
    added = await db.execute(insert(SampleCheckRow).values(values).returning(SampleCheckRow.id))
    number = added.scalar_one()
    findings = [
        {
            "check_id": number,
            "document_type": each.document_type.value,
            "place": each.place.value,
            "files": each.files,
        }
        for each in check.findings
    ]
    if findings:
        await db.execute(insert(SampleFindingRow), findings)
