"""Programs that write to the register at the same time wait for each other."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from register.database import open_engine
from register.reservations import Reservations
from tests.register.writer import write

ROOT = Path(__file__).resolve().parents[2]
EACH = 30


async def program(*arguments: str, **environment: str) -> tuple[int | None, str]:
    """Runs Python on the product; its exit status and what it said."""
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await running.communicate()
    return running.returncode, said.decode()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/register.db"


async def test_three_programs_on_a_new_file_never_find_it_locked(sqlite_url: str) -> None:
    """Each makes the tables unless they are there, and then writes as fast as it can."""
    ended = await asyncio.gather(
        *(
            program("tests/register/writer.py", sqlite_url, name, str(EACH))
            for name in ("one", "two")
        ),
        asyncio.to_thread(lambda: asyncio.run(write(sqlite_url, "three", EACH))),
    )

    assert [answer for answer in ended[:2] if answer != (0, "")] == []
    engine = open_engine(sqlite_url)
    async with engine.connect() as db:
        found = await db.exec_driver_sql("SELECT reference FROM cases ORDER BY reference")
        references = list(found.scalars())
        events = (await db.exec_driver_sql("SELECT count(*) FROM events")).scalar_one()
    assert references == [f"BR-2026-{number:04d}" for number in range(1, 3 * EACH + 1)]
    assert events == 2 * 3 * EACH
    assert await Reservations(engine).not_started(timedelta(0)) == []
    await engine.dispose()


async def test_the_register_is_upgraded_and_checked_from_the_command_line(sqlite_url: str) -> None:
    checked = await program("-m", "register", "check", DATABASE_URL=sqlite_url)
    upgraded = await program("-m", "register", "upgrade", DATABASE_URL=sqlite_url)
    again = await program("-m", "register", "check", DATABASE_URL=sqlite_url)

    assert checked[0] == 2
    (line,) = checked[1].splitlines()
    assert line.startswith("error: DATABASE_URL: there is no register at ")
    assert line.endswith("run `python -m register upgrade` to make it")
    assert upgraded == (0, "The register is up to date.\n")
    assert again == (0, "The register fits this program.\n")


async def test_a_password_in_the_url_is_never_shown() -> None:
    answers = await asyncio.gather(
        *(
            program("-m", "register", "check", DATABASE_URL=url)
            for url in (
                "postgresql://u:Vw3kT8qLz0pR5nXy@h:MARKER/d",
                "postgresql://u:MARKER-7hQ2xW9cR4@127.0.0.1:1/d",
            )
        )
    )

    for status, said in answers:
        assert status == 2
        assert said.startswith("error: DATABASE_URL")
        assert "MARKER" not in said
        assert len(said.splitlines()) == 1
