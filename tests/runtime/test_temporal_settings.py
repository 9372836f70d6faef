"""The TEMPORAL_* environment: a slip stops a program at once; a server that is away does not."""

import asyncio
import os

import pytest

from encryption.keyring import Keyring, new_key
from runtime.settings import SettingsError
from runtime.temporal import connect

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
