"""The data folder: private, for one `make run` at a time, and free of what a killed one left."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from onemachine.leases import Lease, TakenError, write
from onemachine.processes import STOP_WITHIN_S, say
from runtime.settings import DATABASE, SettingsError

OWNER = "make-run"
"""The name of the lease of `make run` itself, beside those of its parts."""


def lease(folder: Path, name: str) -> Lease:
    """The lease of a part."""
    return Lease(folder / "running" / name)


@contextlib.contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Makes the folder, for its owner only, and keeps every other `make run` out of it.

    Raises:
        SettingsError: when another one uses it, or it can't be used.
    """
    with contextlib.ExitStack() as held:
        try:
            _make_private(folder)
            write(held.enter_context(lease(folder, OWNER).taken()), os.getpid())
        except TakenError as error:
            raise SettingsError(
                f"DATA_FOLDER: {folder} is in use by another `make run` (process {error.pid}). "
                f"Stop that one (Ctrl-C there, or `kill {error.pid}`), or give this one another "
                f"folder and other ports: DATA_FOLDER={folder}-2 TEMPORAL_PORT=… "
                "TEMPORAL_UI_PORT=… LOCALSLACK_PORT=… make run"
            ) from error
        except OSError as error:
            raise SettingsError(f"DATA_FOLDER: can't use {folder}: {error.strerror}") from error
        yield


async def end_leftovers(folder: Path) -> None:
    """Ends what a `make run` that was killed left running; what started last ends first.

    Raises:
        SettingsError: when something can't be ended; it says what.
    """
    parts = [path for path in (folder / "running").iterdir() if path.name != OWNER]
    for path in sorted(parts, key=lambda each: each.stat().st_mtime, reverse=True):
        try:
            if pid := Lease(path).holder():
                say(f"ending {path.name} (process {pid}): a `make run` that was killed left it")
                await _end(Lease(path), pid)
        except (TakenError, PermissionError) as error:
            raise SettingsError(
                f"DATA_FOLDER: a process of the last `make run` still uses {folder}, and can't be "
                f"ended from here. `lsof {path}` names it: end it, or choose another folder"
            ) from error


async def _end(left: Lease, pid: int) -> None:
    """Asks a part to end, and ends it when it does not: it leads a process group of its own."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, number)
        deadline = time.monotonic() + STOP_WITHIN_S
        while time.monotonic() < deadline:
            if left.holder() is None:
                return
            await asyncio.sleep(0.05)


def _make_private(folder: Path) -> None:
    """Temporal creates its database file readable for all, so the folder is for its owner only.

    Raises:
        SettingsError: when it is open to others and not ours: it may be `/tmp`.
    """
    folder.mkdir(exist_ok=True, parents=True)
    if not folder.stat().st_mode & 0o077:
        return
    if any(folder.iterdir()) and not (folder / DATABASE).exists():
        raise SettingsError(
            f"DATA_FOLDER: {folder} holds other things and is open to others. Name a folder that "
            "does not exist yet; it will be for you only"
        )
    folder.chmod(0o700)
