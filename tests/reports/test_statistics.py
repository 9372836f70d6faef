"""What the charts are drawn from: who is counted, when, and where."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.digest import DigestKind, DigestPeriod
from domain.statistics import Grain, Statistics
from domain.taxonomy import Classification, IncidentType, Stage
from register import versions
from register.database import open_engine
from reports.digest import Compiler
from reports.statistics import Statistician, fitting_grain
from runtime.settings import organisation
from tests.reports.filling import add_incidents
from tests.reports.open_cases import add_open_case

FIRST, LAST = date(2025, 11, 1), date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
UNITS = organisation({})


async def counted(engine: AsyncEngine, first: date = FIRST, last: date = LAST) -> Statistics:
    return await Statistician(engine, UNITS).statistics(first, last, NOW)


async def test_nothing_is_counted_as_nothing(engine: AsyncEngine) -> None:
    none = await counted(engine)
    assert (none.incidents, none.open, none.to_ost.total, none.areas) == (0, 0, 0, ())
    assert len(none.by_type.steps) == 13


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({}, 1),
        ({"classification": Classification.NEAR_MISS}, 1),
        ({"classification": None, "stage": Stage.OST_REVIEW}, 1),
        ({"classification": None, "stage": Stage.WITHDRAWN}, 0),
        ({"classification": Classification.DUPLICATE, "stage": Stage.DUPLICATE}, 0),
        ({"classification": Classification.UPSTREAM}, 0),
        ({"classification": Classification.NOT_A_BREACH}, 0),
        ({"drill": True}, 0),
        ({"discovered_on": FIRST}, 1),
        ({"discovered_on": LAST}, 1),
        ({"discovered_on": FIRST - timedelta(days=1)}, 0),
        ({"discovered_on": LAST + timedelta(days=1)}, 0),
    ],
)
async def test_what_counts_as_an_incident(
    engine: AsyncEngine, fields: dict[str, Any], number: int
) -> None:
    usual: dict[str, Any] = {
        "discovered_on": date(2026, 3, 5),
        "hours_to_ost": 1.0,
        "ost_late": False,
    }
    await add_incidents(engine, **(usual | fields))
    found = await counted(engine)
    assert found.incidents == found.to_ost.total == sum(each.count for each in found.areas)
    assert found.incidents == number


async def test_the_few_most_frequent_types_are_kept_apart_by_month(engine: AsyncEngine) -> None:
    for number, kind in enumerate(IncidentType):
        if number < 7:
            await add_incidents(
                engine, 7 - number, incident_type=kind, discovered_on=date(2026, 3, 31)
            )
    await add_incidents(engine, 1, incident_type=None, discovered_on=date(2026, 4, 1))

    by_type = (await counted(engine)).by_type

    assert [each.count for each in by_type.types] == [7, 6, 5, 4, 7]
    assert by_type.types[-1].incident_type is None
    steps = {step.begins_on: step.counts for step in by_type.steps}
    assert steps[date(2026, 3, 1)] == (7, 6, 5, 4, 6)
    assert steps[date(2026, 4, 1)] == (0, 0, 0, 0, 1)


async def test_times_stand_in_bands_around_the_limit_of_their_own_case(engine: AsyncEngine) -> None:
    for hours, late in (
        (0, False),
        (12, False),
        (12.1, False),
        (24, False),
        (24, True),
        (48, True),
    ):
        await add_incidents(
            engine, discovered_on=date(2026, 2, 1), hours_to_ost=hours, ost_late=late
        )
    await add_incidents(engine, discovered_on=date(2026, 2, 1), hours_to_ost=48.1, ost_late=True)
    await add_incidents(engine, discovered_on=date(2026, 2, 1), hours_to_ico=90, ico_late=True)

    found = await counted(engine)

    [quarter] = [step for step in found.to_ost.steps if step.total]
    assert (quarter.begins_on, quarter.bands, quarter.in_time) == (
        date(2026, 1, 1),
        (2, 2, 2, 1),
        4,
    )
    assert (found.to_ico.total, found.to_ico.in_time) == (1, 0)


async def test_open_cases_stand_by_stage_with_those_past_a_deadline(engine: AsyncEngine) -> None:
    hour = timedelta(hours=1)
    await add_open_case(engine, "BR-1", Stage.OST_REVIEW, NOW + hour)
    await add_open_case(engine, "BR-2", Stage.OST_REVIEW, NOW)
    await add_open_case(engine, "BR-3", Stage.REMEDIATION, NOW - hour)
    await add_open_case(engine, "BR-4", Stage.REMEDIATION, NOW - hour, drill=True)
    await add_open_case(engine, "BR-5", Stage.CLOSED, NOW - hour)

    found = await counted(engine)

    assert [(each.stage, each.open, each.overdue) for each in found.stages] == [
        (Stage.OST_REVIEW, 2, 1),
        (Stage.REMEDIATION, 1, 1),
    ]


async def test_areas_stand_in_the_order_of_their_numbers(engine: AsyncEngine) -> None:
    for area, number in (("hq", 1), ("wessex", 3), (None, 2)):
        await add_incidents(engine, number, discovered_on=LAST, area=area)
    areas = (await counted(engine)).areas
    assert [(each.area, each.count) for each in areas] == [("wessex", 3), (None, 2), ("hq", 1)]


@pytest.mark.parametrize(
    ("first", "grain", "steps"),
    [
        (date(2026, 11, 22), Grain.MONTH, 1),
        (date(2025, 6, 30), Grain.MONTH, 18),
        (date(2025, 5, 31), Grain.QUARTER, 7),
        (date(2015, 1, 1), Grain.YEAR, 12),
    ],
)
def test_a_window_has_steps_that_a_phone_can_show(first: date, grain: Grain, steps: int) -> None:
    assert fitting_grain(first, LAST) is grain
    assert len(grain.steps(first, LAST)) == steps


async def test_a_digest_counts_its_week_and_names_what_is_overdue_now(engine: AsyncEngine) -> None:
    week = DigestPeriod.before(DigestKind.WEEKLY, NOW)
    first, last = week.first_day, week.last_day
    assert (first, last) == (date(2026, 11, 9), date(2026, 11, 15))
    for day in (first, last, first - timedelta(days=1), last + timedelta(days=1)):
        await add_incidents(
            engine,
            discovered_on=day,
            reported_on=day,
            ost_late=day == last,
            hours_to_ost=1,
            closed_on=day,
            ico_notified_on=day,
            ico_late=day == first,
        )
    await add_incidents(engine, discovered_on=first, reported_on=first, drill=True)
    await add_open_case(engine, "BR-1", Stage.REMEDIATION, NOW - timedelta(days=30))
    await add_open_case(engine, "BR-2", Stage.REMEDIATION, NOW - timedelta(days=40))
    await add_open_case(engine, "BR-3", Stage.REMEDIATION, NOW - timedelta(days=50), drill=True)

    digest = await Compiler(engine, UNITS).digest(week, NOW)

    assert (digest.came_in, digest.late_to_ost, digest.closed) == (2, 1, 2)
    assert (digest.told_ico, digest.told_ico_late) == (2, 1)
    assert [each.reference for each in digest.overdue] == ["BR-2", "BR-1"]
    assert digest.statistics.overdue == 2
    assert digest.statistics.last_day == last


@pytest.mark.parametrize(
    ("name", "day", "said"),
    [
        ("EXAMPLE-1", FIRST, True),
        ("EXAMPLE-1", FIRST - timedelta(days=1), False),
        ("OST-1", FIRST, False),
    ],
)
async def test_what_counts_an_example_says_so(
    engine: AsyncEngine, name: str, day: date, *, said: bool
) -> None:
    await add_incidents(engine, imported_as=name, discovered_on=day)
    assert (await counted(engine)).example is said


async def test_with_many_incidents_no_row_of_one_is_read(tmp_path: Path) -> None:
    """Counting reads indexes that hold all it asks for; SQLite says so of each query.

    Only the rows that an example brought are read, by their names.
    """
    engine = open_engine(f"sqlite:///{tmp_path / 'register.db'}")
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, ___: Any, ____: Any) -> None:
        if statement.startswith("SELECT") and "FROM incidents" in statement:
            asked.append((statement, parameters))

    try:
        await versions.upgrade(engine)
        event.listen(engine.sync_engine, "before_cursor_execute", note)
        await Compiler(engine, UNITS).digest(DigestPeriod.before(DigestKind.WEEKLY, NOW), NOW)
        async with engine.connect() as db:
            for statement, parameters in asked.copy():
                plan = await db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                steps = [step for *_, step in plan if "incidents" in step]
                assert steps
                assert all("COVERING INDEX" in step or "(imported_as>" in step for step in steps), (
                    steps
                )
    finally:
        await engine.dispose()
    assert len(asked) >= 8
