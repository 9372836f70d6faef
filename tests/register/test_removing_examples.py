# ruff: noqa: S608  the statements are our own
"""Imported examples go with their figures, the chain stays whole, and nothing else can go so."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.retention import RemovalEvent, Removed, RetentionRule
from register import versions
from register.chain import Chain
from register.database import using
from register.figures.comparing import Compared
from register.incident_schema import IncidentRow
from register.past.command import import_file
from register.past.examples import Gone, PastExamples
from register.past.reading import Wishes
from register.retention.due import Schedule
from register.retention.holding import Holds
from register.retention.removing import check_may_remove
from register.schema import EventRow
from reports.counting import Counting, at_one_moment
from runtime.settings import SettingsError
from tests.domain.samples import NO_BREACH, RECEIVED
from tests.register.past_files import EXAMPLE, row, table
from tests.register.test_chain import intact
from tests.register.test_figures import ROOT, both, first
from tests.register.test_retention import RETENTION, lived_through, remove_all

BY = "os:owen"
REFERRED = {
    "Date_of_disciplinary_referral": "1/1/2022",
    "Disciplinary_outcome": "",
}
COPIED = {"reference": "'PI-2022-0001'", "imported_as": "'OST-2'"}
AGAIN = ", ".join(COPIED.get(each.name, each.name) for each in IncidentRow.__table__.columns)
"""The columns of a row, as somebody would make one for an example that was removed."""


@pytest.fixture
async def mixed(
    engine: AsyncEngine, empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncEngine:
    """A register with the example, an imported incident with its referral, and a case."""
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("ORGANISATION_FILE", str(ROOT / "organisation.toml"))
    assert await import_file(EXAMPLE, Wishes(yes=True)) == 0
    file = tmp_path / "real.csv"
    file.write_text(table(row(**REFERRED)))
    assert await import_file(file, Wishes(yes=True)) == 0
    await lived_through(engine, "real", RECEIVED, NO_BREACH)
    return engine


async def incidents(engine: AsyncEngine) -> list[str | None]:
    """The former references of what is counted, None for a case."""
    async with engine.connect() as db:
        return list(await db.scalars(select(IncidentRow.imported_as).order_by("imported_as")))


async def says_example(engine: AsyncEngine) -> bool:
    async with at_one_moment(engine) as db:
        return await Counting(db).holds_example()


async def test_all_of_the_example_goes_and_nothing_else(mixed: AsyncEngine) -> None:
    assert await says_example(mixed)

    assert await PastExamples(mixed, BY).remove() == Gone(22, 22, [])

    assert sorted(map(str, await incidents(mixed))) == ["None", "OST-1"]
    assert await both(mixed) == (
        Compared("incidents", agree=2),
        Compared("referral_counts", agree=1),
    )
    assert await intact(mixed)
    assert not await says_example(mixed)
    assert await PastExamples(mixed, BY).remove() == Gone(0, 0, [])


async def test_the_chain_says_that_it_was_an_example_and_who_removed_it(mixed: AsyncEngine) -> None:
    await PastExamples(mixed, BY).remove()

    async with mixed.connect() as db:
        rows = await db.execute(
            select(EventRow.reference, EventRow.number, EventRow.actor, EventRow.details)
            .where(EventRow.kind == "removed")
            .order_by(EventRow.position)
        )
        removals = rows.all()
    said = {"kind": "removed", "rule": "imported", "by": BY, "example": True}
    assert {(each.number, each.actor) for each in removals} == {(2, BY)}
    assert [each.details for each in removals] == [said] * 22


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "DELETE FROM incidents WHERE imported_as = 'OST-1'",
            "its row is missing, and there are events of it",
        ),
        (
            f"INSERT INTO incidents SELECT {AGAIN} FROM incidents WHERE imported_as = 'OST-1'",
            "it was an example that was removed, and has a row",
        ),
        ("DELETE FROM referral_counts", "of an import: 1 of its rows are missing or altered"),
        (
            "UPDATE referral_counts SET reference = 'EXAMPLE-1'",
            "of an import: 1 of its rows are missing or altered",
        ),
    ],
)
async def test_what_is_altered_after_it_is_named(
    mixed: AsyncEngine, statement: str, named: str
) -> None:
    await PastExamples(mixed, BY).remove()

    assert any(said.endswith(named) for said in await first(mixed, statement))


async def test_a_case_can_not_be_taken_for_an_example_that_was_removed(mixed: AsyncEngine) -> None:
    now = datetime.now(UTC)
    async with mixed.begin() as db:
        reference = await db.scalar(
            select(IncidentRow.reference).where(IncidentRow.imported_as.is_(None))
        )
        assert reference
        step = Removed(rule=RetentionRule.IMPORTED, by=BY, example=True)
        await Chain(EventRow, RemovalEvent).remove(db, reference, step, now, BY)

    assert await first(mixed, f"DELETE FROM incidents WHERE reference = '{reference}'") == [
        f"incidents, {reference}: its row is missing, and there are events of it"
    ]


async def test_what_is_on_hold_stays(mixed: AsyncEngine) -> None:
    await Holds(mixed).place("PI-2022-0001", "litigation, file LEG/2026/17", BY)

    assert await PastExamples(mixed, BY).remove() == Gone(21, 22, ["PI-2022-0001"])
    assert [each.first for each in await both(mixed)] == [None, None]


async def test_retention_takes_the_figures_of_an_example_with_it(mixed: AsyncEngine) -> None:
    await remove_all(mixed, Schedule(RETENTION, date(2040, 1, 1)))

    left = [each for each in await incidents(mixed) if each]
    assert left == ["OST-1"]
    assert (await both(mixed))[0] == Compared("incidents", agree=1, removed=1)
    assert await intact(mixed)


async def test_every_name_of_an_example_is_marked_and_no_other_may_be(
    mixed: AsyncEngine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "another.csv"
    file.write_text(table(row(Reference="EXAMPLE-77")))
    assert await import_file(file, Wishes(yes=True)) == 2
    assert "EXAMPLE- begins the references of an example" in capsys.readouterr().err

    file.write_text("# Example\n" + table(row(Reference="TRY-1")))
    assert await import_file(file, Wishes(yes=True)) == 0
    assert "EXAMPLE-TRY-1" in await incidents(mixed)
    assert (await PastExamples(mixed, BY).remove()).incidents == 23


async def test_the_role_of_the_programs_may_not(engine: AsyncEngine, empty_url: str) -> None:
    await check_may_remove(engine)
    if engine.dialect.name == "sqlite":
        return
    async with engine.begin() as db:
        await db.execute(text("CREATE ROLE programs LOGIN"))
    await versions.upgrade(engine, role="programs")
    async with using(empty_url.replace("postgres@", "programs@")) as others:
        with pytest.raises(SettingsError, match="must be that of the register's owner"):
            await check_may_remove(others)
