"""`foi audits`: question 8 from the register, in the form of the published response."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from intake.auditfile import read
from register.audits.entering import AuditEntries, Submitted
from register.past.command import import_file
from register.past.reading import Wishes
from reports.asking import AskedWrongError
from tests.domain.audits import entry
from tests.register.past_files import EXAMPLE
from tests.register.test_audits import TERMS
from tests.reports.conftest import ROOT, Ask


@pytest.fixture
async def _giaa(engine: AsyncEngine) -> None:
    found = read(ROOT / "examples" / "audits.toml", datetime.now(UTC).date())
    submitted = [each for each in found if isinstance(each, Submitted)]
    assert len(submitted) == len(found) == 4
    await AuditEntries(engine).enter(submitted, TERMS)


@pytest.mark.usefixtures("_giaa")
async def test_the_example_reads_as_the_response_did(ask: Ask) -> None:
    answer = await ask("audits")

    for said in (
        "EXAMPLE. Rights of Access Requests (ROAR) – carried out by Government Internal Audit "
        "Agency (GIAA), report of November 2022. It made 4 recommendations (1 Medium and 3 Low). "
        "All of them have been addressed.",
        "report of August 2023. It made 7 recommendations (1 Medium and 6 Low). All of them have",
        "report of June 2022. It made 14 recommendations (2 High, 7 Medium and 5 Low). The "
        "majority (11 of 14) have been addressed; 3 are still open.",
        "report of February 2024. It made 7 recommendations (5 Medium and 2 Low). The majority (5 "
        "of 7) have been addressed; 2 are still open. This was a follow-up of Records Management "
        "(June 2022).",
        "ATTENTION: an example was imported into this register.",
        "Window: 5 December 2021 to 5 December 2024",
    ):
        assert said in answer.text
    assert [row[:1] + row[2:] for row in answer.rows] == [
        ["June 2022", "", "2", "7", "5", "14", "11", "Nil", "3"],
        ["November 2022", "", "Nil", "1", "3", "4", "4", "Nil", "Nil"],
        ["August 2023", "", "Nil", "1", "6", "7", "7", "Nil", "Nil"],
        [
            *("February 2024", "Records Management, June 2022"),
            *("Nil", "5", "2", "7", "5", "Nil", "2"),
        ],
    ]
    assert answer.exports[-1]["report"] == "foi audits"


@pytest.mark.usefixtures("_giaa")
async def test_a_window_holds_the_reports_of_its_days(ask: Ask) -> None:
    answer = await ask("audits", first="1/2/24", last="29/2/24", form="csv")

    assert answer.text == (
        "reference,reported_on,body,subject,follow_up_of,example,high,medium,low,recommendations,"
        "addressed,not_accepted,open\n"
        "AU-2024-0001,2024-02-29,Government Internal Audit Agency (GIAA),Records Management "
        "follow-up,AU-2022-0001,yes,0,5,2,7,5,0,2\n"
    )


@pytest.mark.usefixtures("_giaa")
async def test_an_example_stands_beside_real_audits_only_when_asked_for(
    engine: AsyncEngine, ask: Ask
) -> None:
    real = entry(reported_on=date(2023, 1, 31))
    await AuditEntries(engine).enter([Submitted("real", real)], TERMS)

    without, beside = await ask("audits"), await ask("audits", example=True)
    elsewhere = await ask("audits", first="1/1/24", last="31/12/24")

    assert [row[0] for row in without.rows] == ["January 2023"]
    assert "4 example audits whose report is dated in the window. --example gives" in without.text
    assert "No audit or review is recorded" in elsewhere.text
    assert "recorded: 1 example audit whose report" in elsewhere.text
    assert len(beside.rows) == 5
    assert "ATTENTION" in beside.text
    assert "Left out" not in beside.text


async def test_the_example_of_incidents_is_no_word_against_real_audits(
    engine: AsyncEngine, ask: Ask
) -> None:
    await AuditEntries(engine).enter(
        [Submitted("real", entry(reported_on=date(2023, 1, 31)))], TERMS
    )
    assert await import_file(EXAMPLE, Wishes(yes=True)) == 0

    assert "ATTENTION" in (await ask("breaches")).text
    for question in ("audits", "training"):
        assert "ATTENTION" not in (await ask(question)).text


async def test_an_empty_register_says_what_it_does_not_hold(ask: Ask) -> None:
    answer = await ask("audits")
    docx = await ask("audits", form="docx")

    assert "No audit or review is recorded" in answer.text
    assert docx.out.startswith(b"PK")
    with pytest.raises(AskedWrongError, match="--suppress is not for foi audits"):
        await ask("audits", suppress=5)
    with pytest.raises(AskedWrongError, match="--example is not for foi discipline"):
        await ask("discipline", example=True)
