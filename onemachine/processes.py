"""Processes that live and die together."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from onemachine.leases import Lease, write
from runtime.program import EXIT_SETTINGS

STOP_WITHIN_S = 25
"""For a worker's 20 seconds of grace, and a little more."""

RESTARTS, WITHIN_S = 5, 600
"""A part that dies is started again this often in 10 minutes; then something is really wrong."""

PAUSE_S = 1
"""Before a part that died is started again."""

LONGEST_LINE = 2**20
"""Bytes of a part's output."""

Tell = Callable[[str, str], None]
"""Takes a line, and the name of the part that it comes from."""


class PartFailedError(Exception):
    """A part of the system could not be kept running."""

    status = 1
    """What the whole system then ends with."""


class SettingRefusedError(PartFailedError):
    """A part refuses a setting; the message names it."""

    status = EXIT_SETTINGS


def say(text: str, name: str = "run") -> None:
    """Prints one line under a name."""
    show(f"{name:<9}| {text}\n")


def show(text: str) -> None:
    """Prints; once nobody reads any more, since the terminal was closed, it is silent."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Restarts:
    """When a part was started again lately."""

    def __init__(self) -> None:
        """It was not."""
        self._last: deque[float] = deque(maxlen=RESTARTS)

    def one_more(self, now: float) -> bool:
        """Whether it may be started again, which is counted then; `now` in seconds of any clock."""
        if len(self._last) == RESTARTS and now - self._last[0] < WITHIN_S:
            return False
        self._last.append(now)
        return True


@dataclass
class Part:
    """One process, its output passed on line by line under its name."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    ready_at: str
    """A URL that answers once the part is ready."""
    lease: Lease
    """Held for as long as the process lives, also when we do not."""
    tell: Tell = say
    names_settings: bool = False
    """Whether status 2 means, as in our own programs, that its last line names a setting."""
    process: asyncio.subprocess.Process | None = field(default=None, init=False)

    async def start(self) -> None:
        """Starts it in a session of its own: Ctrl-C reaches us, and we stop it in order."""
        with self.lease.taken() as lease:
            self.process = await asyncio.create_subprocess_exec(
                *self.command,
                env={**os.environ, **self.environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
                pass_fds=[lease],
                limit=LONGEST_LINE,
            )
            write(lease, self.process.pid)

    async def keep_running(self) -> None:
        """Passes its output on, and starts it again when it dies.

        Raises:
            SettingRefusedError: when it refuses a setting.
            PartFailedError: when it keeps dying.
        """
        restarts = Restarts()
        while True:
            code, last = await self._pass_output_on()
            if code == EXIT_SETTINGS and self.names_settings:
                raise SettingRefusedError(f"{self.name}: {last.removeprefix('error: ')}")
            if not restarts.one_more(time.monotonic()):
                raise PartFailedError(f"{self.name} does not stay up; see its lines above")
            self.tell(f"{self.name} ended with exit status {code}; starting it again", "run")
            await asyncio.sleep(PAUSE_S)
            await self.start()

    async def stop(self) -> None:
        """Asks it to end, and ends it when it does not; a part that never began is left alone."""
        process = self.process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), STOP_WITHIN_S)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()

    async def kill(self) -> None:
        """Ends it without a word, with all that it started, as the kernel would."""
        process = self.process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()

    async def _pass_output_on(self) -> tuple[int, str]:
        """Returns its exit status and its last line, once it has ended."""
        process, last = self.process, ""
        if process is None or process.stdout is None:
            raise PartFailedError(f"{self.name} was not started")
        async for line in process.stdout:
            last = line.decode(errors="replace").rstrip()
            self.tell(last, self.name)
        return await process.wait(), last
