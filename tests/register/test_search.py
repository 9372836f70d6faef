"""`python -m register search`: by what a person knows of a case, fast also among very many."""

import csv
import io
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.incident import Incident
from domain.origin import Origin
from domain.taxonomy import Classification, IncidentType, Stage
from register.incident_schema import IncidentRow
from register.incidents import incident_values
from register.reservations import Reservations
from register.schema import CaseRow, ReferenceCounter
from register.search.asking import Asked
from register.search.command import search_incidents
from register.search.finding import Question, search, statement
from register.search.form import Format
from register.store import Store
from tests.domain.samples import BREACH, OPENING, RECEIVED
from tests.register.recording import record_life

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 22, tzinfo=UTC)
Look = Callable[..., Awaitable[tuple[int, str, str]]]


@pytest.fixture(autouse=True)
def _told(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("ORGANISATION_FILE", str(ROOT / "organisation.toml"))
    # Whoever runs the tests side by side sets it to 80.
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def look(incidents: None, capsys: pytest.CaptureFixture[str]) -> Look:
    """Searches as the program does: its exit status, and what it says and complains of."""

    async def looked(form: Format = Format.CSV, **asked: str | int | bool) -> tuple[int, str, str]:
        status = await search_incidents(replace(Asked(), **asked), form)  # type: ignore[arg-type]
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return looked


def incident(reference: str, day: date, **fields: object) -> Incident:
    return Incident.model_validate(
        {
            "reference": reference,
            "discovered_on": day,
            "area": "hq",
            "incident_type": IncidentType.BCC,
            "classification": Classification.BREACH,
        }
        | fields
    )


INCIDENTS = [
    incident("BR-2025-0042", date(2025, 3, 1)),
    incident("BR-2026-0042", date(2026, 3, 1), area="west-midlands", stage=Stage.REMEDIATION),
    incident("BR-2026-0043", date(2026, 3, 2), incident_type=IncidentType.PHISHING),
    incident("BR-2026-0420", date(2026, 4, 2), classification=None, stage=Stage.OST_REVIEW),
    incident("BR-2026-0044", date(2026, 3, 3), drill=True),
    incident("PI-2022-0042", date(2022, 3, 1), origin=Origin.IMPORTED, imported_as="OST/2022/7"),
]


@pytest.fixture
async def incidents(engine: AsyncEngine) -> None:
    counters = [("BR", 2025), ("BR", 2026), ("PI", 2022)]
    async with engine.begin() as db:
        await db.execute(insert(IncidentRow), [incident_values(each) for each in INCIDENTS])
        await db.execute(
            insert(ReferenceCounter),
            [{"series": series, "year": year, "last": 9000} for series, year in counters],
        )


def references(printed: str) -> list[str]:
    return [row["reference"] for row in csv.DictReader(io.StringIO(printed))]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["BR-2026-0420", "BR-2026-0043", "BR-2026-0042", "BR-2025-0042", "PI-2022-0042"]),
        ({"area": "West Midlands"}, ["BR-2026-0042"]),
        ({"area": "cps west midlands"}, ["BR-2026-0042"]),
        ({"incident_type": "Phishing"}, ["BR-2026-0043"]),
        ({"stage": "ost review"}, ["BR-2026-0420"]),
        ({"classification": "breach", "area": "hq", "stage": "closed", "first_day": "1/1/26"},
         ["BR-2026-0043"]),
        ({"origin": "imported"}, ["PI-2022-0042"]),
        ({"first_day": "1/3/2026", "last_day": "2026-03-02"}, ["BR-2026-0043", "BR-2026-0042"]),
        ({"drill": True}, ["BR-2026-0044"]),
        ({"reference": "BR-2026-0042"}, ["BR-2026-0042"]),
        ({"reference": "br-2026-42"}, ["BR-2026-0042"]),
        ({"reference": "2026-42"}, ["BR-2026-0042"]),
        ({"reference": "42"}, ["PI-2022-0042", "BR-2026-0042", "BR-2025-0042"]),
        ({"reference": "BR-2026-04"}, ["BR-2026-0420"]),
        ({"reference": "pi-"}, ["PI-2022-0042"]),
        ({"reference": "OST/2022/7"}, ["PI-2022-0042"]),
        ({"reference": "2026-44"}, ["BR-2026-0044"]),
        ({"reference": "2026-42", "area": "hq"}, []),
        ({"reference": "%"}, []),
        ({"area": "cps-direct"}, []),
        ({"overdue": True}, []),
        ({"limit": 1}, ["BR-2026-0420"]),
    ],
    ids=str,
)  # fmt: skip
async def test_incidents_are_found_by_what_is_known_the_newest_first(
    look: Look, asked: dict[str, str | int | bool], found: list[str]
) -> None:
    status, out, err = await look(**asked)

    assert (status, references(out)) == (0, found)
    assert ("Nothing in the register matches" in err) == (found == [])
    assert ("--limit gives more" in err) == ("limit" in asked)


