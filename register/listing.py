"""Reading many cases at once: the open ones, somebody's reports, what waits for somebody."""

from collections.abc import Collection
from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import JSON, ColumnElement, Select, and_, column, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.case import Case
from domain.people import Actor
from domain.sight import Page, Sight
from domain.taxonomy import Role, Stage
from register.schema import ACKNOWLEDGED, OVER, CaseRow, EventRow

MOST_CANDIDATES = 200
"""Cases looked through for what waits for one person, those due first coming first."""

LATELY = 500
"""Events that a listener looks back on when it starts."""

_FOR_OST = (
    Stage.OST_REVIEW.value,
    Stage.EFFECTIVENESS_REVIEW.value,
    Stage.READY_TO_CLOSE.value,
)


class Listing:
    """Lists of the cases of one register. A case is in them once its report is acknowledged."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._reader = engine.execution_options(readonly=True)

    async def open_cases(
        self, sight: Sight, limit: int, *, due_before: datetime | None = None
    ) -> Page:
        """Open cases that somebody may see, by their next deadline.

        Args:
            sight: whose eyes.
            limit: how many at most.
            due_before: only those with a deadline up to that instant (aware).
        """
        wanted = [_OPEN, seen(sight)]
        if due_before is not None:
            wanted.append(CaseRow.next_due <= due_before)
        return await self._page(and_(*wanted), limit, CaseRow.next_due.asc().nulls_last())

    async def open_references(self) -> list[str]:
        """The references of all open cases, the oldest first; some may have no event yet."""
        query = select(CaseRow.reference).where(_OPEN)
        async with self._reader.connect() as db:
            return list(await db.scalars(query.order_by(CaseRow.reported_at)))

    async def events_of(self, references: Collection[str]) -> dict[str, int]:
        """How many events the cases of these references have; those that are none are left out."""
        query = select(CaseRow.reference, CaseRow.events).where(CaseRow.reference.in_(references))
        async with self._reader.connect() as db:
            return {row.reference: row.events for row in await db.execute(query)}

    async def newest(self, after: int | None, before: datetime) -> list[tuple[int, str, int]]:
        """Position, reference and number of the events recorded lately, in order.

        Args:
            after: the position to begin behind; None for the last `LATELY`.
            before: only those recorded before that instant (aware), up to the first younger one.
        """
        columns = EventRow.position, EventRow.reference, EventRow.number, EventRow.recorded_at
        async with self._reader.connect() as db:
            if after is None:
                after = (await db.scalar(select(func.max(EventRow.position))) or 0) - LATELY
            of_a_case = EventRow.reference.in_(select(CaseRow.reference).where(CaseRow.events > 0))
            query = select(*columns).where(EventRow.position > after, of_a_case)
            rows = (await db.execute(query.order_by(EventRow.position))).all()
        settled = takewhile(lambda row: row.recorded_at < before, rows)
        return [(row.position, row.reference, row.number) for row in settled]

    async def reports(self, user_id: str, limit: int) -> Page:
        """What a person reported, open or not, the newest first."""
        own = and_(ACKNOWLEDGED, CaseRow.reporter == user_id)
        return await self._page(own, limit, CaseRow.reported_at.desc())

    async def waiting_for(self, actor: Actor) -> tuple[Case, ...]:
        """Open cases in which a step may wait for the person; which, the domain says."""
        async with self._reader.connect() as db:
            wanted = and_(_OPEN, or_(*_may_wait_for(actor, db.dialect.name)))
            query = select(CaseRow.state).where(wanted).limit(MOST_CANDIDATES)
            order = CaseRow.next_due.asc().nulls_last()
            states = await db.scalars(query.order_by(order, CaseRow.reference))
            return tuple(Case.model_validate(state) for state in states)

    async def _page(
        self, wanted: ColumnElement[bool], limit: int, order: ColumnElement[Any]
    ) -> Page:
        query: Select[tuple[dict[str, Any]]] = select(CaseRow.state).where(wanted)
        count = select(func.count()).select_from(CaseRow).where(wanted)
        async with self._reader.connect() as db:
            states = await db.scalars(query.order_by(order, CaseRow.reference).limit(limit))
            cases = tuple(Case.model_validate(state) for state in states)
            return Page(cases, await db.scalar(count) or 0)


_OPEN = and_(ACKNOWLEDGED, CaseRow.stage.not_in(OVER))


_ABOUT_COMPLAINTS = {Role.OST, Role.DPO, Role.DEPUTY_DPO}


def seen(sight: Sight) -> ColumnElement[bool]:
    """As one's own, or by role unless the breach involves the person."""
    involved = CaseRow.opening[("report", "circumstances", "involved")].as_string()
    not_involved: ColumnElement[bool] = involved.is_distinct_from(sight.user_id)
    own = CaseRow.reporter == sight.user_id
    by_role = true() if sight.everywhere else CaseRow.area.in_(sight.areas)
    return or_(own, and_(not_involved, by_role))


def _may_wait_for(actor: Actor, dialect: str) -> list[ColumnElement[bool]]:
    """Wide on purpose: only what is cheap to say in SQL. The rules themselves are the domain's."""
    asked = CaseRow.state[("question", "at")].as_string().is_not(None)
    wanted = [
        _owns_open_action(actor.user_id, dialect),
        and_(CaseRow.reporter == actor.user_id, asked),
    ]
    if _ABOUT_COMPLAINTS.intersection(actor.roles):
        # A complaint may be open at any stage.
        complaint = CaseRow.state[("complaints", 0, "number")]
        wanted.append(complaint.as_string().is_not(None))
    if Role.OST in actor.roles:
        wanted.append(CaseRow.stage.in_(_FOR_OST))
    if Role.DPO in actor.roles or Role.DEPUTY_DPO in actor.roles or Role.OST_LEAD in actor.roles:
        wanted.append(CaseRow.stage.not_in(_FOR_OST))
    return wanted


def _owns_open_action(user_id: str, dialect: str) -> ColumnElement[bool]:
    elements = func.json_array_elements if dialect == "postgresql" else func.json_each
    action = elements(CaseRow.state["actions"]).table_valued(column("value", JSON)).alias("action")
    value = action.c.value
    return (
        select(value)
        .where(
            value["owner"].as_string() == user_id,
            value["done_at"].as_string().is_(None),
            value["cancelled_at"].as_string().is_(None),
        )
        .exists()
    )
