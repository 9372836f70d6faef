"""Health over HTTP for whatever watches our programs, and their figures for Prometheus.

`GET /health/live` answers while the process and its event loop are alive. `GET /health/ready` is
200 while everything that the program needs is well, and 503 with the part named while it starts,
while something is wrong, and from the moment it is told to stop. `GET /metrics` has the figures.

Answers hold words of the code only: no address, no token, no case, no person.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from runtime.metrics import CHECK_OK
from runtime.settings import HealthSettings, SettingsError

ResultT = TypeVar("ResultT")

Probe = Callable[[], Awaitable[str]]
"""Says `OK`, or in a word of the code what is wrong."""
Measure = Callable[[], Awaitable[None]]
"""Brings some figures up to date."""

OK, WAITING, NO_ANSWER, FAILED = "ok", "waiting", "no_answer", "failed"
ANSWER_WITHIN_S = 2
"""For each part; whoever asks waits for 3 seconds (deploy/healthcheck.py)."""
ASK_EVERY_S = 1
MEASURE_EVERY_S = 5

log = structlog.stdlib.get_logger(__name__)


class Health:
    """Answers on one port; a port of 0 serves nothing."""

    def __init__(
        self, settings: HealthSettings, stop: asyncio.Event, *, awaits: Iterable[str]
    ) -> None:
        """Says that it starts until `begun`, and that it stops once `stop` is set.

        Args:
            settings: where it answers.
            stop: set when the program is told to stop.
            awaits: the parts that the program needs; each is waited for until it is watched.
        """
        self._settings = settings
        self._stop = stop
        self._probes: dict[str, Probe] = dict.fromkeys(awaits, _not_yet)
        self._measures: list[Measure] = []
        self._begun = False
        self._runner: web.AppRunner | None = None

    def watch(self, name: str, probe: Probe, *, every_s: float = ASK_EVERY_S) -> None:
        """From now on asks about a part, at most once in so many seconds, however many look."""
        self._probes[name] = _seldom(_in_a_word(probe), every_s)

    def measure(self, measure: Measure) -> None:
        """From now on brings these figures up to date before they are shown."""

        async def try_it() -> None:
            try:
                await asyncio.wait_for(measure(), ANSWER_WITHIN_S)
            except Exception:
                # The other figures are wanted all the more.
                log.warning("not_measured", exc_info=True)

        self._measures.append(_seldom(try_it, MEASURE_EVERY_S))

    def begun(self) -> None:
        """All that the program needs was there once: it does its work."""
        self._begun = True

    @property
    def has_begun(self) -> bool:
        """Whether it does its work."""
        return self._begun

    async def __aenter__(self) -> "Health":
        """Starts serving.

        Raises:
            SettingsError: when it can't listen there.
        """
        host, port = self._settings.host, self._settings.port
        if port == 0:
            return self
        app = web.Application()
        # /live and /ready are what they were called first.
        for path in ("/health/live", "/live"):
            app.router.add_get(path, self._live)
        for path in ("/health/ready", "/ready"):
            app.router.add_get(path, self._ready)
        app.router.add_get("/metrics", self._metrics)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise SettingsError(
                f"HEALTH_PORT: port {port} is in use on {host}, or HEALTH_HOST is none of this "
                "machine's addresses; choose another port, or 0 for none"
            ) from error
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stops serving."""
        if self._runner:
            await self._runner.cleanup()

    @property
    def _state(self) -> str:
        if self._stop.is_set():
            return "stopping"
        return "running" if self._begun else "starting"

    async def _checked(self) -> dict[str, str]:
        words = await asyncio.gather(*(probe() for probe in self._probes.values()))
        checks = dict(zip(self._probes, words, strict=True))
        for name, word in checks.items():
            CHECK_OK.labels(name).set(word == OK)
        return checks

    async def _live(self, _: web.Request) -> web.Response:
        return _answer({"live": True}, 200)

    async def _ready(self, _: web.Request) -> web.Response:
        checks = await self._checked()
        ready = self._state == "running" and all(word == OK for word in checks.values())
        answer = {"ready": ready, "state": self._state, "checks": checks}
        return _answer(answer, 200 if ready else 503)

    async def _metrics(self, _: web.Request) -> web.Response:
        await asyncio.gather(self._checked(), *(measure() for measure in self._measures))
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _not_yet() -> str:
    return WAITING


def _in_a_word(probe: Probe) -> Probe:
    """What a probe says in time; what it raises is not shown, for it may quote anything."""

    async def answer() -> str:
        try:
            return await asyncio.wait_for(probe(), ANSWER_WITHIN_S)
        except TimeoutError:
            return NO_ANSWER
        except Exception:  # noqa: BLE001 - a part that fails in any way is not well
            return FAILED

    return answer


def _seldom(
    ask: Callable[[], Awaitable[ResultT]], every_s: float
) -> Callable[[], Awaitable[ResultT]]:
    """The last answer for so many seconds; who asks meanwhile waits for the one on its way."""
    turn = asyncio.Lock()
    last: list[tuple[float, ResultT]] = []

    async def answer() -> ResultT:
        async with turn:
            if not last or time.monotonic() - last[0][0] >= every_s:
                result = await ask()
                last[:] = [(time.monotonic(), result)]
            return last[0][1]

    return answer


def _answer(content: dict[str, object], status: int) -> web.Response:
    return web.json_response(content, status=status, headers={"Cache-Control": "no-store"})
