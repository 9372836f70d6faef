"""Whether what has to be written can be: asked by writing, since a number of free bytes may lie."""

import asyncio
import errno
import os
import shutil
import tempfile
from pathlib import Path

from runtime.health import OK, Probe
from runtime.metrics import DISK_FREE

ROOM = 2**20
"""Bytes that must be free: some commits of an SQLite register with its log."""
_WORDS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
}


def has_room(*folders: Path) -> Probe:
    """A health probe: whether something can be written in each of the folders."""

    async def probe() -> str:
        return await asyncio.to_thread(_first_trouble, folders)

    return probe


def _first_trouble(folders: tuple[Path, ...]) -> str:
    try:
        DISK_FREE.set(min(shutil.disk_usage(folder).free for folder in folders))
        for folder in folders:
            _write_in(folder)
    except OSError as error:
        return _WORDS.get(error.errno or 0, "failing")
    return OK


def _write_in(folder: Path) -> None:
    """Takes the room and gives it back; nothing is synced, so that it costs the disk nothing."""
    with tempfile.TemporaryFile(dir=folder, buffering=0) as draft:
        left = ROOM
        while left:
            left -= os.write(draft.fileno(), bytes(left))
