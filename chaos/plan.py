"""What goes wrong when: made up front from a seed, so that a run can be talked about and repeated.

The plan is exactly the same for the same seed and length. What the mishaps meet is not: people,
processes and the kernel keep their own time, so a repeated run tests the same plan, not the same
microseconds.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

CALM_S = 3.0
"""Before the first mishap, so that there is something to lose."""
GAP_S = (1.5, 9.0)
"""Between one mishap and the next; they may overlap all the same."""


class Kind(StrEnum):
    """What can go wrong."""

    WORKER_KILLED = "worker killed"
    LISTENER_KILLED = "listener killed"
    TEMPORAL_KILLED = "Temporal server killed"
    SLACK_AWAY = "Slack away"
    TOO_MANY = "Slack answers 429"
    ERRORS = "Slack answers 500"
    LATE = "Slack answers late"
    LOST_ANSWERS = "Slack does it, and its answer is lost"
    TWICE = "envelopes come twice"
    LIMITS = "Slack's own rate limits hold"
    SOCKET_CUT = "socket cut without a word"
    SOCKET_REPLACED = "Slack asks to connect anew, tickets dead"
    SOCKET_SILENT = "socket silent"


KILLS = {
    Kind.WORKER_KILLED: "worker",
    Kind.LISTENER_KILLED: "listener",
    Kind.TEMPORAL_KILLED: "temporal",
}
"""The parts that are killed (SIGKILL)."""
_DECK = (*Kind, *KILLS)
"""Kills come twice as often as each of the others."""


@dataclass(frozen=True)
class Mishap:
    """One thing that goes wrong."""

    at_s: float
    """Seconds after people began."""
    kind: Kind
    seconds: float = 0
    """How long the part is away, Slack is late or silent, or what `Retry-After` says."""
    times: int = 0
    """How many calls, envelopes or tickets it meets."""

    def __str__(self) -> str:
        """Its line in the printed plan."""
        return f"{self.at_s:7.1f} s  {self.kind}{_DETAILS[self.kind].format(self)}"


_BACK = ", back after {0.seconds:.1f} s"
_DETAILS = {
    Kind.WORKER_KILLED: _BACK,
    Kind.LISTENER_KILLED: _BACK,
    Kind.TEMPORAL_KILLED: _BACK,
    Kind.SLACK_AWAY: _BACK,
    Kind.TOO_MANY: " to {0.times} calls, Retry-After {0.seconds:.0f}",
    Kind.ERRORS: " to {0.times} calls",
    Kind.LATE: ": {0.times} calls, {0.seconds:.1f} s each",
    Kind.LOST_ANSWERS: ": {0.times} calls",
    Kind.TWICE: ": the next {0.times}",
    Kind.LIMITS: " for {0.seconds:.1f} s",
    Kind.SOCKET_CUT: "",
    Kind.SOCKET_REPLACED: ": {0.times}",
    Kind.SOCKET_SILENT: " for {0.seconds:.1f} s",
}
_SECONDS = {
    Kind.WORKER_KILLED: (0.0, 5.0),
    Kind.LISTENER_KILLED: (0.0, 4.0),
    Kind.TEMPORAL_KILLED: (0.0, 4.0),
    Kind.SLACK_AWAY: (0.5, 5.0),
    Kind.TOO_MANY: (1, 6),
    # Below the 10 seconds after which our programs give a call up: what Slack does after that is a
    # second message which no kill accounts for, and which nobody could tell from a lost one.
    Kind.LATE: (1.0, 8.0),
    Kind.LIMITS: (4.0, 15.0),
    Kind.SOCKET_SILENT: (3.0, 12.0),
}
_TIMES = {
    Kind.TOO_MANY: (1, 6),
    Kind.ERRORS: (1, 8),
    Kind.LATE: (1, 5),
    Kind.LOST_ANSWERS: (1, 6),
    Kind.TWICE: (5, 40),
    Kind.SOCKET_REPLACED: (0, 3),
}


def planned(seed: int, seconds: float) -> tuple[Mishap, ...]:
    """The mishaps of so many seconds. Each kind comes before any comes again (kills twice)."""
    chance = random.Random(seed)  # noqa: S311  a plan, not a secret
    mishaps = []
    kinds = _dealt(chance)
    at = CALM_S
    while at < seconds:
        mishaps.append(_mishap(chance, round(at, 1), next(kinds)))
        at += chance.uniform(*GAP_S)
    return tuple(mishaps)


def kills(plan: tuple[Mishap, ...]) -> int:
    """How many parts are killed."""
    return sum(mishap.kind in KILLS for mishap in plan)


def _dealt(chance: random.Random) -> Iterator[Kind]:
    """Every part is killed once before anything else comes; then whole decks, shuffled."""
    first = list(KILLS)
    chance.shuffle(first)
    yield from first
    while True:
        deck = list(_DECK)
        chance.shuffle(deck)
        yield from deck


def _mishap(chance: random.Random, at_s: float, kind: Kind) -> Mishap:
    seconds = round(chance.uniform(*_SECONDS[kind]), 1) if kind in _SECONDS else 0
    if kind is Kind.TOO_MANY:
        seconds = round(seconds)
    times = chance.randint(*_TIMES[kind]) if kind in _TIMES else 0
    return Mishap(at_s, kind, seconds, times)
