"""Saying that something is still being done, once it has taken a second."""

import contextlib
import sys
import threading
from collections.abc import Iterator

from rich.console import Console

AFTER_S = 1.0


@contextlib.contextmanager
def waiting(what: str) -> Iterator[None]:
    """Shows on a terminal's standard error that it goes on; says it once anywhere else."""
    over = threading.Event()
    teller = threading.Thread(target=_tell, args=(what, over), daemon=True)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()


def _tell(what: str, over: threading.Event) -> None:
    if over.wait(AFTER_S):
        return
    if not sys.stderr.isatty():
        print(f"{what} …", file=sys.stderr)  # noqa: T201
        return
    with Console(stderr=True).status(f"{what} …"):
        over.wait()
