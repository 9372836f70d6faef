"""Carrying the plan out: killing parts and starting them again, and Slack's bad days."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

import aiohttp

from bench.testbed import Testbed
from chaos.plan import KILLS, Kind, Mishap

REACHED_WITHIN_S = 60.0
"""How long a local Slack that is away is waited for before something is done to it."""
_HEALED = (
    ("DELETE", "faults", None),
    ("POST", "rate-limits", {"enabled": False}),
    ("POST", "sockets", {"do": "wake"}),
)


class Breaker:
    """Breaks a system as planned, and mends it at the end."""

    def __init__(self, bed: Testbed, done: Callable[[Mishap], None]) -> None:
        """Nothing is broken yet; `done` is told of each mishap as it begins."""
        self._bed = bed
        self._done = done
        self._one_at_a_time: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.killed: Counter[str] = Counter()
        """How often each part was killed (SIGKILL)."""

    async def carry_out(self, plan: tuple[Mishap, ...]) -> None:
        """Breaks everything at its time; returns once every part is back.

        Raises:
            PartFailedError: when a part does not come back.
        """
        began = time.monotonic()
        async with asyncio.TaskGroup() as under_way:
            for mishap in plan:
                await asyncio.sleep(max(0, began + mishap.at_s - time.monotonic()))
                self._done(mishap)
                under_way.create_task(self._happens(mishap))

    async def heal(self) -> None:
        """From now on nothing goes wrong any more."""
        for method, what, wish in _HEALED:
            await self._slack(method, what, wish)

    async def _happens(self, mishap: Mishap) -> None:
        match mishap.kind:
            case Kind.WORKER_KILLED | Kind.LISTENER_KILLED | Kind.TEMPORAL_KILLED:
                await self._kill(KILLS[mishap.kind], mishap.seconds)
            case Kind.SLACK_AWAY:
                await self._send_slack_away(mishap.seconds)
            case Kind.TWICE:
                await self._slack("POST", "duplicates", {"count": mishap.times})
            case Kind.LIMITS:
                await self._slack("POST", "rate-limits", {"enabled": True})
                await asyncio.sleep(mishap.seconds)
                await self._slack("POST", "rate-limits", {"enabled": False})
            case Kind.SOCKET_CUT:
                await self._slack("POST", "sockets", {"do": "drop"})
            case Kind.SOCKET_REPLACED:
                again = {"do": "disconnect", "dead_tickets": mishap.times}
                await self._slack("POST", "sockets", again)
            case Kind.SOCKET_SILENT:
                await self._slack("POST", "sockets", {"do": "silence"})
                await asyncio.sleep(mishap.seconds)
                await self._slack("POST", "sockets", {"do": "wake"})
            case _:
                await self._slack("POST", "faults", _fault(mishap))

    async def _kill(self, part: str, away_s: float) -> None:
        async with self._one_at_a_time[part]:
            await self._bed.system.kill_part(part)
            self.killed[part] += 1
            await asyncio.sleep(away_s)
            await self._bed.system.start_part(part)

    async def _send_slack_away(self, away_s: float) -> None:
        """Stops it in order: what Slack has accepted, Slack keeps, and so must our stand-in."""
        async with self._one_at_a_time["slack"]:
            await self._bed.system.stop_part("slack")
            await asyncio.sleep(away_s)
            await self._bed.system.start_part("slack")

    async def _slack(self, method: str, what: str, wish: Any) -> None:
        """Has the local Slack do something, once it can be reached."""
        url = f"{self._bed.slack_url}/test/{what}"
        deadline = time.monotonic() + REACHED_WITHIN_S
        while True:
            try:
                async with self._bed.session.request(method, url, json=wish) as answer:
                    answer.raise_for_status()
                    return
            except aiohttp.ClientConnectionError:
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(0.2)


def _fault(mishap: Mishap) -> dict[str, Any]:
    """What the local Slack is told (localslack/faults.py)."""
    fields: dict[Kind, dict[str, Any]] = {
        Kind.TOO_MANY: {"retry_after": round(mishap.seconds)},
        Kind.ERRORS: {"status": 500},
        Kind.LATE: {"delay": mishap.seconds},
        Kind.LOST_ANSWERS: {"lose_answer": True},
    }
    return {"method": "*", "times": mishap.times, **fields[mishap.kind]}
