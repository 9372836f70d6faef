"""Refusals are kept behind people's backs: at once, once a minute, and never for ever in memory."""

import asyncio
from collections.abc import Collection
from pathlib import Path

import pytest
from prometheus_client import REGISTRY
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.testing import capture_logs

from domain.refusal import Attempt, Bar
from intake import refusals as book_of_refusals
from intake.refusals import MANY, MOST_KINDS, RefusalBook
from register.refusals import Refusals, Refused

TOM = Attempt("U0TOM", "review", Bar.NOT_IN_ROLE)


class Clock:
    """Seconds that pass when the test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Flaky(Refusals):
    """A register that does not take anything while it is down, and holds up who asks if told."""

    down = False
    calls = 0

    async def record(self, refused: Collection[Refused]) -> None:
        self.calls += 1
        if self.down:
            raise OperationalError("INSERT", {}, Exception("away"))
        await super().record(refused)


@pytest.fixture
def kept(engine: AsyncEngine) -> Flaky:
    return Flaky(engine)


async def settled(kept: Flaky, rows: int) -> list[Refused]:
    for _ in range(400):
        found = list(await kept.find())
        if len(found) >= rows:
            break
        await asyncio.sleep(0.01)
    assert len(found) == rows, found
    return found


def counted() -> float:
    """Refusals for want of the role, as Prometheus sees them."""
    return REGISTRY.get_sample_value("breach_refusals_total", {"why": "not_in_role"}) or 0


async def test_the_first_is_written_at_once_and_a_thousand_more_are_one_row(kept: Flaky) -> None:
    clock, before = Clock(), counted()
    async with RefusalBook(kept, clock, minute_s=0.5) as book:
        book.note(TOM)
        await settled(kept, 1)
        for _ in range(1000):
            book.note(TOM)
        await asyncio.sleep(0.05)
        assert len(await kept.find()) == 1
        clock.now = 1.0
        repeats, first = await settled(kept, 2)

    assert (first.times, repeats.times) == (1, 1000)
    assert counted() - before == 1001
    assert first.until <= repeats.at <= repeats.until
    assert kept.calls == 2


async def test_somebody_who_tries_everything_at_once_fills_no_disk_and_hides_nobody(
    kept: Flaky,
) -> None:
    async with RefusalBook(kept) as book:
        for number in range(500):
            book.note(Attempt("U0TOM", f"step_{number}", Bar.NOT_IN_ROLE))
        book.note(Attempt("U0AISHA", "review", Bar.NOT_IN_ROLE))
        found = await settled(kept, MOST_KINDS + 2)

    (rest,) = [each for each in found if each.attempt.tried == MANY]
    assert (rest.attempt.person, rest.attempt.bar) == ("U0TOM", Bar.TOO_MANY)
    assert sum(each.times for each in found) == 501
    assert "U0AISHA" in {each.attempt.person for each in found}


async def test_what_the_register_does_not_take_is_logged_and_tried_again(
    kept: Flaky, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_of_refusals, "AGAIN_IN_S", 0.05)
    kept.down = True
    with capture_logs() as logged:
        async with RefusalBook(kept) as book:
            book.note(TOM)
            await asyncio.sleep(0.1)
            book.note(TOM)
            kept.down = False
            (row,) = await settled(kept, 1)

    assert row.times == 2
    assert {line["event"] for line in logged} == {"refusals_not_recorded"}
    assert logged[0]["error"] == "OperationalError"
    assert "U0TOM" not in str(logged)


async def test_a_register_that_is_away_for_long_costs_only_so_much_memory(
    kept: Flaky, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_of_refusals, "MOST_WAITING", 100)
    kept.down = True
    with capture_logs() as logged:
        async with RefusalBook(kept) as book:
            for number in range(300):
                book.note(Attempt(f"U0P{number}", "review", Bar.NOT_IN_ROLE))

    assert "refusals_dropped" in {line["event"] for line in logged}


async def test_what_waits_is_written_when_the_program_stops(kept: Flaky) -> None:
    async with RefusalBook(kept) as book:
        book.note(TOM)
        await settled(kept, 1)
        book.note(TOM)

    assert [each.times for each in await kept.find()] == [1, 1]


async def test_a_reference_that_somebody_typed_is_not_kept(kept: Flaky, tmp_path: Path) -> None:
    async with RefusalBook(kept) as book:
        book.note(Attempt("U0TOM", "details", Bar.NOT_THEIRS, "Jane Doe, 1 High Street"))

    assert [each.attempt.reference for each in await kept.find()] == [None]
    assert not any(b"Jane" in file.read_bytes() for file in tmp_path.glob("register.db*"))
