"""The TEMPORAL_* environment: a slip stops a program at once; a server that is away does not."""

import asyncio
import os
import socket

import aiohttp
import pytest

from encryption.keyring import Keyring, new_key
from onemachine.ports import any_free
from runtime.settings import SettingsError
from runtime.temporal import connect, workers_runtime

KEYRING = Keyring.parse(new_key())


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("TEMPORAL_"):
            monkeypatch.delenv(name)


@pytest.mark.parametrize(
    "environment",
    [
        {"TEMPORAL_PROFILE": "nobody-s"},
        {"TEMPORAL_ADDRESS": "no address"},
        {
            "TEMPORAL_ADDRESS": "127.0.0.1:1",
            "TEMPORAL_TLS_CLIENT_CERT_PATH": "/nowhere",
            "TEMPORAL_TLS_CLIENT_KEY_PATH": "/nowhere",
        },
    ],
    ids=lambda environment: next(iter(reversed(environment))),
)
async def test_a_slip_is_named(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=r"^TEMPORAL_(\*:|ADDRESS must be HOST:PORT)"):
        await asyncio.wait_for(connect(KEYRING), 5)


async def test_a_server_that_is_away_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(connect(KEYRING), 0.6)


def test_a_port_for_the_sdks_figures_that_is_taken_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        monkeypatch.setenv("SDK_METRICS_PORT", str(number))
        with pytest.raises(
            SettingsError, match=f"^SDK_METRICS_PORT: can't listen on port {number}"
        ):
            workers_runtime()


async def test_the_sdk_serves_its_figures_where_it_is_told_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = any_free()
    monkeypatch.setenv("SDK_METRICS_PORT", str(number))
    runtime = workers_runtime()
    assert runtime is not None
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{number}/metrics") as answer,
    ):
        assert answer.status == 200
