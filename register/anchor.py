"""The anchor: a file outside the database that knows the newest event of each chain, day by day.

Whoever takes away the newest events, or makes the whole chain anew, can't make the database alone
look right: the file still names what was there (docs/adr/0019).
"""

import contextlib
import fcntl
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from register.database import asynchronous
from runtime.files import put_in_place
from runtime.settings import SettingsError

SETTING = "REGISTER_ANCHOR"
ABOUT = (
    "# The newest event of each chain of the register, day by day: time, chain, position, hash.\n"
    "# `python -m register verify` compares them. Keep this file where the database is not.\n"
)
_LINE = re.compile(r"(\S+Z) ([a-z_]+) (\d+) ([0-9a-f]{64})")


@dataclass(frozen=True)
class Mark:
    """What the newest event of a chain was at some time."""

    at: datetime
    """UTC, to the second."""
    chain: str
    position: int
    """0 before the first event."""
    hash: str

    def __str__(self) -> str:
        """Its line in the file."""
        return f"{self.at:%Y-%m-%dT%H:%M:%SZ} {self.chain} {self.position} {self.hash}"


Marks = tuple[Mark, ...]


def anchor_file(url: str, environment: Mapping[str, str] = os.environ) -> Path:
    """Where the anchor of the register at a URL is kept.

    REGISTER_ANCHOR names it; without it, it is beside SQLite's file: `register.anchor`.

    Raises:
        SettingsError: when there is neither.
    """
    if name := environment.get(SETTING, "").strip():
        return Path(name)
    parsed = asynchronous(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        return Path(str(parsed.database)).with_suffix(".anchor")
    raise SettingsError(
        f"{SETTING} is not set. Name a file outside the database's own disk, such as "
        "/srv/anchor/register.anchor: what removes the newest events from the register is caught "
        "by it"
    )


def anchor_if_any(url: str) -> Path | None:
    """The same; None where there is neither: in PostgreSQL it may be the worker's alone."""
    try:
        return anchor_file(url)
    except SettingsError:
        return None


def newest(marks: Marks, chain: str) -> Mark | None:
    """The last mark of a chain."""
    return next((mark for mark in reversed(marks) if mark.chain == chain), None)


def marked(marks: Marks, new: Mark) -> Marks:
    """With a new mark: in place of the chain's last one when that is of the same day.

    The first mark of a chain stays: it says since when there is an anchor.
    """
    own = [mark for mark in marks if mark.chain == new.chain]
    if own[1:] and own[-1].at.date() == new.at.date():
        return tuple(new if mark is own[-1] else mark for mark in marks)
    return (*marks, new)


def read(file: Path) -> Marks | None:
    """The marks in a file; None when there is no file.

    Raises:
        SettingsError: when it can't be read, or is no anchor.
    """
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsError(f"{SETTING}: can't read {file}: {error.strerror}") from error
    except UnicodeDecodeError:
        raise SettingsError(f"{SETTING}: {file} is not an anchor of the register") from None
    return tuple(
        _mark(file, number, line)
        for number, line in enumerate(lines, start=1)
        if line and not line.startswith("#")
    )


def read_whole(file: Path, chains: Iterable[str]) -> Marks | None:
    """The same, made sure that it knows every chain: an emptied file would deny nothing.

    Raises:
        SettingsError: also when a chain has no line.
    """
    marks = read(file)
    for chain in chains:
        if marks is not None and newest(marks, chain) is None:
            raise SettingsError(
                f"{SETTING}: {file} has no line of {chain}: it was emptied or cut off. Compare "
                "with a copy of it (verify --anchor FILE); when you know why, move it away, and "
                "the worker begins a new one"
            )
    return marks


def write(file: Path, marks: Marks) -> None:
    """Replaces the file at once: after a crash there is the old one or the new one, whole.

    Raises:
        OSError: when it can't be written.
    """
    draft = file.with_name(f".{file.name}.new")
    draft.write_text(ABOUT + "".join(f"{mark}\n" for mark in marks), encoding="ascii")
    put_in_place(draft, file)


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Keeps other programs of this machine from writing the anchor meanwhile.

    Raises:
        OSError: when the lock, a file beside it, can't be made.
    """
    with file.with_name(f".{file.name}.lock").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _mark(file: Path, number: int, line: str) -> Mark:
    found = _LINE.fullmatch(line)
    try:
        if found is None:
            raise ValueError
        at = datetime.fromisoformat(found[1])
    except ValueError:
        raise SettingsError(
            f"{SETTING}: line {number} of {file} is not a line of an anchor"
        ) from None
    return Mark(at, found[2], int(found[3]), found[4])
