"""`python -m onemachine` under test, on ports and in a folder of its own."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from onemachine.ports import HEALTH, any_free

ROOT = Path(__file__).parents[2]
READY = "Ready after"
READY_WITHIN_S = 60
ENDS_WITHIN_S = 60
REAL = (
    "SLACK_",
    "TEMPORAL_",
    "DATABASE_URL",
    "REGISTER_",
    "ORGANISATION_FILE",
    "PAYLOAD_KEYS",
    "CODEC_",
    "SMTP_",
    "WATCHDOG_",
)
"""How the settings of a real installation begin; none of them may reach a test."""

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="needs Linux's /proc"
)


class Run:
    """`make run`, without make."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        names = ("TEMPORAL_PORT", "TEMPORAL_UI_PORT", "LOCALSLACK_PORT", "CODEC_PORT")
        self.settings = {
            "DATA_FOLDER": str(folder),
            **{name: str(any_free()) for name in names},
            # The usual ones could be taken by a test beside this one, once they were found free.
            **dict.fromkeys(HEALTH, "0"),
            **settings,
        }
        self.slack = f"http://127.0.0.1:{self.settings['LOCALSLACK_PORT']}"
        self.said: list[str] = []

    async def begin(self, stdin: int = asyncio.subprocess.DEVNULL) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(REAL)}
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "onemachine"),
            cwd=ROOT,
            env=inherited | self.settings,
            stdin=stdin,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )

    async def start(self) -> None:
        await self.begin()
        await self.until(READY)

    async def until(self, words: str) -> None:
        """Reads on until a line holds these words."""
        async with asyncio.timeout(READY_WITHIN_S):
            while words not in (line := await self._line()):
                assert line, f"it ended: {self.said}"

    async def _line(self) -> str:
        assert self.process.stdout
        line = (await self.process.stdout.readline()).decode()
        self.said.append(line.rstrip())
        return line

    async def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return await self.ended()

    async def ended(self) -> int:
        """Reads to its end; gives its exit status."""
        async with asyncio.timeout(ENDS_WITHIN_S):
            while await self._line():
                pass
            return await self.process.wait()

    def running(self) -> set[str]:
        """The programs that were told of our folder and still run."""
        return told(f"DATA_FOLDER={self.folder}")


def secrets_shown(run: Run) -> list[str]:
    """The secrets of a running system that stand in its output or in an argument of a process."""
    shown, held = "\n".join(run.said), {"keys": (run.folder / "payload-keys").read_text().strip()}
    for process in Path("/proc").iterdir():
        try:
            settings = (process / "environ").read_bytes().decode().split("\0")
            shown += (process / "cmdline").read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            continue
        if f"DATA_FOLDER={run.folder}" in settings:
            named = dict(each.partition("=")[::2] for each in settings)
            held |= {"codec": named["CODEC_TOKEN"]} if named.get("CODEC_TOKEN") else {}
    assert set(held) == {"keys", "codec"}
    return [name for name, value in held.items() if value.rpartition(":")[2] in shown]


def told(setting: str) -> set[str]:
    """The programs that run with this in their environment."""
    found = set()
    for process in Path("/proc").iterdir():
        try:
            if setting.encode() in (process / "environ").read_bytes().split(b"\0"):
                found.add((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found
