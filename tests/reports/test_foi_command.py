"""`python -m reports foi`: every answer is recorded, and whatever is wrong is one line."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from register.exports import Exports
from tests.reports.conftest import FIVE_12, ROOT, Ask
from tests.reports.filling import add_incidents

WINDOW = ("--from", "2021-12-05", "--to", "2024-12-05")


def run(*typed: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as it is typed."""
    return subprocess.run(
        [sys.executable, "-m", "reports", *typed],
        cwd=ROOT,
        env={**os.environ, "LOG_FORMAT": "json", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


async def test_what_left_is_recorded_with_who_and_what_was_asked(
    engine: AsyncEngine, ask: Ask
) -> None:
    answer = await ask("upstream", force="kent", suppress=5, received="2026-03-10")

    [export] = answer.exports
    assert export["sha256"] == hashlib.sha256(answer.out).hexdigest()
    assert (export["actor"], export["report"], export["format"]) == (
        "os:maya",
        "foi upstream",
        "markdown",
    )
    parameters = {name: value for name, value in export["parameters"].items() if value is not None}
    assert parameters == {
        "from": "2021-12-05",
        "to": "2024-12-05",
        "by": "year",
        "basis": "received",
        "force": "kent",
        "casework": False,
        "suppress": 5,
        "secondary": False,
        "received": "2026-03-10",
    }
    assert "the answer is due by 10 April 2026" in answer.text


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "docx"])
async def test_a_file_holds_exactly_what_was_recorded(
    form: str, ask: Ask, engine: AsyncEngine, tmp_path: Path
) -> None:
    file = tmp_path / "answer"
    await add_incidents(engine, 12)

    answer = await ask("breaches", form=form, output=file)

    assert answer.out == b""
    assert answer.exports[-1]["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert file.stat().st_mode & 0o077 == 0
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["answer"]


async def test_a_file_that_is_there_stays_unless_it_is_to_be_replaced(
    ask: Ask, tmp_path: Path, engine: AsyncEngine
) -> None:
    file = tmp_path / "answer.csv"
    file.write_text("mine")

    with pytest.raises(Exception, match=r"is there already.*--overwrite"):
        await ask("breaches", form="csv", output=file)
    assert file.read_text() == "mine"
    assert await Exports(engine).all() == []

    await ask("breaches", form="csv", output=file, overwrite=True)
    assert file.read_text().startswith("period,count\n")


async def test_what_can_t_be_recorded_is_not_given(
    ask: Ask, engine: AsyncEngine, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    async with engine.begin() as db:
        await db.exec_driver_sql("DROP TABLE exports")
    file = tmp_path / "answer.csv"

    with pytest.raises(Exception, match="nothing was given"):
        await ask("breaches", form="csv", output=file)
    with pytest.raises(Exception, match="nothing was given"):
        await ask("breaches", form="csv")

    assert not file.exists()
    assert capfdbinary.readouterr().out == b""


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"first": "5/12/24", "last": "5/12/21"}, "--from 2024-12-05 is after --to 2021-12-05"),
    ({"first": "last year"}, "--from “last year”: this is not a date: write it as 2021-12-05"),
    ({"last": "2021-02-30"}, "--to “2021-02-30”: there is no such day"),
    ({"by": "week"}, "--by “week” is not known.*year, financial-year, quarter, month"),
    ({"force": "stafordshire"}, "Did you mean staffordshire"),
    ({"area": "london"}, "Did you mean.*london-north"),
    ({"incident_type": "email"}, "Did you mean.*emailed_to_wrong_recipient"),
    ({"split": "weather"}, "--split “weather” is not known"),
    ({"split": "caught"}, "foi upstream alone"),
    ({"split": "area", "both_splits": True}, "--offence-split or --split, and not both"),
    ({"basis": "referral"}, "not a basis of foi breaches. It may be: discovered, occurred"),
    ({"suppress": 1}, "--suppress 1"),
    ({"secondary": True}, "--secondary goes with --suppress"),
    ({"form": "xlsx"}, "--format “xlsx” is not known.*csv"),
    ({"received": "2031-01-01"}, "bank holidays of 2031 are not known"),
    ({"output": Path("/nowhere/answer.csv")}, "name a file in a folder that there is"),
]


@pytest.mark.parametrize(("options", "says"), WRONG)
async def test_what_is_wrong_is_one_line_and_nothing_is_given(
    options: dict[str, Any], says: str, ask: Ask, engine: AsyncEngine
) -> None:
    with pytest.raises(Exception, match=says) as refused:
        await ask("breaches", **options)

    assert "\n" not in str(refused.value)
    assert await Exports(engine).all() == []


async def test_a_question_that_there_is_not_is_answered_with_all_that_there_are(ask: Ask) -> None:
    with pytest.raises(Exception, match=r"upstream, breaches, .*, training, due"):
        await ask("nonsense")


async def test_questions_that_count_no_incidents_take_no_limits(ask: Ask) -> None:
    for question in ("discipline", "protocol", "audits", "training"):
        with pytest.raises(Exception, match=f"foi {question} can't be limited"):
            await ask(question, force="kent")
        with pytest.raises(Exception, match=f"foi {question} has no split"):
            await ask(question, split="offence-split")
    with pytest.raises(Exception, match=r"Did you mean breaches\?"):
        await ask("breeches")


def test_as_it_is_typed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/register.db"
    missing = run("foi", "breaches", DATABASE_URL=url)
    upgrade = [sys.executable, "-m", "register", "upgrade"]
    subprocess.run(upgrade, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, check=True)

    answered = run(
        "foi", "discipline", *WINDOW, "--by", "year", "--format", "csv", DATABASE_URL=url
    )
    wrong = run("foi", "upstream", *WINDOW, "--force", "Stafford", DATABASE_URL=url)
    due = run("foi", "due", "--received", "10/3/2026")

    assert answered.stdout == "period,count\n2021,0\n2022,0\n2023,0\n2024,0\n"
    assert answered.returncode == 0
    for refused, says in ((missing, "there is no register at"), (wrong, "staffordshire")):
        assert refused.returncode == 2
        assert refused.stdout == ""
        [line] = refused.stderr.splitlines()
        assert line.startswith("error: ")
        assert says in line
    assert "due by Friday 10 April 2026" in due.stdout


@pytest.mark.parametrize(("version", "says"), [("0001", "older"), ("9999", "newer")])
async def test_a_register_of_another_version_is_left_alone(
    version: str, says: str, ask: Ask, engine: AsyncEngine
) -> None:
    async with engine.begin() as db:
        await db.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": version})

    with pytest.raises(Exception, match=f"{says} than this program") as refused:
        await ask("breaches", **FIVE_12)

    assert "\n" not in str(refused.value)
