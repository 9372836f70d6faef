# ruff: noqa: S608  the statements are our own
"""Figures are what their events say, and whoever alters one is found by it."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from register.figures import reading
from register.figures.comparing import Compared, compared
from register.figures.reading import INCIDENTS, REFERRALS, how_many
from register.incident_schema import IncidentRow
from register.past.command import import_file
from register.past.reading import Wishes
from register.reading import snapshot
from register.referrals import Referrals
from register.reservations import Reservations
from register.store import Store
from tests.domain.referrals import lived
from tests.domain.samples import (
    BREACH,
    CLOSURE,
    LIFE,
    NO_BREACH,
    OPENING,
    RECEIVED,
    REOPENING,
    WITHDRAWAL,
)
from tests.register.past_files import EXAMPLE, row, table
from tests.register.recording import moments
from tests.register.tampering import some_events, tamper
from tests.register.test_referrals import WHOLE
from tests.register.test_retention import in_years, lived_through, remove_all

ROOT = Path(__file__).resolve().parents[2]


async def both(engine: AsyncEngine) -> tuple[Compared, Compared]:
    """What is found of the incidents, and of the referrals; every row is told of."""
    told: list[int] = []
    async with snapshot(engine).connect() as db:
        found = [await compared(db, figures, told.append) for figures in (INCIDENTS, REFERRALS)]
        there = await how_many(db, INCIDENTS) + await how_many(db, REFERRALS)
        unnamed = sum(many for _, many in await reading.nameless(db))
    assert sum(told) + unnamed == there
    return found[0], found[1]


async def first(engine: AsyncEngine, *statements: str) -> list[str]:
    """What is named after an alteration."""
    await tamper(engine, *statements)
    return [each.first for each in await both(engine) if each.first]


@pytest.fixture
async def imported(
    engine: AsyncEngine, empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncEngine:
    """A register with the example's incidents."""
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("ORGANISATION_FILE", str(ROOT / "organisation.toml"))
    assert await import_file(EXAMPLE, Wishes(yes=True)) == 0
    return engine


@pytest.fixture
async def recorded(engine: AsyncEngine) -> AsyncEngine:
    """A register with three cases and a referral."""
    await some_events(engine)
    return engine


async def test_an_empty_register_has_no_figures(engine: AsyncEngine) -> None:
    assert await both(engine) == (Compared("incidents"), Compared("referral_counts"))


async def test_whole_lives_agree_and_each_step_on_the_way(engine: AsyncEngine) -> None:
    for steps in range(1, len(LIFE) + 1):
        await lived_through(engine, f"V{steps}", *LIFE[:steps])
    await lived_through(engine, "again", RECEIVED, NO_BREACH, CLOSURE, REOPENING, drill=True)
    await lived_through(engine, "withdrawn", RECEIVED, WITHDRAWAL)
    for moment in lived(*WHOLE):
        await Referrals(engine).record(*moment)

    incidents, referrals = await both(engine)

    assert incidents == Compared("incidents", agree=len(LIFE) + 2)
    assert referrals == Compared("referral_counts", agree=1)


async def test_what_was_imported_agrees_and_so_do_its_referrals(
    imported: AsyncEngine,
) -> None:
    incidents, referrals = await both(imported)

    assert incidents == Compared("incidents", agree=22)
    assert referrals == Compared("referral_counts", agree=22)


REFERRED = {
    "Date_of_disciplinary_referral": "2/1/2022",
    "Disciplinary_outcome": "final written warning",
    "Date_of_disciplinary_outcome": "3/2/22",
}


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "INSERT INTO referral_counts (incident_on, referred_on, outcome, drill) "
            "VALUES ('2022-05-05', '2022-05-06', 'dismissed', false)",
            "without a reference: 1 that no event names (not proven): ",
        ),
        ("DELETE FROM referral_counts", "of an import: 2 of its rows are missing or altered"),
        (
            "UPDATE referral_counts SET outcome = 'dismissed'",
            "of an import: 2 of its rows are missing or altered",
        ),
    ],
)
async def test_imported_referrals_that_were_altered_are_found(
    engine: AsyncEngine,
    empty_url: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    statement: str,
    named: str,
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("ORGANISATION_FILE", str(ROOT / "organisation.toml"))
    (tmp_path / "past.csv").write_text(
        table(row(Reference="OST-1", **REFERRED), row(Reference="OST-2", **REFERRED))
    )
    assert await import_file(tmp_path / "past.csv", Wishes(yes=True)) == 0
    assert (await both(engine))[1] == Compared("referral_counts", agree=2)

    [said] = await first(engine, statement)

    assert said.startswith(f"referral_counts, {named}")


async def test_references_are_gone_through_some_at_a_time(
    imported: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "AT_ONCE", 3)
    await some_events(imported)
    assert (await both(imported))[0] == Compared("incidents", agree=25)

    last = "PI-2024-0001"
    assert await first(imported, f"DELETE FROM incidents WHERE reference = '{last}'") == [
        f"incidents, {last}: its row is missing, and there are events of it"
    ]
    assert (await both(imported))[0].agree == 24


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (
            "classification = 'near_miss'",
            "classification is 'near_miss', and by its events 'breach'",
        ),
        ("area = NULL", "area is empty, and by its events 'west-midlands'"),
        ("drill = NOT drill", "drill is "),
        ("discovered_on = '2021-01-01'", "discovered_on is '2021-01-01', and by its events '2026-"),
        ("ico_notified_on = '2021-01-01'", "ico_notified_on is '2021-01-01', and by its events em"),
        ("hours_to_ost = 0.5", "hours_to_ost is 0.5, and by its events "),
        ("ost_late = NOT ost_late", "ost_late is "),
        ("people = 7", "people is 7, and by its events "),
        ("data_types = '[]'", "data_types is [], and by its events ["),
        ("stage = 'closed'", "stage is 'closed', and by its events '"),
        ("removed_on = '2021-01-01'", "removed_on is set, and nothing was removed"),
    ],
)
async def test_a_reported_incident_that_was_altered_is_named(
    recorded: AsyncEngine, change: str, named: str
) -> None:
    [said] = await first(
        recorded,
        f"UPDATE incidents SET {change} WHERE reference = 'BR-2026-0001'",
    )

    assert said.startswith(f"incidents, BR-2026-0001: {named}")
    assert (await both(recorded))[0].agree == 2


