"""Question 9: the catalogue, and rates; never a person."""

from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from register.training.reading import Entry
from register.training.records import TrainingRecords
from tests.reports.conftest import Ask

pytestmark = pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
TODAY = date(2026, 11, 22)
HIRED = date(2021, 12, 6)


def entry(number: int, completed_on: date | None, course: str = "data-protection") -> Entry:
    return Entry(f"person{number}@cps.example", course, "hq", completed_on, HIRED)


async def recorded(engine: AsyncEngine, *, example: bool = False) -> None:
    """Ten people: nine took the yearly course in 2022, six again in 2023, one the redaction one."""
    entries = [entry(number, date(2022, 5, 4)) for number in range(9)]
    entries += [entry(number, date(2023, 4, 12)) for number in range(6)]
    entries += [entry(9, None), entry(0, date(2024, 2, 1), "redaction")]
    await TrainingRecords(engine).record(entries, TODAY, example=example)


async def test_the_catalogue_and_the_rates_of_each_period(engine: AsyncEngine, ask: Ask) -> None:
    await recorded(engine)

    answer = await ask("training")

    assert answer.rows[0] == ["Annual data protection training", "All staff", "Yes", "Every year"]
    assert "| 2022 | 9 | not held | not held |" in answer.text
    assert "| 2024 (to 5 December) | Nil | not held | 1 |" in answer.text
    assert "| 2022 | 90 % of 10 | not held | not held |" in answer.text
    assert "| 2023 | 60 % of 10 |" in answer.text
    assert "| 2024 (to 5 December) | 0 % of 10 | not held | 100 % of 1 |" in answer.text
    assert "why redaction is important" in answer.text.lower()
    assert "person" not in answer.text.replace("personal", "")
    assert [each["report"] for each in answer.exports] == ["foi training"]


async def test_programs_get_what_the_rates_are_made_of(engine: AsyncEngine, ask: Ask) -> None:
    await recorded(engine)
    lines = (await ask("training", form="csv")).text.splitlines()
    assert lines[0] == "period,course,completed,expected,up_to_date"
    assert "2022,data-protection,9,10,9" in lines
    assert "2024,redaction,1,1,1" in lines


async def test_what_the_record_can_not_know_is_not_said_to_be_nothing(
    engine: AsyncEngine, ask: Ask
) -> None:
    await recorded(engine)
    answer = await ask("training")
    assert "| 2021 (from 5 December) | not held | not held | not held |" in answer.text
    assert answer.text.count("Not held: the period was over before the first completion") == 1
    lines = (await ask("training", form="csv")).text.splitlines()
    assert "2021,data-protection,not held,not held,not held" in lines
    assert "2023,redaction,not held,not held,not held" in lines


async def test_only_small_numbers_are_called_small(engine: AsyncEngine, ask: Ask) -> None:
    await recorded(engine)
    answer = await ask("training", suppress=5)
    lines = (await ask("training", suppress=5, form="csv")).text.splitlines()
    # One of ten was not up to date in 2022: nobody may work that out from the other figures.
    assert "2022,data-protection,*,10,*" in lines
    assert "2023,data-protection,*,10,*" in lines
    assert "2024,data-protection,0,10,*" in lines
    assert "2024,redaction,*,<5,*" in lines
    assert "| 2022 | \\* | not held | not held |" in answer.text
    assert "Withheld (\\*), whatever the size" in answer.text
    assert "Totals are given" not in answer.text


async def test_what_was_never_imported_is_no_figure(ask: Ask) -> None:
    csv, answer = await ask("training", form="csv"), await ask("training")
    assert csv.text.startswith("period,count\n2021,not held\n")
    assert answer.text.count("does not hold records of") == 1
    assert "Nil" not in answer.text


async def test_example_data_is_said_to_be_no_record(engine: AsyncEngine, ask: Ask) -> None:
    await recorded(engine, example=True)
    assert "ATTENTION: an example" in (await ask("training")).text
    await TrainingRecords(engine).record([entry(1, None)], TODAY)
    answer = await ask("training")
    assert "ATTENTION" not in answer.text
    assert "Left out, since real training is recorded" in answer.text
