"""`python -m register verify`: what it says, and its exit status."""

import sqlite3
from pathlib import Path

import pytest

from register import versions
from register.anchoring import Anchoring
from register.database import open_engine
from register.verifying import NOT_COVERED
from tests.register.tampering import some_events, tamper
from tests.register.test_two_programs import program


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A folder with a register of some events, and its anchor."""
    engine = open_engine(url(tmp_path))
    await versions.upgrade(engine)
    await some_events(engine)
    assert await Anchoring(engine, tmp_path / "register.anchor").try_once()
    await engine.dispose()
    return tmp_path


def url(folder: Path) -> str:
    return f"sqlite:///{folder}/register.db"


async def verify(folder: Path, *arguments: str) -> tuple[int | None, list[str]]:
    status, said = await program(
        "-m", "register", "verify", *arguments, DATABASE_URL=url(folder), COLUMNS="80"
    )
    return status, said.splitlines()


async def altered(folder: Path, *statements: str) -> None:
    engine = open_engine(url(folder))
    await tamper(engine, *statements)
    await engine.dispose()


async def test_an_intact_register(folder: Path) -> None:
    status, said = await verify(folder)

    assert status == 0
    assert said[:2] == ["events: 8 events, intact", "referral_events: 5 events, intact"]
    assert said[2].startswith(f"The anchor {folder}/register.anchor goes back to ")
    assert said[3].startswith("Figures were not compared: ")
    assert said[3].endswith("Compare them with --figures.")
    assert said[4:] == [NOT_COVERED]
    assert NOT_COVERED.startswith("Audits, their recommendations, training and sample checks")


async def test_figures_that_are_as_their_events_say(folder: Path) -> None:
    status, said = await verify(folder, "--figures")

    assert status == 0, said
    assert said[3:] == [
        "incidents: 3 agree with their events",
        "referral_counts: 1 agree with their events",
        NOT_COVERED,
    ]


async def test_figures_that_were_altered_are_no_intact_register(folder: Path) -> None:
    await altered(
        folder,
        "UPDATE incidents SET classification = 'near_miss' WHERE reference = 'BR-2026-0001'",
        "UPDATE referral_counts SET outcome = 'dismissed'",
    )
    assert (await verify(folder))[0] == 0

    status, said = await verify(folder, "--figures")

    assert status == 1
    assert said[3:] == [
        "incidents: 2 agree with their events; 1 differ, the first is named",
        "referral_counts: 0 agree with their events; 1 differ, the first is named",
        NOT_COVERED,
        "NOT INTACT: incidents, BR-2026-0001: classification is 'near_miss', and by its events "
        "'breach'",
        "NOT INTACT: referral_counts, HR-7F3K-9Q2M: outcome is not what its events say",
    ]


async def test_events_that_were_altered_prove_no_figures(folder: Path) -> None:
    await altered(folder, "UPDATE events SET kind = 'withdrawal' WHERE position = 3")

    status, said = await verify(folder, "--figures")

    assert status == 1
    assert said[3:5] == [
        "referral_counts: 1 agree with their events",
        "incidents: not compared, since events is not intact",
    ]


async def test_the_first_bad_event_of_each_chain_is_named(folder: Path) -> None:
    engine = open_engine(url(folder))
    await tamper(
        engine,
        "UPDATE events SET kind = 'withdrawal' WHERE position = 3",
        "DELETE FROM events WHERE position = 7",
        "UPDATE referral_events SET actor = 'U0MALLORY' WHERE position = 2",
    )
    await engine.dispose()

    status, said = await verify(folder)

    assert status == 1
    assert said[0] == "events: 2 events, not intact after these"
    assert said[-2:] == [
        "NOT INTACT: events, event 3 (withdrawal of BR-2026-0003): edited: it is not as it was "
        "recorded",
        "NOT INTACT: referral_events, event 2 (referral_step of HR-7F3K-9Q2M): edited: actor, "
        "details or salt are not those that were recorded",
    ]


async def test_an_anchor_that_is_not_there_is_not_taken_for_one_that_agrees(folder: Path) -> None:
    (folder / "register.anchor").rename(folder / "kept")

    status, said = await verify(folder)
    assert status == 2
    assert said[0].startswith("error: REGISTER_ANCHOR: there is no anchor at ")
    assert "--without-anchor" in said[0]

    assert (await verify(folder, "--anchor", str(folder / "kept")))[0] == 0
    status, said = await verify(folder, "--without-anchor")
    assert status == 0
    assert said[2] == "No anchor was looked at: newest events that were removed don't show."


async def test_an_anchor_without_lines_of_a_chain_is_none(folder: Path) -> None:
    anchor = folder / "register.anchor"
    lines = anchor.read_text().splitlines()
    for left in ([], [line for line in lines if " referral_events " not in line]):
        anchor.write_text("".join(f"{line}\n" for line in left))

        status, said = await verify(folder)

        assert status == 2
        assert "register.anchor has no line of " in said[0]
        assert "move it away" in said[0]


async def test_content_that_was_erased_is_not_intact(folder: Path) -> None:
    await altered(
        folder, "UPDATE events SET actor = NULL, details = NULL, salt = NULL WHERE position = 5"
    )

    status, said = await verify(folder)

    assert status == 1
    assert said[-1].startswith("NOT INTACT: events, event 5 (")
    assert "erased" in said[-1]


async def test_an_anchor_and_none_contradict_each_other(folder: Path) -> None:
    status, said = await verify(folder, "--anchor", "register.anchor", "--without-anchor")

    assert (status, said) == (
        2,
        ["error: --anchor and --without-anchor contradict each other: give one of them"],
    )


@pytest.mark.parametrize("kind", ["no register", "no database", "older", "cut off"])
async def test_what_can_t_be_read_is_neither_intact_nor_not(folder: Path, kind: str) -> None:
    database = folder / "register.db"
    if kind == "no register":
        database.unlink()
    elif kind == "no database":
        database.write_bytes(b"not a database " * 1000)
    elif kind == "older":
        with sqlite3.connect(database) as db:
            db.execute("UPDATE alembic_version SET version_num = '0001'")
    else:
        with sqlite3.connect(database) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.write_bytes(database.read_bytes()[:-60_000])

    status, said = await verify(folder)

    assert status == 2, said
    assert said[-1].startswith("error: DATABASE_URL: ")
