"""The Cabinet Office's tables of a financial year, from what the register counts."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.annual_report import AnnualCategory
from domain.data import DataType, Recovered
from domain.incident import Incident
from domain.origin import Origin
from domain.past import OF_AN_EXAMPLE
from domain.taxonomy import Classification, Communication, IncidentType, Stage
from register.incidents import count
from reports.annual.answering import annual_report
from reports.annual.year import financial_year
from reports.asking import AskedWrongError
from reports.rendering import Format, rendered
from reports.tables import Report, Table, shown
from runtime.settings import organisation
from tests.domain.samples import BREACH, LIFE, NOTIFY, RECEIVED, SUBMISSION, case_after
from tests.reports.filling import add_incidents

NOW = datetime(2020, 4, 20, 9, tzinfo=UTC)
TODAY = NOW.date()
MAY, AUGUST, OCTOBER = date(2019, 5, 6), date(2019, 8, 9), date(2019, 10, 1)
DECEMBER, MARCH = date(2019, 12, 31), date(2020, 3, 31)


async def report(engine: AsyncEngine, year: str = "2019-20") -> Report:
    return await annual_report(engine, financial_year(year, TODAY), organisation({}), NOW)


def rows(table: Table) -> list[list[str]]:
    return [[shown(cell) for cell in row] for row in table.all_rows]


async def tell(
    engine: AsyncEngine, incidents: int, people: int, on: date, **fields: object
) -> None:
    """Adds incidents that the ICO was told of on that day, and of people that many in all."""
    usual: dict[str, Any] = {"discovered_on": on, "ico_notified_on": on, "notify": True}
    await add_incidents(engine, incidents - 1, **(usual | {"people": 1} | fields))
    await add_incidents(engine, 1, **(usual | {"people": people - incidents + 1} | fields))


async def test_the_quarters_sum_up_as_the_cps_published_them_for_2019_20(
    engine: AsyncEngine,
) -> None:
    disclosed, lost = IncidentType.EMAILED, IncidentType.DEVICE_LOSS
    await tell(engine, 15, 23, MAY, incident_type=disclosed)
    await tell(engine, 12, 34, AUGUST, incident_type=disclosed)
    await tell(engine, 11, 56, DECEMBER, incident_type=disclosed)
    await tell(engine, 18, 1_000, MARCH, incident_type=disclosed)
    await tell(engine, 3, 233, MARCH, incident_type=lost)

    quarters = rows((await report(engine)).tables[0])

    assert [(row[0], row[1], row[3]) for row in quarters] == [
        ("Apr–Jun 2019", "15", "23"),
        ("Jul–Sep 2019", "12", "34"),
        ("Oct–Dec 2019", "11", "56"),
        ("Jan–Mar 2020", "21", "1,233"),
        ("Year", "59", "1,346"),
    ]
    assert quarters[3][2] == f"18 {disclosed.label}; 3 {lost.label}"


async def test_the_year_is_from_april_to_march_by_the_day_on_which_the_ico_was_told(
    engine: AsyncEngine,
) -> None:
    for told_on in (date(2019, 3, 31), date(2020, 4, 1)):
        await add_incidents(engine, discovered_on=MAY, ico_notified_on=told_on, notify=True)
    first_day: dict[str, Any] = {
        "discovered_on": date(2019, 3, 30),
        "ico_notified_on": date(2019, 4, 1),
    }
    await add_incidents(engine, **first_day, notify=True)
    assert rows((await report(engine)).tables[0])[-1][1] == "1"


async def test_in_detail_a_row_is_a_quarter_and_a_nature_with_month_data_people_and_steps(
    engine: AsyncEngine,
) -> None:
    usual: dict[str, Any] = {
        "incident_type": IncidentType.REDACTION,
        "discovered_on": MAY,
        "ico_notified_on": MAY,
        "notify": True,
    }
    first: dict[str, Any] = {
        "occurred_on": date(2019, 2, 3),
        "people": 2,
        "data_types": (DataType.CRIMINAL,),
    }
    second: dict[str, Any] = {
        "occurred_on": date(2019, 5, 2),
        "data_types": (DataType.BASIC, DataType.CRIMINAL),
    }
    await add_incidents(engine, **usual, **first, communication=Communication.TOLD)
    await add_incidents(engine, **usual, **second, communication=Communication.RESTRICTED)
    await add_incidents(engine, **usual)

    table = (await report(engine)).tables[1]

    assert rows(table)[0] == [
        "Apr–Jun 2019",
        "Feb 2019 to May 2019; not recorded of 1",
        "Failure to redact",
        "Basic personal identifiers, eg name, contact details; Criminal convictions, offences",
        "3",
        "2",
        "2",
        "ICO told: 3; people told: 1; telling people restricted: 1; nothing recorded about telling "
        "people: 1",
    ]


async def test_a_quarter_and_a_year_with_nothing_say_nil(engine: AsyncEngine) -> None:
    found = await report(engine)
    quarters, details, categories = (rows(table) for table in found.tables)
    assert [row[1] for row in quarters] == ["Nil"] * 5
    assert [row[2] for row in details] == ["Nil"] * 4
    assert [row[2] for row in categories] == ["Nil"] * 7
    assert "formally reported to the ICO: Nil." in found.paragraphs[0]


async def test_where_no_number_of_people_is_known_it_is_not_nil(engine: AsyncEngine) -> None:
    await add_incidents(engine, discovered_on=MAY, ico_notified_on=MAY, notify=True)
    quarter = rows((await report(engine)).tables[0])[0]
    assert quarter[1:] == ["1", "1 Not recorded", "Not known", "1"]


async def test_others_are_counted_in_the_five_categories_in_the_cabinet_offices_words(
    engine: AsyncEngine,
) -> None:
    settled: dict[str, Any] = {"discovered_on": OCTOBER, "notify": False}
    for number, category in enumerate(AnnualCategory, start=1):
        await add_incidents(engine, number, **settled, category=category)
    gone: dict[str, Any] = {"category": AnnualCategory.LOSS_ON_PREMISES, "recovered": Recovered.NO}
    await add_incidents(engine, 2, **settled, **gone)
    await add_incidents(engine, 4, **settled)

    found = await report(engine)

    counted = rows(found.tables[2])
    assert [(row[0], row[2], row[3]) for row in counted] == [
        ("I", "3", "2"),
        ("II", "2", "Nil"),
        ("III", "3", "Nil"),
        ("IV", "4", "Nil"),
        ("V", "5", "Nil"),
        ("–", "4", "Nil"),
        ("Total", "21", "2"),
    ]
    assert [row[1] for row in counted[:5]] == [each.wording for each in AnnualCategory]
    assert any("Not yet categorised in table 2: 4." in note for note in found.notes)


async def test_what_is_told_to_the_ico_is_in_table_1_alone_and_what_is_open_in_none(
    engine: AsyncEngine,
) -> None:
    await add_incidents(engine, discovered_on=MAY, ico_notified_on=MAY, notify=True)
    await add_incidents(engine, 2, discovered_on=MAY, notify=True)
    await add_incidents(engine, 3, discovered_on=MAY)
    found = await report(engine)
    assert rows(found.tables[2])[-1][2] == "Nil"
    assert any("has not been told yet: 5." in note for note in found.notes)


async def test_what_is_no_breach_or_a_drill_never_counts(engine: AsyncEngine) -> None:
    told: dict[str, Any] = {"discovered_on": MAY, "ico_notified_on": MAY, "notify": True}
    below: dict[str, Any] = {"discovered_on": MAY, "notify": False}
    for fields in (told, below):
        await add_incidents(engine, **fields, drill=True)
        for kind in (Classification.NEAR_MISS, Classification.DUPLICATE, Classification.UPSTREAM):
            await add_incidents(engine, **fields, classification=kind)
        await add_incidents(engine, **fields, classification=None, stage=Stage.WITHDRAWN)
    await add_incidents(engine, 6, **below, classification=None, stage=Stage.OST_REVIEW)
    found = await report(engine)
    assert rows(found.tables[0])[-1][1] == "Nil"
    assert rows(found.tables[2])[-1][2] == "Nil"
    assert any("not yet reviewed: 6." in note for note in found.notes)


async def test_incidents_from_before_this_system_count_without_a_decision(
    engine: AsyncEngine,
) -> None:
    former: dict[str, Any] = {"origin": Origin.IMPORTED, "discovered_on": MAY}
    await add_incidents(engine, 2, **former, category=AnnualCategory.DISCLOSURE)
    await add_incidents(engine, **former, ico_notified_on=AUGUST, people=7)
    found = await report(engine)
    assert rows(found.tables[0])[-1][1:4] == ["1", "", "7"]
    assert rows(found.tables[2])[-1][2] == "2"


async def test_a_case_is_counted_as_its_steps_left_it(engine: AsyncEngine) -> None:
    told = case_after(RECEIVED, BREACH, NOTIFY, SUBMISSION)
    async with engine.begin() as db:
        await count(db, Incident.of(told))
    year = financial_year("2026-27", date(2026, 12, 1))
    found = await annual_report(engine, year, organisation({}), NOW)
    [row] = [row for row in rows(found.tables[1]) if row[4] == "1"]
    assert row[:4] == [
        "Oct–Dec 2026",
        "Nov 2026",
        "Data emailed to incorrect recipient",
        "Basic personal identifiers, eg name, contact details",
    ]
    assert row[5] == "3"
    assert case_after(*LIFE).reference not in rendered(found, Format.MARKDOWN).decode()


async def test_the_notes_say_how_it_was_counted(engine: AsyncEngine) -> None:
    await add_incidents(engine, discovered_on=MAY, ico_notified_on=MAY, notify=True)
    notes = "\n".join((await report(engine)).notes)
    for words in (
        "1 April 2019 to 31 March 2020",
        "Counting unit: incidents",
        "Basis: table 1 by the day on which the ICO was in fact told",
        "1 row holds one incident alone",
        "The register was read on Mon 20 Apr 2020, 10:00 BST",
    ):
        assert words in notes
    assert "still to come" not in notes


async def test_where_an_example_was_imported_the_first_note_says_so(engine: AsyncEngine) -> None:
    assert OF_AN_EXAMPLE not in (await report(engine)).notes
    former: dict[str, Any] = {
        "origin": Origin.IMPORTED,
        "imported_as": "EXAMPLE-1",
        "discovered_on": MAY,
    }
    await add_incidents(engine, **former)
    assert (await report(engine)).notes[0] == OF_AN_EXAMPLE


async def test_a_year_that_runs_says_that_more_may_come(engine: AsyncEngine) -> None:
    assert any("still to come" in note for note in (await report(engine, "2020-21")).notes)


async def test_csv_holds_both_tables_and_figures_alone(engine: AsyncEngine) -> None:
    await tell(engine, 2, 5, MAY, incident_type=IncidentType.BCC)
    await add_incidents(
        engine, 3, discovered_on=MAY, notify=False, category=AnnualCategory.DISPOSAL
    )
    text = rendered(await report(engine), Format.CSV).decode()
    [header, *lines] = csv.reader(io.StringIO(text))
    found = [dict(zip(header, line, strict=True)) for line in lines]
    quarters = [each for each in found if each["table"] == "1"]
    assert [(each["period"], each["incidents"], each["people"]) for each in quarters] == [
        ("2019-Q2", "2", "5"),
        ("2019-Q3", "0", "0"),
        ("2019-Q4", "0", "0"),
        ("2020-Q1", "0", "0"),
    ]
    others = {each["category"]: each["incidents"] for each in found if each["table"] == "2"}
    assert others == {"I": "0", "II": "0", "III": "3", "IV": "0", "V": "0", "": "0"}


@pytest.mark.parametrize("form", Format)
async def test_it_can_be_had_in_every_form(engine: AsyncEngine, form: Format) -> None:
    assert rendered(await report(engine), form)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24-25", "2024-25"),
        ("2024-26", "2024-25"),
        ("2024-2025", "2024-25"),
        ("", "2019-20"),
        ("\x1b[2J", "2019-20"),
        ("x" * 99, "2019-20"),
    ],
)
def test_what_is_no_financial_year_is_refused_with_the_form(typed: str, meant: str) -> None:
    with pytest.raises(AskedWrongError, match=f"Write it as {meant}") as refused:
        financial_year(typed, TODAY)
    assert "\x1b" not in str(refused.value)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("typed", "first"), [("2024-25", 2024), ("1999-00", 1999), (" 2019/20 ", 2019)]
)
def test_a_financial_year_begins_on_1_april(typed: str, first: int) -> None:
    window = financial_year(typed, date(2026, 1, 1))
    assert (window.first, window.last) == (date(first, 4, 1), date(first + 1, 3, 31))
    assert len(window.periods) == 4


def test_a_year_alone_is_answered_with_the_financial_year_that_begins_in_it() -> None:
    with pytest.raises(AskedWrongError, match="Write it as 2024-25, which is 1 April 2024 to 31 M"):
        financial_year("2024", TODAY)


def test_a_year_that_has_not_begun_is_refused() -> None:
    with pytest.raises(AskedWrongError, match="has not begun"):
        financial_year("2020-21", date(2020, 3, 31))
