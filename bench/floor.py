"""What the two durable writes cost by themselves, on the same server and disk."""

import asyncio
import contextlib
import sqlite3
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from temporalio.client import Client

from bench.results import Measure, amount, durations

WORKFLOW = "BenchFloor"
TASK_QUEUE = "bench-floor"
"""No worker serves it: only the start is measured."""
CROWD = 50


async def floor(
    client: Client, folder: Path, count: int, done: Callable[[], None]
) -> list[Measure]:
    """Bare starts, one by one and all at once, and bare commits."""
    alone = [await _start(client) for _ in range(count)]
    done()
    together = [await asyncio.gather(*(_start(client) for _ in range(CROWD))) for _ in range(3)]
    done()
    commits = _commits(folder / "floor.db", count)
    done()
    return [
        durations("start", "Floor: bare start_workflow", [alone]),
        durations(f"start_{CROWD}", f"Floor: {CROWD} bare starts at once", together),
        durations("commit", "Floor: bare SQLite commit", [commits]),
    ]


def multiple(measures: Sequence[Measure]) -> Measure:
    """How many times its floor a report takes: one start, two commits (intake/opening.py)."""
    p50 = {each.name: each.figures["p50"] for each in measures if "p50" in each.figures}
    times = p50["reference"] / (p50["start"] + 2 * p50["commit"])
    return amount("multiple", "Report → reference, p50, against its floor", round(times, 1), "×")


async def _start(client: Client) -> float:
    began = time.perf_counter()
    await client.start_workflow(WORKFLOW, id=str(uuid.uuid4()), task_queue=TASK_QUEUE)
    return time.perf_counter() - began


def _commits(file: Path, count: int) -> list[float]:
    """One row a commit, as durable as the register's (register/database.py)."""
    seconds = []
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE floor (text TEXT)")
        for _ in range(count):
            began = time.perf_counter()
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO floor VALUES (?)", ("x" * 1000,))
            db.execute("COMMIT")
            seconds.append(time.perf_counter() - began)
    return seconds
