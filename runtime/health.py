"""Health over HTTP for whatever watches our programs: `GET /live` and `GET /ready`."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from runtime.settings import SettingsError

Probe = Callable[[], Awaitable[bool]]


class Health:
    """Answers on one port of this machine; 200 when well, 503 when not."""

    def __init__(self, port: int, probes: Mapping[str, Probe]) -> None:
        """Is ready while every probe, by its name, says so. A port of 0 serves nothing."""
        self._port = port
        self._probes = probes
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> "Health":
        """Starts serving.

        Raises:
            SettingsError: when the port is in use.
        """
        if self._port == 0:
            return self
        app = web.Application()
        app.add_routes([web.get("/live", self._live), web.get("/ready", self._ready)])
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise SettingsError(
                f"HEALTH_PORT: port {self._port} is in use; choose another or 0 for none"
            ) from error
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stops serving."""
        if self._runner:
            await self._runner.cleanup()

    async def _live(self, _: web.Request) -> web.Response:
        return web.json_response({"live": True})

    async def _ready(self, _: web.Request) -> web.Response:
        states = {name: await probe() for name, probe in self._probes.items()}
        return web.json_response(states, status=200 if all(states.values()) else 503)
