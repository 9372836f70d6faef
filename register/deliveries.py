"""What is still to be announced, and what was delivered: kept without a word of what was said."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.steps import CaseEvent
from register.database import turns
from register.delivery_schema import AnnouncementRow, DeliveryRow, RouteChoiceRow

REMOVED = "removed"
"""In place of a recipient whom retention removed."""
AGAIN_IN, AGAIN_AT_MOST = timedelta(seconds=15), timedelta(minutes=10)
"""Until e-mail is tried again: doubled each time."""


@dataclass(frozen=True)
class Delivery:
    """A message that a route took."""

    reference: str
    number: int
    recipient: str
    route: str
    attempt: int
    at: datetime


@dataclass(frozen=True)
class Waiting:
    """A step that was recorded and is not announced yet."""

    reference: str
    number: int
    kind: str
    at: datetime
    attempts: int
    """How often e-mail was tried, this time included."""


@dataclass(frozen=True)
class RouteChoice:
    """What an operator said of the routes last."""

    mail_only: bool
    at: datetime
    by: str
    because: str


async def to_announce(db: AsyncConnection, reference: str, event: CaseEvent) -> None:
    """Notes, in the transaction that records a step, that people are to hear of it."""
    values = {"reference": reference, "number": event.number, "kind": event.step.kind}
    await db.execute(insert(AnnouncementRow).values(**values, at=event.at, attempts=0))


async def forget_recipients(db: AsyncConnection, reference: str) -> None:
    """Removes who was told of a case or referral; that somebody was, when and how, stays."""
    await db.execute(delete(AnnouncementRow).where(AnnouncementRow.reference == reference))
    await db.execute(
        update(DeliveryRow)
        .where(DeliveryRow.reference == reference, DeliveryRow.recipient != REMOVED)
        .values(recipient=REMOVED)
    )


class Deliveries:
    """The deliveries of one register."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)
        self._reader = engine.execution_options(readonly=True)

    async def told(self, reference: str, numbers: Collection[int]) -> set[tuple[int, str]]:
        """Of these events, who has been told by whatever route: number and recipient."""
        async with self._reader.connect() as db:
            found = await db.execute(
                select(DeliveryRow.number, DeliveryRow.recipient).where(
                    DeliveryRow.reference == reference, DeliveryRow.number.in_(numbers)
                )
            )
            return {(row.number, row.recipient) for row in found}

    async def add(
        self, deliveries: Iterable[Delivery], *, reference: str, announced: Collection[int] = ()
    ) -> None:
        """Records deliveries of a case, and that Slack shows these steps of it."""
        rows = [vars(each) for each in deliveries]
        if not rows and not announced:
            return
        async with self._turn, self._engine.begin() as db:
            if rows:
                await db.execute(insert(DeliveryRow), rows)
            if announced:
                await db.execute(
                    delete(AnnouncementRow).where(
                        AnnouncementRow.reference == reference,
                        AnnouncementRow.number.in_(announced),
                    )
                )

    async def waiting(self, taken_before: datetime) -> list[Waiting]:
        """Steps taken before an instant (aware) that neither Slack nor e-mail has, oldest first."""
        async with self._reader.connect() as db:
            found = await db.execute(
                select(AnnouncementRow.__table__)
                .where(AnnouncementRow.at <= taken_before, AnnouncementRow.mailed_at.is_(None))
                .order_by(AnnouncementRow.at, AnnouncementRow.reference, AnnouncementRow.number)
            )
            return [
                Waiting(row.reference, row.number, row.kind, row.at, row.attempts) for row in found
            ]

    async def claim(self, waiting: Waiting, now: datetime) -> Waiting | None:
        """Takes a step to be mailed by this program; None while it is not time, or is another's.

        Of several workers one wins; if it dies, the step is taken again a little later.
        """
        pause = min(AGAIN_IN * 2 ** min(max(waiting.attempts - 1, 0), 10), AGAIN_AT_MOST)
        statement = (
            update(AnnouncementRow)
            .where(
                AnnouncementRow.reference == waiting.reference,
                AnnouncementRow.number == waiting.number,
                AnnouncementRow.attempts == waiting.attempts,
                AnnouncementRow.mailed_at.is_(None),
                or_(AnnouncementRow.tried_at.is_(None), AnnouncementRow.tried_at <= now - pause),
            )
            .values(attempts=waiting.attempts + 1, tried_at=now)
            .returning(AnnouncementRow.attempts)
        )
        async with self._turn, self._engine.begin() as db:
            attempts = await db.scalar(statement)
        if attempts is None:
            return None
        return Waiting(waiting.reference, waiting.number, waiting.kind, waiting.at, attempts)

    async def mailed(self, waiting: Waiting, now: datetime) -> None:
        """Notes that everybody who can be reached by e-mail was."""
        async with self._turn, self._engine.begin() as db:
            await db.execute(
                update(AnnouncementRow)
                .where(
                    AnnouncementRow.reference == waiting.reference,
                    AnnouncementRow.number == waiting.number,
                )
                .values(mailed_at=now)
            )

    async def all(self, reference: str) -> list[Delivery]:
        """Every delivery of a case, the oldest first."""
        async with self._reader.connect() as db:
            found = await db.execute(
                select(DeliveryRow.__table__)
                .where(DeliveryRow.reference == reference)
                .order_by(DeliveryRow.id)
            )
            return [
                Delivery(*(row[name] for name in Delivery.__dataclass_fields__))
                for row in found.mappings()
            ]

    async def choice(self) -> RouteChoice | None:
        """What an operator said of the routes last; None when nobody ever did."""
        columns = (
            RouteChoiceRow.mail_only,
            RouteChoiceRow.at,
            RouteChoiceRow.by,
            RouteChoiceRow.because,
        )
        async with self._reader.connect() as db:
            found = await db.execute(select(*columns).order_by(RouteChoiceRow.id.desc()).limit(1))
            row = found.first()
        return RouteChoice(*row) if row else None

    async def is_mail_only(self) -> bool:
        """Whether Slack is not to be used now."""
        choice = await self.choice()
        return choice is not None and choice.mail_only

    async def choose(self, choice: RouteChoice) -> None:
        """Records what an operator says of the routes; it holds from the next message on."""
        async with self._turn, self._engine.begin() as db:
            await db.execute(insert(RouteChoiceRow).values(**vars(choice)))
