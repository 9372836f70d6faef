"""Files that are whole or not there, whatever happens while they are written."""

import os
from pathlib import Path


def put_in_place(beside: Path, file: Path) -> None:
    """Gives a finished draft its name, on the disk as well before anybody is told.

    Raises:
        OSError: when that can't be done.
    """
    with beside.open("rb") as written:
        os.fsync(written.fileno())
    beside.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
