"""The file of a backup: private, whole or not there, and of which database it is."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from register.database import asynchronous
from runtime.settings import SettingsError

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_BEGINNINGS = {b"SQLite format 3\0": SQLITE, b"PGDMP": POSTGRESQL}


def check_free(file: Path, *, overwrite: bool) -> None:
    """Makes sure that a backup may be written there.

    Raises:
        SettingsError: when something is there and not to be overwritten, or there is no folder.
    """
    if file.is_dir():
        raise SettingsError(f"{file} is a folder: give the name of a file")
    if file.exists() and not overwrite:
        raise SettingsError(f"{file} is there already: give another name, or say --overwrite")
    if not file.parent.is_dir():
        raise SettingsError(f"there is no folder {file.parent}: make it, or give another name")


@contextlib.contextmanager
def draft(file: Path) -> Iterator[Path]:
    """A private file beside the wanted one; what is left of it at the end is removed.

    Raises:
        SettingsError: when it can't be made.
    """
    beside = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise SettingsError(f"can't write to {file.parent}: {error.strerror}") from error
    try:
        yield beside
    finally:
        for left in (beside, *(Path(f"{beside}{end}") for end in ("-journal", "-wal", "-shm"))):
            left.unlink(missing_ok=True)


def database_of(file: Path) -> str:
    """The kind of database that a backup is of: `SQLITE` or `POSTGRESQL`.

    Raises:
        SettingsError: when it can't be read, or is no backup.
    """
    try:
        with file.open("rb") as reading:
            start = reading.read(16)
    except OSError as error:
        raise SettingsError(f"can't read {file}: {error.strerror}") from error
    for beginning, kind in _BEGINNINGS.items():
        if start.startswith(beginning):
            return kind
    raise SettingsError(f"{file} is no backup of the register")


def kind_of(url: str) -> str:
    """The kind of database that a URL names."""
    return SQLITE if asynchronous(url).get_backend_name() == SQLITE else POSTGRESQL
