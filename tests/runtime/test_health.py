"""Health over HTTP: alive, ready or not, and a port that is taken is named."""

import socket
from collections.abc import Awaitable, Callable

import aiohttp
import pytest

from runtime.health import Health
from runtime.settings import SettingsError


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def probe(well: bool) -> Callable[[], Awaitable[bool]]:
    async def answer() -> bool:
        return well

    return answer


async def get(number: int, path: str) -> tuple[int, object]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{number}{path}") as answer,
    ):
        return answer.status, await answer.json()


async def test_a_program_is_ready_while_all_that_it_needs_answers(free_port: int) -> None:
    async with Health(free_port, {"temporal": probe(True), "slack": probe(True)}):
        assert await get(free_port, "/ready") == (200, {"temporal": True, "slack": True})


async def test_a_program_that_lacks_something_says_what_and_is_alive_all_the_same(
    free_port: int,
) -> None:
    async with Health(free_port, {"temporal": probe(True), "slack": probe(False)}):
        assert await get(free_port, "/ready") == (503, {"temporal": True, "slack": False})
        assert await get(free_port, "/live") == (200, {"live": True})


async def test_a_port_in_use_is_named(free_port: int) -> None:
    async with Health(free_port, {}):
        with pytest.raises(SettingsError, match=f"HEALTH_PORT: port {free_port} is in use"):
            await Health(free_port, {}).__aenter__()


async def test_the_port_is_free_again_afterwards(free_port: int) -> None:
    for _ in range(2):
        async with Health(free_port, {}):
            pass


async def test_without_a_port_nothing_is_served() -> None:
    async with Health(0, {"temporal": probe(False)}) as health:
        assert health._runner is None
