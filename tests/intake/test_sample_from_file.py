"""A sample check from a file: recorded once; whatever is wrong is named with its field."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.organisation import Organisation
from domain.samples.check import SampleCheck
from intake.samplefile import examined
from intake.sampling import remove_example, sample
from register import versions
from register.database import open_engine
from runtime.settings import organisation as load_organisation

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "sample.toml"
TODAY = date(2026, 11, 22)


@pytest.fixture
def units() -> Organisation:
    return load_organisation({})


@pytest.fixture
async def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'register.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    engine = open_engine(url)
    await versions.upgrade(engine)
    await engine.dispose()


def problems(units: Organisation, **changed: Any) -> dict[str, str]:
    content = tomllib.loads(EXAMPLE.read_text()) | changed
    found = examined(content, units, TODAY)
    assert isinstance(found, list)
    return {each.field: each.message for each in found}


def test_the_example_is_in_order(units: Organisation) -> None:
    check = examined(tomllib.loads(EXAMPLE.read_text()), units, TODAY)
    assert isinstance(check, SampleCheck)
    assert (check.files, check.with_failure, len(check.findings)) == (50, 9, 3)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"colour": "red"}, "colour", "is not a field here"),
        ({"files": "50"}, "files", "without quotes"),
        ({"files": True}, "files", "without quotes"),
        ({"checked_on": "2026-10-12"}, "checked_on", "without quotes"),
        ({"area": 7}, "area", "in quotes"),
        ({"area": "CPS Wesex"}, "area", "Did you mean wessex? Choose"),
        ({"area": "Narnia"}, "area", "Choose one of these: "),
        ({"example": "yes"}, "example", "true or false"),
        ({"findings": "many"}, "findings", "[[findings]]"),
        ({"findings": [{"place": 3}]}, "findings 1, place", "in quotes"),
        ({"findings": [{"pages": 3}]}, "findings 1, pages", "is not a field here"),
        ({"with_failure": 51}, "with_failure", "more than the 50"),
        ({"findings": []}, "findings 1, files", "Say of each"),
    ],
)
def test_what_is_wrong_is_named(
    units: Organisation, changed: dict[str, Any], field: str, words: str
) -> None:
    assert words in problems(units, **changed)[field]


@pytest.mark.usefixtures("register")
async def test_the_same_file_is_recorded_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await sample(EXAMPLE) == 0
    assert "Recorded. Example data. CPS West Midlands" in capsys.readouterr().out
    assert await sample(EXAMPLE) == 0
    assert "recorded already, just like this" in capsys.readouterr().out
    other = tmp_path / "other.toml"
    other.write_text(EXAMPLE.read_text().replace("files = 50", "files = 55"))
    assert await sample(other) == 2
    assert "--replace" in capsys.readouterr().err
    assert await sample(other, replace=True) == 0
    assert "in place of what it was before" in capsys.readouterr().out
    assert await remove_example() == 0
    assert "example data of 2 sample checks" in capsys.readouterr().out


@pytest.mark.usefixtures("register")
async def test_several_areas_are_several_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wessex, wrong = tmp_path / "wessex.toml", tmp_path / "wrong.toml"
    wessex.write_text(EXAMPLE.read_text().replace("west-midlands", "wessex"))
    wrong.write_text("colour = 1")
    assert await sample(EXAMPLE, wessex, wrong) == 2
    said = capsys.readouterr()
    assert (said.out, f"{wrong}: colour" in said.err) == ("", True)
    assert await sample(EXAMPLE, wessex) == 0
    assert [line.count("Recorded.") for line in capsys.readouterr().out.splitlines()] == [1, 1]

    wessex.write_text(wessex.read_text().replace("files = 50", "files = 55"))
    wrong.write_text(EXAMPLE.read_text().replace("west-midlands", "hq"))
    assert await sample(EXAMPLE, wessex, wrong) == 2
    said = capsys.readouterr()
    assert "recorded already, just like this" in said.out
    assert "Headquarters" in said.out
    assert str(wessex) in said.err


@pytest.mark.usefixtures("register")
async def test_a_file_that_is_wrong_records_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await sample(tmp_path / "none.toml") == 2
    assert "can't be read" in capsys.readouterr().err
