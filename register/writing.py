"""How long writes to the register take, and whether it takes them, for figures and for health."""

import asyncio
import contextlib
import time
from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from runtime.metrics import REGISTER_FAILURES, REGISTER_WRITES

MATTERS_S = 60
"""Writes of the worker are tried again every 10 seconds at most (workflows/retries.py), so that one
from longer ago, by somebody who gave up, says nothing about now."""

_failed_at: list[float] = []
"""When a write failed last (monotonic); empty once one has gone well."""


@contextlib.contextmanager
def write(what: str) -> Iterator[None]:
    """Around a transaction that writes; `what` is a constant."""
    began = time.monotonic()
    try:
        yield
    except (SQLAlchemyError, OSError, asyncio.CancelledError):
        REGISTER_FAILURES.labels(what).inc()
        _failed_at[:] = [time.monotonic()]
        raise
    REGISTER_WRITES.labels(what).observe(time.monotonic() - began)
    _failed_at.clear()


def failing() -> bool:
    """Whether the last write failed, and not long ago."""
    return bool(_failed_at) and time.monotonic() - _failed_at[0] < MATTERS_S
