"""Real processes that tests start, kill and start again."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp
from prometheus_client.parser import text_string_to_metric_families
from temporalio.client import Client

from encryption.converter import data_converter
from encryption.keyring import Keyring, new_key
from localslack.kinds import APP_TOKEN, BOT_TOKEN
from onemachine.ports import HOST, Ports, any_free
from onemachine.temporal import program, start_command
from runtime.temporal import DEFAULT_NAMESPACE, register_search_attributes
from workflows.visibility import KEYS

PAYLOAD_KEYS = new_key()
"""What tests and the processes that they start encrypt with."""


class Process:
    """A program under test."""

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self._command = command
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            env={**os.environ, **self._environment},
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )

    def send(self, which: signal.Signals) -> None:
        """Sends a signal, and waits for nothing."""
        assert self._process
        self._process.send_signal(which)

    async def end(self, how: signal.Signals = signal.SIGKILL) -> int:
        """Sends the signal and waits for the end; gives the exit status."""
        process = self._process
        if process is None:
            return 0
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(how)
        return await asyncio.wait_for(process.wait(), 30)


class Server(Process):
    """Temporal's development server on a file, on a port of its own."""

    def __init__(self, folder: Path, *options: str) -> None:
        ports = Ports(temporal=any_free(), temporal_ui=any_free(), localslack=0, codec=0)
        self.address = f"{HOST}:{ports.temporal}"
        super().__init__([*start_command(program(), ports, folder), *options], {})

    async def client(self) -> Client:
        """A client, once the server answers and knows our search attributes."""
        converter = data_converter(Keyring.parse(PAYLOAD_KEYS), DEFAULT_NAMESPACE)
        for _ in range(100):
            try:
                client = await Client.connect(self.address, data_converter=converter)
                await register_search_attributes(client, KEYS)
            except RuntimeError:
                await asyncio.sleep(0.1)
            else:
                return client
        raise TimeoutError("the Temporal server did not start")


class Program(Process):
    """A program of ours that says over HTTP how it is."""

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self.port = any_free()
        super().__init__([sys.executable, *command], {**environment, "HEALTH_PORT": str(self.port)})

    async def health(self, path: str = "/health/ready") -> tuple[int, dict[str, Any]]:
        """Status and content of an answer; 0 and nothing when there is none."""
        try:
            async with aiohttp.ClientSession() as session, session.get(self._url(path)) as answer:
                return answer.status, await answer.json()
        except aiohttp.ClientError:
            return 0, {}

    async def says(self, **checks: str) -> dict[str, Any]:
        """Waits until it says this of its parts; gives the whole answer."""
        answer: dict[str, Any] = {}
        for _ in range(600):
            _, answer = await self.health()
            if answer and checks.items() <= answer["checks"].items():
                return answer
            await asyncio.sleep(0.05)
        raise TimeoutError(f"it says {answer}")

    async def ready(self) -> None:
        """Waits until it is ready."""
        for _ in range(600):
            status, answer = await self.health()
            if status == 200:
                return
            await asyncio.sleep(0.05)
        raise TimeoutError(f"it says {answer}")

    async def figures(self) -> dict[tuple[str, str], float]:
        """The values of all samples, by their name and their labels' values."""
        async with aiohttp.ClientSession() as session, session.get(self._url("/metrics")) as answer:
            families = text_string_to_metric_families(await answer.text())
        return {
            (sample.name, "/".join(sample.labels.values())): sample.value
            for family in families
            for sample in family.samples
        }

    def _url(self, path: str) -> str:
        return f"http://{HOST}:{self.port}{path}"


def worker(
    address: str, database_url: str, slack_api_url: str, keys: str = PAYLOAD_KEYS
) -> Program:
    """`worker.py`, as it runs in production."""
    return Program(["worker.py"], _settings(address, database_url, slack_api_url, keys))


def listener(address: str, database_url: str, slack_api_url: str) -> Program:
    """`starter.py listen`, as it runs in production."""
    settings = _settings(address, database_url, slack_api_url, PAYLOAD_KEYS)
    return Program(["starter.py", "listen"], {**settings, "SLACK_APP_TOKEN": APP_TOKEN})


def _settings(address: str, database_url: str, slack_api_url: str, keys: str) -> dict[str, str]:
    return {
        "TEMPORAL_ADDRESS": address,
        "DATABASE_URL": database_url,
        "PAYLOAD_KEYS": keys,
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_API_URL": slack_api_url,
    }
