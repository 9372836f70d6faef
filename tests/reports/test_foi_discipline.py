"""Question 7: disciplinary actions, as the CPS answered it for 5/12/21 to 5/12/24."""

import asyncio
import os
import subprocess
import sys
from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.reports.conftest import ROOT, Ask
from tests.reports.filling import add_referrals


@pytest.fixture
async def years(engine: AsyncEngine) -> None:
    """Nil, 8, 4 and 10 in the window; one on either side of it, and a drill."""
    for on, count, outcome in (
        (date(2021, 12, 4), 1, "dismissal"),
        (date(2022, 1, 1), 8, "first_written_warning"),
        (date(2023, 12, 31), 4, "no_case"),
        (date(2024, 12, 5), 10, "pending"),
        (date(2024, 12, 6), 1, "pending"),
    ):
        await add_referrals(engine, count, on, outcome=outcome)
    await add_referrals(engine, 3, date(2022, 5, 5), drill=True)


async def test_the_years_of_the_answer(years: None, ask: Ask) -> None:
    answer = await ask("discipline")

    assert [row[:2] for row in answer.rows] == [
        ["2021 (from 5 December)", "Nil"],
        ["2022", "8"],
        ["2023", "4"],
        ["2024 (to 5 December)", "10"],
        ["Total", "22"],
    ]


async def test_the_example_that_comes_with_the_product_gives_the_answer_of_2024(
    ask: Ask, empty_url: str
) -> None:
    command = [sys.executable, "-m", "register", "import", "examples/foi-response.csv", "--yes"]
    environment = {**os.environ, "DATABASE_URL": empty_url}
    await asyncio.to_thread(
        subprocess.run, command, cwd=ROOT, env=environment, check=True, capture_output=True
    )

    answer = await ask("discipline")

    assert [row[1] for row in answer.rows] == ["Nil", "8", "4", "10", "22"]
    assert "ATTENTION: an example was imported" in answer.text
    breaches = await ask("breaches", form="csv")
    assert breaches.text == "period,count\n2021,0\n2022,8\n2023,4\n2024,10\n"
    assert "Everything that is counted was imported" in breaches.err
    assert "ATTENTION" in breaches.err


async def test_csv_is_period_and_count_and_the_notes_go_beside_it(years: None, ask: Ask) -> None:
    answer = await ask("discipline", form="csv")

    assert "ATTENTION" not in answer.err
    assert answer.out == b"period,count\n2021,0\n2022,8\n2023,4\n2024,10\n"
    assert "Window: 5 December 2021 to 5 December 2024, both days included" in answer.err
    assert "2021 (from 5 December); 2024 (to 5 December)" in answer.err


async def test_breaches_managed_and_actions_taken_are_two_counts(years: None, ask: Ask) -> None:
    answer = await ask("discipline")

    assert "| Period | Breaches managed | Action taken | No action |" in answer.text
    assert answer.rows[1] == ["2022", "8", "8", "Nil", "Nil", "Nil"]
    assert answer.rows[2] == ["2023", "4", "Nil", "4", "Nil", "Nil"]
    assert answer.rows[3] == ["2024 (to 5 December)", "10", "Nil", "Nil", "Nil", "10"]


async def test_the_year_may_be_that_of_the_incident_or_of_the_outcome(
    engine: AsyncEngine, ask: Ask
) -> None:
    days = {"incident_on": date(2022, 3, 1), "outcome_on": date(2024, 2, 1)}
    await add_referrals(engine, 1, date(2023, 3, 1), outcome="dismissal", **days)
    await add_referrals(engine, 5, date(2023, 3, 1))

    async def years_of(basis: str) -> dict[str, str]:
        rows = (await ask("discipline", basis=basis)).rows
        return {row[0][:4]: row[1] for row in rows[:-1]}

    assert await years_of("referral") == {"2021": "Nil", "2022": "Nil", "2023": "6", "2024": "Nil"}
    assert await years_of("incident") == {"2021": "Nil", "2022": "1", "2023": "5", "2024": "Nil"}
    assert await years_of("outcome") == {"2021": "Nil", "2022": "Nil", "2023": "Nil", "2024": "1"}
    assert "in no period: 5" in (await ask("discipline", basis="outcome")).text


async def test_financial_years_and_quarters(years: None, ask: Ask) -> None:
    by_year = await ask("discipline", by="financial-year", form="csv")
    by_quarter = await ask("discipline", by="quarter", form="csv")

    assert by_year.text == "period,count\n2021-22,8\n2022-23,0\n2023-24,4\n2024-25,10\n"
    assert len(by_quarter.text.splitlines()) == 1 + 13
    assert "2023-Q4,4\n" in by_quarter.text


async def test_small_numbers_are_suppressed_where_asked(years: None, ask: Ask) -> None:
    plain = await ask("discipline", suppress=5, form="csv")
    protected = await ask("discipline", suppress=5, secondary=True)

    assert plain.text == "period,count\n2021,0\n2022,8\n2023,<5\n2024,10\n"
    assert [row[1] for row in protected.rows[:-1]] == ["Nil", "8", "<5", "10"]
    assert r"| **Total** | **\*** | **8** | **<5** | **Nil** | **10** |" in protected.text
    assert "marked \\* are withheld" in protected.text
