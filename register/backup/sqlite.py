"""Backups of a register in SQLite: a file that is a register itself."""

import asyncio
import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from register.backup.files import draft
from register.database import BUSY_MS, file_of
from runtime.files import put_in_place
from runtime.settings import SettingsError

PAGES = 1000
"""Copied at once; between two of them progress is told, and Ctrl-C looked at."""
Told = Callable[[int, int], None]
"""Told how many pages are done, and how many there are."""


async def copy(url: str, to: Path, told: Told) -> None:
    """Copies the register as it is at one moment into an empty file; nobody waits for it.

    Raises:
        SettingsError: when it can't be read, or the copy not be written.
    """
    stop = threading.Event()
    copying = asyncio.ensure_future(asyncio.to_thread(_copy, file_of(url), to, told, stop))
    try:
        await asyncio.shield(copying)
    except asyncio.CancelledError:
        stop.set()
        with contextlib.suppress(_StoppedError, SettingsError):
            await copying
        raise


class _StoppedError(Exception):
    """Somebody pressed Ctrl-C."""


def _copy(source: Path, to: Path, told: Told, stop: threading.Event) -> None:
    def progress(_: int, remaining: int, total: int) -> None:
        if stop.is_set():
            raise _StoppedError
        told(total - remaining, total)

    try:
        with contextlib.closing(_opened(source)) as old, contextlib.closing(_opened(to)) as new:
            # Reading before it begins keeps it at one moment: each step would otherwise begin anew
            # after another program's write (sqlite.org/backup.html).
            old.execute("BEGIN")
            old.execute("SELECT count(*) FROM sqlite_master").fetchone()
            old.backup(new, pages=PAGES, progress=progress)
            old.execute("COMMIT")
            new.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
    except sqlite3.Error as error:
        raise SettingsError(f"the register can't be copied: {error}") from error


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=BUSY_MS / 1000, isolation_level=None)


def put_back(file: Path, url: str) -> None:
    """Makes a backup the register, in place of what is there.

    Raises:
        SettingsError: when the register is in use, or can't be written.
    """
    register = file_of(url)
    register.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with draft(register) as beside:
        _duplicate(file, beside)
        if register.exists():
            refuse_in_use(url)
        for end in ("-wal", "-shm"):
            Path(f"{register}{end}").unlink(missing_ok=True)
        put_in_place(beside, register)


def refuse_in_use(url: str) -> None:
    """Makes sure that no program has the register open.

    To leave the WAL, SQLite needs the file for itself: other connections hold it while they last.

    Raises:
        SettingsError: when one has, or the file is no database.
    """
    try:
        with contextlib.closing(sqlite3.connect(file_of(url), timeout=0)) as db:
            (mode,) = db.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError:
        mode = "locked"
    except sqlite3.DatabaseError as error:
        raise SettingsError(f"DATABASE_URL: the register can't be used: {error}") from error
    if mode != "delete":
        raise SettingsError(
            "the register is in use: stop worker, listener and whatever else has it open first"
        )


def _duplicate(file: Path, to: Path) -> None:
    with file.open("rb") as reading, to.open("wb") as writing:
        while block := reading.read(1 << 20):
            writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())
