"""How fast a large register is verified, in SQLite on the same disk."""

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.results import Measure, amount
from register import versions
from register.database import open_engine
from register.hashing import Kept, canonical, content_digest, event_hash, genesis, new_salt
from register.verification import verify

AT_LEAST = 50_000
"""Events a second."""
EACH = 10
"""Events of one case."""
AT = "2026-11-22T12:00:00.000000Z"
DETAILS = canonical(
    {
        "kind": "review",
        "by": {"user_id": "U0OWEN", "roles": ["ost"], "sim_areas": []},
        "classification": "breach",
        "reason": "The attachment was opened by somebody who had no business with it. " * 3,
    }
)


async def verifying(folder: Path, count: int, done: Callable[[], None]) -> list[Measure]:
    """Makes a register of so many events, and verifies it."""
    file = folder / "verified.db"
    engine = open_engine(f"sqlite:///{file}")
    await versions.upgrade(engine)
    _fill(file, count)
    done()
    began = time.perf_counter()
    (events, _) = await verify(engine, (), lambda _: None)
    seconds = time.perf_counter() - began
    await engine.dispose()
    done()
    if events.fault:
        raise RuntimeError(str(events.fault))
    label = f"Verifying {count:,} events"
    return [
        amount("verify", label, round(seconds, 2), "s", at_most=count / AT_LEAST),
        amount("verify_rate", "The same, a second", round(count / seconds), "events"),
    ]


def _fill(file: Path, count: int) -> None:
    """Past the store, whose commits would take minutes; by the same hashes."""
    with contextlib.closing(sqlite3.connect(file)) as db, db:
        db.execute("PRAGMA synchronous=OFF")
        db.executemany(
            "INSERT INTO events (position, reference, number, kind, at, actor, details,"
            " recorded_at, salt, digest, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            _rows(count),
        )
        db.execute(
            "INSERT INTO cases (reference, submission, opening, state, reserved_at, drill, area,"
            " incident_type, discovered_at, reported_at, ost_due, ico_due, stage, events)"
            " SELECT reference, reference, '{}', '{}', min(at), 0, '', '', min(at), min(at),"
            " min(at), min(at), 'closed', max(number) FROM events GROUP BY reference"
        )
        db.execute(
            "UPDATE chain_heads SET (position, hash) = "
            "(SELECT position, hash FROM events ORDER BY position DESC LIMIT 1) "
            "WHERE name = 'events'"
        )


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    previous, at = genesis("events"), AT.replace("T", " ").rstrip("Z")
    for position in range(1, count + 1):
        case, number = divmod(position - 1, EACH)
        reference, salt = f"BR-2026-{case + 1:04d}", new_salt()
        digest = content_digest(salt, "U0OWEN", DETAILS)
        kept = Kept(AT, digest, "review", number + 1, position, AT, reference)
        previous = event_hash(kept, previous)
        content = ("U0OWEN", DETAILS, at, salt, digest, previous)
        yield (position, reference, number + 1, "review", at, *content)
