"""Which processes live: told by locks, which the kernel takes away when a process dies."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


class TakenError(Exception):
    """A living process holds the lease; `pid` is its id, None when that was not written down."""

    def __init__(self, pid: int | None) -> None:
        """The process that holds it."""
        super().__init__(f"held by process {pid}")
        self.pid = pid


class Lease:
    """A file that is locked for as long as a process lives, and holds that process's id.

    A process id alone would not do: it may belong to another process by now.
    """

    def __init__(self, path: Path) -> None:
        """Nothing is taken yet; the file's folder is made when it is."""
        self.path = path

    @contextlib.contextmanager
    def taken(self) -> Iterator[int]:
        """Takes it, and gives the file descriptor: a child that inherits it holds it too.

        Raises:
            TakenError: when somebody holds it.
            OSError: when the file can't be used.
        """
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _opened(self.path) as file:
            if not _locked(file):
                raise TakenError(self._pid())
            os.ftruncate(file, 0)
            yield file

    def holder(self) -> int | None:
        """The process that holds it; None when nobody does.

        Raises:
            TakenError: when somebody does and did not write down who.
        """
        with _opened(self.path) as file:
            if _locked(file):
                return None
        pid = self._pid()
        if pid is None:
            raise TakenError(pid)
        return pid

    def _pid(self) -> int | None:
        text = self.path.read_text(encoding="ascii")
        return int(text) if text else None


def write(file: int, pid: int) -> None:
    """Notes in a lease's file who holds it."""
    os.write(file, str(pid).encode())


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield file
    finally:
        os.close(file)


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
