# ruff: noqa: S608  the statements are our own
"""The anchor: a file that is never ahead of the register, and never follows it back."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from register import anchor
from register.anchor import Mark, anchor_file, locked, marked, newest, read, write
from register.anchoring import Anchoring, anchored
from runtime.settings import SettingsError
from tests.register.tampering import EVENTS, rehashed, some_events, tamper

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.anchor"


def mark(position: int, at: datetime = NOON, chain: str = "events") -> Mark:
    return Mark(at, chain, position, f"{position:064x}")


def positions(file: Path) -> dict[str, int]:
    marks = read(file) or ()
    return {each.chain: each.position for each in marks}


def test_marks_are_read_back_as_they_were_written(file: Path) -> None:
    marks = (mark(0), mark(0, chain="referral_events"), mark(12, NOON + DAY))

    write(file, marks)

    assert read(file) == marks
    assert [path.name for path in file.parent.iterdir()] == ["register.anchor"]


def test_one_line_for_each_day_and_the_first_one_stays() -> None:
    marks: anchor.Marks = ()
    for hours in (0, 1, 2, 24, 25, 49):
        marks = marked(marks, mark(hours, NOON + timedelta(hours=hours)))
        marks = marked(marks, mark(hours, NOON + timedelta(hours=hours), "referral_events"))

    own = [each.position for each in marks if each.chain == "events"]

    assert own == [0, 2, 25, 49]
    assert newest(marks, "referral_events") == mark(49, NOON + 49 * DAY / 24, "referral_events")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"2026-11-22T12:00:00Z events 12 abc\n", "line 1 of .* is not a line of an anchor"),
        (b"# about\n2026-13-22T12:00:00Z events 1 " + b"0" * 64, "line 2 of "),
        (b"\xff\xfe", "is not an anchor"),
    ],
)
def test_what_is_no_anchor_is_named_with_its_line(file: Path, content: bytes, words: str) -> None:
    file.write_bytes(content)

    with pytest.raises(SettingsError, match=f"REGISTER_ANCHOR: .*{words}|{words}"):
        read(file)


def test_it_is_beside_sqlites_file_unless_a_setting_says_where() -> None:
    assert anchor_file("sqlite:////srv/x/register.db", {}) == Path("/srv/x/register.anchor")
    named = {"REGISTER_ANCHOR": " /srv/anchor "}
    assert anchor_file("postgresql://u:p@h/d", named) == Path("/srv/anchor")


@pytest.mark.parametrize("url", ["postgresql://u:MARKER@h/d", "sqlite:///:memory:", "sqlite://"])
def test_without_a_file_it_must_be_named(url: str) -> None:
    with pytest.raises(SettingsError, match="REGISTER_ANCHOR is not set") as refused:
        anchor_file(url, {})

    assert "MARKER" not in str(refused.value)


async def test_it_follows_the_register(engine: AsyncEngine, file: Path) -> None:
    keeper = Anchoring(engine, file)
    assert await keeper.try_once()
    assert positions(file) == {"events": 0, "referral_events": 0}

    await some_events(engine)
    assert await keeper.try_once()

    assert positions(file) == EVENTS


async def test_nothing_new_is_not_written(engine: AsyncEngine, file: Path) -> None:
    keeper = Anchoring(engine, file)
    await keeper.try_once()
    before = file.stat().st_ino

    await keeper.try_once()
    await Anchoring(engine, file).try_once()

    assert file.stat().st_ino == before


async def test_it_is_made_again_when_it_is_gone(engine: AsyncEngine, file: Path) -> None:
    keeper = Anchoring(engine, file)
    await keeper.try_once()
    file.unlink()

    assert await keeper.try_once()

    assert positions(file) == {"events": 0, "referral_events": 0}


async def test_the_end_of_a_program_is_anchored(engine: AsyncEngine, file: Path) -> None:
    async with anchored(engine, file):
        await some_events(engine)

    assert positions(file) == EVENTS


async def test_programs_share_it(engines: list[AsyncEngine], file: Path) -> None:
    keepers = [Anchoring(engine, file) for engine in engines]
    await some_events(engines[0])

    await asyncio.gather(*(keeper.try_once() for keeper in keepers))

    assert positions(file) == EVENTS
    assert len(read(file) or ()) == len(EVENTS)


@pytest.mark.parametrize("what", ["removed", "made anew"])
async def test_it_does_not_follow_a_register_that_denies_what_it_knew(
    engine: AsyncEngine, file: Path, what: str
) -> None:
    await some_events(engine)
    await Anchoring(engine, file).try_once()
    before = file.read_text()
    last = EVENTS["events"]
    if what == "removed":
        await tamper(
            engine,
            f"DELETE FROM events WHERE position = {last}",
            f"UPDATE chain_heads SET position = {last - 1} WHERE name = 'events'",
        )
    else:
        await tamper(engine, "UPDATE events SET kind = 'withdrawal' WHERE position = 3")
        await rehashed(engine, "events", 3, last)

    assert not await Anchoring(engine, file).try_once()

    assert file.read_text() == before


async def test_a_folder_that_is_not_there_is_no_reason_to_end(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    async with anchored(engine, tmp_path / "nowhere" / "register.anchor"):
        await some_events(engine)

    assert list(tmp_path.glob("nowhere*")) == []


async def test_another_writer_is_waited_for(engine: AsyncEngine, file: Path) -> None:
    keeper = Anchoring(engine, file)
    with locked(file):
        writing = asyncio.create_task(keeper.try_once())
        await some_events(engine)
        assert not writing.done()
        assert not file.exists()

    assert await writing
    assert file.exists()
