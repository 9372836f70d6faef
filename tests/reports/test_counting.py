"""Counting many incidents reads an index and nothing else: what a million of them depends on."""

from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.reports.conftest import Ask
from tests.reports.filling import add_incidents

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("upstream", {"force": "kent"}),
    ("upstream", {"split": "offence-split"}),
    ("breaches", {}),
    ("breaches", {"split": "area", "by": "month", "casework": True, "cyber": False}),
    ("breaches", {"split": "type", "area": "hq", "suppress": 5, "secondary": True}),
    ("ico", {}),
    ("ico", {"split": "category"}),
]


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("question", "options"), ASKED)
async def test_sqlite_answers_from_an_index_that_has_it_all(
    question: str,
    options: dict[str, Any],
    engine: AsyncEngine,
    ask: Ask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await add_incidents(engine, 20)
    asked: list[tuple[str, Any]] = []

    def note(_db: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if "FROM incidents" in statement:
            asked.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await ask(question, **options)
    finally:
        event.remove(Engine, "before_cursor_execute", note)

    assert asked
    async with engine.connect() as db:
        for statement, values in asked:
            plan = await db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            steps = [each["detail"] for each in plan.mappings()]
            reads = [step for step in steps if "incidents" in step]
            assert reads
            assert all("USING COVERING INDEX" in step for step in reads), (steps, statement)