async def test_open_cases_past_their_deadline_are_overdue_and_say_when_in_london(
    engine: AsyncEngine, store: Store, reservations: Reservations, look: Look
) -> None:
    draft = OPENING.model_copy(update={"reference": ""})
    opening = await reservations.reserve("slack:V1", draft, series="XX")
    case = await record_life(store, opening, RECEIVED, BREACH)

    async with engine.begin() as db:
        due = datetime(2026, 7, 1, 11, 30, tzinfo=UTC)
        await db.execute(update(CaseRow).values(next_due=due))

    _, out, _ = await look(overdue=True)
    _, shown, _ = await look(Format.TABLE, reference=case.reference)

    [row] = csv.DictReader(io.StringIO(out))
    assert row["reference"] == case.reference
    assert row["next_due"] == "2026-07-01T12:30:00+01:00"
    assert "Wed 01 Jul 2026, 12:30 BST, overdue" in " ".join(shown.split())


@pytest.mark.parametrize("columns", ["180", "80", "60"])
async def test_references_stay_whole_on_any_width(
    look: Look, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    _, listed, _ = await look()
    monkeypatch.setenv("COLUMNS", columns)
    _, shown, _ = await look(Format.TABLE)

    lines = shown.splitlines()
    assert max(map(len, lines)) <= int(columns)
    assert "…" not in shown
    for each in references(listed):
        assert any(each in line for line in lines)
    if int(columns) <= 80:
        monkeypatch.setenv("COLUMNS", "180")
        _, wide, _ = await look(Format.TABLE)
        words = {*re.findall(r"\w+", wide)} - {"Reference", "Area", "Type", "Stage", "Finding"}
        assert {*re.findall(r"\w+", shown)} >= words - {"Discovered", "Next", "deadline"}
        assert not re.search("[│┃]", shown)


async def test_what_was_typed_is_neither_looked_for_nor_shown(
    store: Store, reservations: Reservations, look: Look
) -> None:
    draft = OPENING.model_copy(update={"reference": ""})
    opening = await reservations.reserve("slack:V1", draft, series="XX")
    await record_life(store, opening, RECEIVED)

    for form in Format:
        _, out, _ = await look(form, reference=opening.reference)
        assert opening.reference in out
        assert opening.report.description not in " ".join(out.split())


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (
            {"area": "west midland"},
            "--area: this is not an Area of organisation.toml: did you mean",
        ),
        ({"incident_type": "fishing"}, "--type: this is not a type of incident: did you mean"),
        ({"stage": "shut"}, "--stage: this is not a stage: write “OST review”"),
        ({"classification": "x"}, "--classification: "),
        ({"origin": "x"}, "--origin: "),
        ({"first_day": "31/2/22"}, "--from: there is no such day"),
        ({"first_day": "2/1/22", "last_day": "1/1/22"}, "--to: this is before --from"),
        ({"limit": 0}, "--limit: give a number from 1"),
        ({"reference": " "}, "--reference: give a reference"),
    ],
    ids=str,
)
async def test_a_question_that_can_t_be_put_is_named_by_its_option(
    look: Look, asked: dict[str, str | int | bool], problem: str
) -> None:
    status, out, err = await look(**asked)

    assert (status, out) == (2, "")
    assert problem in err


SEARCHES = [
    Question(),
    Question(area="hq"),
    Question(incident_type=IncidentType.BCC),
    Question(stage=Stage.REMEDIATION),
    Question(classification=Classification.BREACH),
    Question(origin=Origin.IMPORTED),
    Question(area="hq", incident_type=IncidentType.BCC, stage=Stage.CLOSED, drill=True),
    Question(first_day=date(2026, 1, 1), last_day=date(2026, 2, 1)),
]


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("question", SEARCHES)
async def test_sqlite_answers_from_an_index_that_is_in_order(
    engine: AsyncEngine, question: Question
) -> None:
    sql = statement(question).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    async with engine.connect() as db:
        plan = await db.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")
        steps = [row.detail for row in plan]

    assert "USING INDEX ix_incidents_" in steps[0]
    assert not any("FOR ORDER BY" in step and "LAST" not in step for step in steps), steps


async def test_what_is_overdue_is_looked_for_among_the_deadlines(
    engine: AsyncEngine, incidents: None
) -> None:
    answer = await search(engine, Question(overdue_at=NOW + timedelta(days=1)))

    assert answer.found == []
    assert not answer.more
