"""Example data: all of it is loaded once, removed as a whole, and offered where it may be taken."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from intake import examples
from intake.example_kinds import KINDS
from register import versions
from register.database import open_engine
from register.reservations import Reservations
from register.training.records import TrainingRecords
from register.verifying import run_verify
from tests.domain.samples import OPENING
from tests.register.test_two_programs import ROOT

MONDAY = date(2026, 11, 23)
OFFER = ("starter.py", "example", "offer")


@pytest.fixture
async def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path}/register.db"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("ORGANISATION_FILE", str(ROOT / "organisation.toml"))
    return url


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(url)
    await versions.upgrade(engine)
    yield engine
    await engine.dispose()


async def rows(engine: AsyncEngine) -> dict[str, int]:
    """How many there are of each kind."""
    async with engine.connect() as db:
        return {
            kind.what: await db.scalar(select(func.count()).select_from(kind.row)) or 0
            for kind in KINDS
        }


Said = Callable[[], str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    return lambda: "".join(capsys.readouterr())


async def test_it_is_loaded_once_and_goes_as_a_whole(engine: AsyncEngine, said: Said) -> None:
    assert await examples.load() == 0
    loaded, first = await rows(engine), said()
    assert all(loaded.values()), loaded
    for kind in KINDS:
        assert f"{kind.what}: {loaded[kind.what]:,} (examples/{kind.file})" in first
    assert "starter.py example remove` removes all of it" in first

    assert await examples.load() == 0
    assert await rows(engine) == loaded
    assert said().count("there already") == len(KINDS)

    records = TrainingRecords(engine)
    await records.keep_reminded("U0PRIYA", ["data-protection"], MONDAY)
    assert await examples.remove() == 0
    assert set((await rows(engine)).values()) == {0}
    assert await records.reminded(MONDAY) == set()
    gone = said()
    assert all(f"{what} {many:,}" in gone for what, many in loaded.items())
    assert await run_verify(None, without_anchor=False, figures=True) == 0

    assert await examples.remove() == 0
    assert "There was no example data in" in said()


async def test_it_makes_the_register_where_there_is_none(url: str, said: Said) -> None:
    assert await examples.load() == 0
    assert "a new one was made" in said()


async def test_it_is_not_mixed_with_a_record_unless_that_is_wanted(
    engine: AsyncEngine, said: Said
) -> None:
    draft = OPENING.model_copy(update={"reference": ""})
    await Reservations(engine).reserve("V1", draft, series="BR")

    assert await examples.load() == 1
    assert "--beside-records" in said()
    assert (await rows(engine))["audits"] == 0

    assert await examples.load(beside_records=True) == 0
    assert await examples.load() == 0


async def answered(url: str, *typed: str) -> tuple[int, str]:
    """The offer's exit status and words, at a terminal on which somebody types."""
    master, slave = os.openpty()
    asking = await asyncio.create_subprocess_exec(
        *(sys.executable, *OFFER),
        cwd=ROOT,
        env=dict(os.environ) | {"DATABASE_URL": url},
        stdin=slave,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    os.close(slave)
    for line in typed:
        os.write(master, line.encode())
    words, _ = await asking.communicate()
    os.close(master)
    return await asking.wait(), words.decode()


async def test_it_is_offered_to_an_empty_register_alone(url: str) -> None:
    status, words = await answered(url, "what?\n", "\n")
    assert (status, words.count("[y/N]")) == (0, 2)
    assert "Not loaded" in words

    status, words = await answered(url, "\x04")
    assert (status, words.count("[y/N]")) == (130, 1)
    assert "\nNobody answered" in words

    status, words = await answered(url, "y\n")
    assert (status, words.count("[y/N]")) == (0, 1)
    assert "past incidents: 22" in words

    assert await answered(url) == (0, "")
