"""Whether listener and worker are alive, and have their keys, by their signs in the register."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.clocks import london
from register.heartbeats import LISTENER, Heartbeat
from watchdog.findings import Finding, Kind

SEEN_WITHIN = timedelta(minutes=2)
"""They give a sign every 20 seconds."""


def unseen(heartbeats: Iterable[Heartbeat], now: datetime) -> list[Finding]:
    """Whether no listener has given a sign lately, as of `now` (UTC).

    Temporal knows of workers. When the register itself was away, the next sign is soon there.
    """
    last = max((each.at for each in heartbeats if each.program == LISTENER), default=None)
    if last and now - last <= SEEN_WITHIN:
        return []
    seen = f"since {london(last)}" if last else "of late"
    return [Finding(Kind.NO_LISTENER, f"No listener has given a sign of life {seen}")]


def without_keys(heartbeats: Iterable[Heartbeat], now: datetime) -> list[Finding]:
    """Programs that run and lack a key, as of `now` (UTC)."""
    lacking = {
        each.program for each in heartbeats if each.key_missing and now - each.at <= SEEN_WITHIN
    }
    what = "The {} lacks a key of something in Temporal, so the cases concerned wait"
    return [
        Finding(Kind.KEY_MISSING, what.format(program), part=program) for program in sorted(lacking)
    ]
