"""Open cases with a remedial action that asks its owner to take a course."""

from sqlalchemy import JSON, ColumnElement, and_, column, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.case import Case
from register.schema import OVER, CaseRow


async def owing_a_course(engine: AsyncEngine) -> list[Case]:
    """Those with one that is still to be done, the oldest case first."""
    async with engine.execution_options(readonly=True).connect() as db:
        is_open = and_(CaseRow.stage.not_in(OVER), CaseRow.events > 0)
        query = select(CaseRow.state).where(is_open, _owes_a_course(db.dialect.name))
        states = await db.scalars(query.order_by(CaseRow.reported_at, CaseRow.reference))
        return [Case.model_validate(state) for state in states]


def _owes_a_course(dialect: str) -> ColumnElement[bool]:
    elements = func.json_array_elements if dialect == "postgresql" else func.json_each
    action = elements(CaseRow.state["actions"]).table_valued(column("value", JSON)).alias("action")
    value = action.c.value
    return (
        select(value)
        .where(
            value["course"].as_string() != "",
            value["done_at"].as_string().is_(None),
            value["cancelled_at"].as_string().is_(None),
        )
        .exists()
    )
