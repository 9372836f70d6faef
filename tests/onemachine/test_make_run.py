"""`make run`: everything starts, stops without leaving anything behind, and goes on next time."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from localslack.driver import Person
from onemachine.ports import any_free

ROOT = Path(__file__).parents[2]
READY_WITHIN_S = 60
OST, GENERAL = "breach-ost", "general"
REPORT = {
    "area": "west-midlands",
    "incident_type": "failure_to_redact",
    "description": "An address was left in.",
}


class Run:
    """`python -m onemachine` on ports and in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {
            name: any_free() for name in ("TEMPORAL_PORT", "TEMPORAL_UI_PORT", "LOCALSLACK_PORT")
        }
        self.slack = f"http://127.0.0.1:{self.ports['LOCALSLACK_PORT']}"

    async def start(self) -> asyncio.subprocess.Process:
        left_out = ("DATABASE_URL", "SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN_FILE")
        inherited = {name: value for name, value in os.environ.items() if name not in left_out}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "onemachine",
            cwd=ROOT,
            env=inherited
            | {"DATA_FOLDER": str(self.folder)}
            | {name: str(port) for name, port in self.ports.items()},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        await asyncio.wait_for(self._until_ready(process), READY_WITHIN_S)
        return process

    async def _until_ready(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout
        async for line in process.stdout:
            if b"Ready after" in line:
                return
        pytest.fail("it ended before it was ready")

    async def stop(self, process: asyncio.subprocess.Process) -> int:
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.communicate(), 40)
        return process.returncode if process.returncode is not None else -1

    def left_behind(self) -> list[str]:
        """Processes that still name our folder or our ports."""
        marks = [str(self.folder), *map(str, self.ports.values())]
        found = []
        for entry in Path("/proc").iterdir():
            try:
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (OSError, UnicodeDecodeError):
                continue
            if any(mark in command.split() or f"{mark}/" in command for mark in marks):
                found.append(command)
        return found


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs Linux's /proc")
async def test_it_stops_without_a_trace_and_goes_on_with_every_open_case(tmp_path: Path) -> None:
    run = Run(tmp_path / "data")
    process = await run.start()
    async with Person(run.slack, "priya") as priya, Person(run.slack, "owen") as owen:
        await priya.type(GENERAL, "/breach")
        assert (await priya.submit(await priya.modal(), REPORT)).accepted
        await owen.wait_for_message(OST, "BR-", 10)
    assert await run.stop(process) == 0
    assert run.left_behind() == []

    process = await run.start()
    async with Person(run.slack, "owen") as owen:
        card = await owen.wait_for_message(OST, "BR-", 10)
        await owen.press(card, "claim")
        await owen.wait_until(
            OST, lambda found: next((m for m in found if "claimed by" in m.text()), None), 20
        )
    assert await run.stop(process) == 0
    assert run.left_behind() == []


async def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    taken = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "onemachine",
        cwd=ROOT,
        env=os.environ | {"DATA_FOLDER": str(tmp_path), "LOCALSLACK_PORT": str(port)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await asyncio.wait_for(process.communicate(), 20)
    taken.close()
    assert process.returncode == 2
    assert f"LOCALSLACK_PORT: port {port} is in use" in output.decode()
