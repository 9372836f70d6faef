"""Referral choices as they were written, in the restricted store, under opaque references."""

import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.discipline.choice import Choice
from register.database import turns
from register.referral_schema import ChoiceRow

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are read for others (Crockford)."""
GROUP = 4
ATTEMPTS = 5
LEFT_BEHIND = timedelta(days=30)
"""A choice that no case has taken for so long is what a listener that died left behind."""


def new_reference() -> str:
    """A name such as `HR-7F3K-9Q2M`.

    At random: a counter would tell how many there are and, by its order, which case is whose.
    """
    first, second = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(2))
    return f"HR-{first}-{second}"


class Choices:
    """What was written with each referral choice."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)
        self._reader = engine.execution_options(readonly=True)

    async def keep(self, submission: str, choice: Choice) -> str:
        """Keeps a choice and gives it its reference: the same one for the same submission.

        Args:
            submission: the submission's own id, which never comes twice by chance.
            choice: what was written.
        """
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._keep(submission, choice)
            except IntegrityError:
                # The same submission at the same moment, or a name that is taken.
                continue
        return await self._keep(submission, choice)

    async def _keep(self, submission: str, choice: Choice) -> str:
        async with self._turn, self._engine.begin() as db:
            known = await db.scalar(
                select(ChoiceRow.reference).where(ChoiceRow.submission == submission)
            )
            if known:
                return known
            reference, now = new_reference(), datetime.now(UTC)
            await db.execute(
                delete(ChoiceRow).where(
                    ChoiceRow.settled_at.is_(None), ChoiceRow.kept_at < now - LEFT_BEHIND
                )
            )
            await db.execute(
                insert(ChoiceRow).values(
                    reference=reference,
                    submission=submission,
                    details=choice.model_dump(mode="json"),
                    kept_at=now,
                )
            )
            return reference

    async def drop(self, reference: str) -> None:
        """Forgets a choice that its case refused; one that was taken stays."""
        async with self._turn, self._engine.begin() as db:
            await db.execute(
                delete(ChoiceRow).where(
                    ChoiceRow.reference == reference, ChoiceRow.settled_at.is_(None)
                )
            )

    async def settle(self, reference: str, at: datetime) -> Choice | None:
        """Notes that its case took the choice, at an instant (aware); None when it is not here."""
        async with self._turn, self._engine.begin() as db:
            await db.execute(
                update(ChoiceRow)
                .where(ChoiceRow.reference == reference, ChoiceRow.settled_at.is_(None))
                .values(settled_at=at)
            )
            details = await db.scalar(
                select(ChoiceRow.details).where(ChoiceRow.reference == reference)
            )
        return Choice.model_validate(details) if details else None

    async def of(self, reference: str) -> Choice | None:
        """The choice behind a referral, once its case has taken it."""
        async with self._reader.connect() as db:
            details = await db.scalar(
                select(ChoiceRow.details).where(
                    ChoiceRow.reference == reference, ChoiceRow.settled_at.is_not(None)
                )
            )
        return Choice.model_validate(details) if details else None
