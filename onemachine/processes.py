"""Processes that live and die together."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from runtime.program import EXIT_SETTINGS

STOP_WITHIN_S = 25
"""For a worker's 20 seconds of grace, and a little more."""

RESTARTS = 5
"""A part that dies is started again this often; then something is really wrong."""


Tell = Callable[[str, str], None]
"""Takes a line, and the name of the part that it comes from."""


class PartFailedError(Exception):
    """A part of the system could not be kept running."""


def say(text: str, name: str = "run") -> None:
    """Prints one line under a name."""
    sys.stdout.write(f"{name:<9}| {text}\n")
    sys.stdout.flush()


@dataclass
class Part:
    """One process, its output passed on line by line under its name."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    ready_at: str
    """A URL that answers once the part is ready."""
    tell: Tell = say
    process: asyncio.subprocess.Process | None = field(default=None, init=False)

    async def start(self) -> None:
        """Starts it in a session of its own: Ctrl-C reaches us, and we stop it in order."""
        self.process = await asyncio.create_subprocess_exec(
            *self.command,
            env={**os.environ, **self.environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )

    async def keep_running(self) -> None:
        """Passes its output on, and starts it again when it dies.

        Raises:
            PartFailedError: when it keeps dying.
        """
        for _ in range(RESTARTS):
            code = await self._pass_output_on()
            if code == EXIT_SETTINGS:
                raise PartFailedError(f"{self.name} refuses a setting; see its last line above")
            self.tell(f"{self.name} ended with exit status {code}; starting it again", "run")
            await asyncio.sleep(1)
            await self.start()
        raise PartFailedError(f"{self.name} does not stay up; see its lines above")

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

    async def _pass_output_on(self) -> int:
        process = self.process
        if process is None or process.stdout is None:
            raise PartFailedError(f"{self.name} was not started")
        async for line in process.stdout:
            self.tell(line.decode(errors="replace").rstrip(), self.name)
        return await process.wait()
