"""Keeping the workspace in a file, so that a restart goes on where it was."""

import asyncio
import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ValidationError

from localslack.errors import StartError
from localslack.records import Conversation, File, View

VERSION = 1

_DEBOUNCE = 0.5
"""Seconds from a change to the writing of it."""
_AFTER_FAILURE = 5.0
"""Seconds until the next attempt when the file could not be written."""

log = logging.getLogger(__name__)


class Snapshot(BaseModel):
    """What the state file holds. Open modals and ephemeral messages are left out, as in Slack."""

    version: int
    last_ts: str = "0.000000"
    conversations: list[Conversation] = []
    homes: list[View] = []
    files: list[File] = []


class Snapshots:
    """Writes the state file some time after a change, and when the server stops.

    Args:
        path: the file; without one nothing is written.
        collect: gives what to write.
    """

    def __init__(self, path: Path | None, collect: Callable[[], Snapshot]) -> None:
        self._path = path
        self._collect = collect
        self._dirty = asyncio.Event()
        self._stopping = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None
        self._took = 0.0

    @property
    def files_directory(self) -> Path | None:
        """Where the bytes of uploaded files are kept."""
        return self._path.with_suffix(".files") if self._path else None

    def changed(self) -> None:
        """Something is different from what the file says."""
        self._dirty.set()

    def load(self) -> Snapshot:
        """What the file says; empty when there is none yet.

        Raises:
            StartError: the file can't be used.
        """
        if self._path is None or not self._path.exists():
            return Snapshot(version=VERSION)
        try:
            snapshot = Snapshot.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError) as error:
            raise StartError(
                f"{self._path} can't be used as the state file ({type(error).__name__}); "
                "move it away to start afresh"
            ) from error
        if snapshot.version != VERSION:
            raise StartError(
                f"{self._path} is of version {snapshot.version}, this program reads {VERSION}; "
                "move it away to start afresh"
            )
        return snapshot

    def start(self) -> None:
        """Write after changes from now on."""
        if self._path:
            self._writer = asyncio.create_task(self._write_changes(self._path))

    async def close(self) -> None:
        """Write what is not written yet, and stop."""
        self._stopping.set()
        self._dirty.set()
        if self._writer:
            await self._writer

    async def _write_changes(self, path: Path) -> None:
        # It ends by itself and is never cancelled: a write that goes on in its thread while
        # another begins would spoil the file.
        while not self._stopping.is_set():
            await self._dirty.wait()
            # A large workspace takes long to collect, so it is written less often.
            await self._pause(max(_DEBOUNCE, 20 * self._took))
            self._dirty.clear()
            try:
                await self._write(path)
            except OSError as error:
                log.warning("the state file can't be written: %s", error)
                self._dirty.set()
                await self._pause(_AFTER_FAILURE)

    async def _write(self, path: Path) -> None:
        began = time.monotonic()
        content = self._collect().model_dump_json(exclude_defaults=True)
        self._took = time.monotonic() - began
        await asyncio.to_thread(_replace, path, content)

    async def _pause(self, seconds: float) -> None:
        """Wait, but not when the server is stopping."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)


def _replace(path: Path, content: str) -> None:
    # Written beside it and then renamed: whoever is killed on the way leaves the old file whole.
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.touch(mode=0o600)
    with beside.open("w", encoding="utf-8") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
