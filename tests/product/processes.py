"""Real processes that tests start, kill and start again."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from temporalio.client import Client

from encryption.converter import data_converter
from encryption.keyring import Keyring, new_key
from localslack.kinds import BOT_TOKEN
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

    def __init__(self, folder: Path) -> None:
        ports = Ports(temporal=any_free(), temporal_ui=any_free(), localslack=0, codec=0)
        self.address = f"{HOST}:{ports.temporal}"
        super().__init__(start_command(program(), ports, folder), {})

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


def worker(address: str, database_url: str, slack_api_url: str) -> Process:
    """`worker.py`, as it runs in production."""
    return Process(
        [sys.executable, "worker.py"],
        {
            "TEMPORAL_ADDRESS": address,
            "DATABASE_URL": database_url,
            "PAYLOAD_KEYS": PAYLOAD_KEYS,
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_API_URL": slack_api_url,
        },
    )
