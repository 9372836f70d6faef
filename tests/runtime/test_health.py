"""Health over HTTP: alive, ready or not and why, figures, and a port that is taken is named."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from runtime.disk import has_room
from runtime.health import OK, Health
from runtime.settings import HealthSettings, SettingsError


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def health(number: int, *awaits: str, stop: asyncio.Event | None = None) -> Health:
    return Health(HealthSettings(number), stop or asyncio.Event(), awaits=awaits)


def probe(word: str) -> Callable[[], Awaitable[str]]:
    async def answer() -> str:
        return word

    return answer


async def get(number: int, path: str) -> tuple[int, object]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{number}{path}") as answer,
    ):
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.status, await answer.json()


async def figures(number: int) -> dict[tuple[str, str], float]:
    """The values of all samples by their name and their labels' values."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{number}/metrics") as answer,
    ):
        families = text_string_to_metric_families(await answer.text())
    return {
        (sample.name, "/".join(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.mark.parametrize("path", ["/health/ready", "/ready"])
async def test_a_program_is_ready_while_all_that_it_needs_is_well(
    free_port: int, path: str
) -> None:
    async with health(free_port, "temporal", "slack") as program:
        for name in ("temporal", "slack"):
            program.watch(name, probe(OK))
        program.begun()
        checks = {"temporal": OK, "slack": OK}
        answer = {"ready": True, "state": "running", "checks": checks}
        assert await get(free_port, path) == (200, answer)


async def test_until_it_has_begun_a_program_says_what_it_waits_for(free_port: int) -> None:
    async with health(free_port, "temporal", "slack") as program:
        program.watch("slack", probe(OK))
        checks = {"temporal": "waiting", "slack": OK}
        answer = {"ready": False, "state": "starting", "checks": checks}
        assert await get(free_port, "/health/ready") == (503, answer)
        program.watch("temporal", probe(OK))
        assert (await get(free_port, "/health/ready"))[0] == 503


@pytest.mark.parametrize("path", ["/health/live", "/live"])
async def test_a_program_that_lacks_something_says_what_and_is_alive_all_the_same(
    free_port: int, path: str
) -> None:
    async with health(free_port) as program:
        program.watch("slack", probe("token_refused"))
        program.begun()
        answer = {"ready": False, "state": "running", "checks": {"slack": "token_refused"}}
        assert await get(free_port, "/health/ready") == (503, answer)
        assert await get(free_port, path) == (200, {"live": True})


async def test_what_a_part_raises_is_not_shown_and_hides_no_other_part(free_port: int) -> None:
    async def fails() -> str:
        raise RuntimeError("postgresql://user:MARKER@db")

    async with health(free_port) as program:
        program.watch("register", fails)
        program.watch("temporal", probe(OK))
        program.begun()
        _, answer = await get(free_port, "/health/ready")
    assert answer == {
        "ready": False,
        "state": "running",
        "checks": {"register": "failed", "temporal": OK},
    }


async def test_a_part_that_does_not_answer_keeps_nobody_waiting_and_is_not_asked_by_each(
    free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runtime.health.ANSWER_WITHIN_S", 0.1)
    asked = 0

    async def never() -> str:
        nonlocal asked
        asked += 1
        await asyncio.Event().wait()
        return OK

    async with health(free_port) as program:
        program.watch("slack", never, every_s=60)
        answers = await asyncio.gather(*(get(free_port, "/health/ready") for _ in range(20)))
    assert {status for status, _ in answers} == {503}
    assert "no_answer" in str(answers[0])
    assert asked == 1


async def test_once_it_is_told_to_stop_a_program_is_not_ready_and_still_answers(
    free_port: int,
) -> None:
    stop = asyncio.Event()
    async with health(free_port, stop=stop) as program:
        program.begun()
        assert (await get(free_port, "/health/ready"))[0] == 200
        stop.set()
        answer = {"ready": False, "state": "stopping", "checks": {}}
        assert await get(free_port, "/health/ready") == (503, answer)


async def test_figures_say_the_same_and_one_that_fails_hides_no_other(free_port: int) -> None:
    async def fails() -> None:
        raise RuntimeError

    async with health(free_port) as program:
        program.watch("temporal", probe(OK))
        program.watch("slack", probe("not_reachable"))
        program.measure(fails)
        found = await figures(free_port)
    assert found["breach_check_ok", "temporal"] == 1
    assert found["breach_check_ok", "slack"] == 0
    assert "process_resident_memory_bytes" in {name for name, _ in found}


async def test_a_port_in_use_is_named(free_port: int) -> None:
    async with health(free_port):
        with pytest.raises(SettingsError, match=f"HEALTH_PORT: port {free_port} is in use"):
            await health(free_port).__aenter__()


async def test_the_port_is_free_again_afterwards(free_port: int) -> None:
    for _ in range(2):
        async with health(free_port):
            pass


async def test_without_a_port_nothing_is_served() -> None:
    async with health(0) as program:
        assert program._runner is None


async def test_a_folder_that_can_be_written_in_has_room_and_nothing_is_left_there(
    tmp_path: Path,
) -> None:
    assert await has_room(tmp_path)() == OK
    assert list(tmp_path.iterdir()) == []


async def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    assert await has_room(tmp_path, tmp_path / "gone")() == "missing"