async def test_every_field_of_an_imported_incident_is_compared(imported: AsyncEngine) -> None:
    async with imported.connect() as db:
        reference = await db.scalar(select(IncidentRow.reference).limit(1))
    where = f"WHERE reference = '{reference}'"

    assert await first(imported, f"UPDATE incidents SET imported_as = 'Jo Bloggs' {where}") == [
        f"incidents, {reference}: imported_as is not what its events say"
    ]
    [said] = await first(imported, f"UPDATE incidents SET origin = 'reported' {where}")
    assert said == f"incidents, {reference}: origin is 'reported', and by its events 'imported'"


async def test_a_row_without_events_is_named(recorded: AsyncEngine) -> None:
    columns = [
        column.name for column in IncidentRow.__table__.columns if column.name != "reference"
    ]
    names = ", ".join(f'"{name}"' for name in columns)

    assert await first(
        recorded,
        f"INSERT INTO incidents (reference, {names}) SELECT 'BR-2026-0099', {names} "
        "FROM incidents WHERE reference = 'BR-2026-0001'",
    ) == ["incidents, BR-2026-0099: a row without any event"]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DELETE FROM referral_counts", "its row is missing, and there are events of it"),
        ("UPDATE referral_counts SET outcome = 'no_case'", "outcome is not what its events say"),
        (
            "UPDATE referral_counts SET incident_on = '2020-01-01'",
            "incident_on is not what its events say",
        ),
        ("UPDATE referral_counts SET reference = NULL", "its row is missing, and there are events"),
        ("UPDATE referral_counts SET drill = NOT drill", "drill is not what its events say"),
    ],
)
async def test_the_figures_of_a_referral_that_were_altered_are_named(
    recorded: AsyncEngine, statement: str, named: str
) -> None:
    [said] = await first(recorded, statement)

    assert said.startswith(f"referral_counts, HR-7F3K-9Q2M: {named}")


async def test_a_referral_that_was_made_up_is_named(recorded: AsyncEngine) -> None:
    assert await first(
        recorded, "UPDATE referral_counts SET reference = 'AA-1' WHERE reference IS NOT NULL"
    ) == ["referral_counts, AA-1: a row without any event"]


async def test_what_retention_removed_has_its_row_and_nothing_to_compare_with(
    recorded: AsyncEngine,
) -> None:
    closed = await lived_through(recorded, "closed", RECEIVED, NO_BREACH, CLOSURE)
    await remove_all(recorded, in_years(7))

    incidents, referrals = await both(recorded)

    assert incidents == Compared("incidents", agree=3, removed=1)
    assert referrals == Compared("referral_counts", unproven=1)
    where = f"WHERE reference = '{closed.reference}'"
    assert await first(recorded, f"UPDATE incidents SET removed_on = NULL {where}") == [
        f"incidents, {closed.reference}: removed_on is empty, and it was removed"
    ]
    assert await first(recorded, f"DELETE FROM incidents {where}") == [
        f"incidents, {closed.reference}: its row is missing, and there are events of it"
    ]


async def test_the_report_is_taken_from_its_event_and_not_from_the_table_of_cases(
    recorded: AsyncEngine,
) -> None:
    text = "REPLACE(CAST(opening AS TEXT), 'west-midlands', 'hq')"
    if recorded.dialect.name == "postgresql":
        text = f"CAST({text} AS JSON)"
    [said] = await first(
        recorded,
        f"UPDATE cases SET opening = {text}",
        "UPDATE incidents SET area = 'hq' WHERE reference = 'BR-2026-0001'",
    )
    assert said == "incidents, BR-2026-0001: area is 'hq', and by its events 'west-midlands'"


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE cases SET opening = '{}'", "its opening or events can't be read"),
        ("DELETE FROM cases", "its row in cases is missing"),
    ],
)
async def test_a_case_whose_beginning_is_gone_is_named(
    recorded: AsyncEngine, statement: str, named: str
) -> None:
    assert await first(recorded, statement) == [f"incidents, BR-2026-0001: {named}"]


async def test_a_case_of_which_a_step_is_still_to_come_is_not_taken_for_altered(
    engine: AsyncEngine, store: Store
) -> None:
    draft = OPENING.model_copy(update={"reference": ""})
    opening = await Reservations(engine).reserve("V1", draft, series="BR")
    _, second = moments(opening, RECEIVED, BREACH)
    await store.record(*second)

    assert (await both(engine))[0] == Compared("incidents", behind=1)
