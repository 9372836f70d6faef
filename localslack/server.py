"""The server: everything on one port of this machine."""

import errno
import socket
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

from localslack.acts import Acts
from localslack.clientapi import ClientApi
from localslack.driver import Person
from localslack.driverlink import driver_session
from localslack.errors import StartError
from localslack.events import Events
from localslack.faults import Faults
from localslack.guards import only_from_here
from localslack.hooks import Hooks
from localslack.modals import Modals
from localslack.options import Options
from localslack.slack import Slack
from localslack.socketmode import SocketMode
from localslack.testapi import TestApi
from localslack.webapi import WebApi
from localslack.workspace import Manifest, Workspace

_HOST = "127.0.0.1"
_PAGE = Path(__file__).parent / "page"
_MAX_BODY = 64 * 1024 * 1024


class LocalSlack:
    """A running local Slack. Use as `async with LocalSlack(workspace, manifest) as slack:`.

    Args:
        workspace: who and what there is.
        manifest: the app's name, commands, scopes and events.
        options: what shall be different from Slack.
        port: where to listen; 0 takes a free one.
    """

    def __init__(
        self,
        workspace: Workspace,
        manifest: Manifest | None = None,
        options: Options | None = None,
        port: int = 0,
    ) -> None:
        self.slack = Slack(workspace, manifest or Manifest(), options or Options())
        self._port = port
        self._events = Events(self.slack)
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=2)
        self._session: aiohttp.ClientSession | None = None

    @property
    def base_url(self) -> str:
        """Where it listens, such as `http://127.0.0.1:8055`."""
        return self.slack.base_url

    @property
    def api_url(self) -> str:
        """The `base_url` for a Slack SDK client."""
        return f"{self.base_url}/api/"

    @property
    def faults(self) -> Faults:
        """What shall go wrong, and the calls that came."""
        return self.slack.faults

    @property
    def sockets(self) -> SocketMode:
        """The app's Socket Mode connections: to disconnect, cut or silence them."""
        return self.slack.socket_mode

    def person(self, handle: str) -> Person:
        """Act as this person, over real HTTP."""
        if self._session is None:
            raise RuntimeError("the server is not running: use `async with LocalSlack(…)`")
        return Person(self.base_url, handle, self._session)

    async def start(self) -> None:
        """Listen.

        Raises:
            StartError: the port is taken or can't be used.
        """
        listener = self._listener()
        self.slack.base_url = f"http://{_HOST}:{listener.getsockname()[1]}"
        await self._runner.setup()
        await web.SockSite(self._runner, listener).start()
        self.slack.snapshots.start()
        self._session = driver_session()

    async def stop(self) -> None:
        """Stop listening, and keep what there is."""
        if self._session:
            await self._session.close()
        await self._events.close()
        self.slack.feed.close()
        await self.slack.socket_mode.close()
        await self.slack.http_mode.close()
        await self._runner.cleanup()
        await self.slack.snapshots.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        await self.stop()

    def _listener(self) -> socket.socket:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((_HOST, self._port))
        except (OSError, OverflowError) as error:
            listener.close()
            if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
                reason = "is in use; stop what listens there or choose another port"
            else:
                reason = f"can't be used: {error}"
            raise StartError(f"port {self._port} {reason}") from error
        return listener

    def _application(self) -> web.Application:
        acts, modals = Acts(self.slack, self._events), Modals(self.slack)
        app = web.Application(middlewares=[only_from_here], client_max_size=_MAX_BODY)
        app.router.add_route("*", "/api/{method}", WebApi(self.slack).handle)
        app.router.add_get("/link", self.slack.socket_mode.handle)
        app.add_routes(Hooks(self.slack).routes())
        app.add_routes(ClientApi(self.slack, acts, modals).routes())
        app.add_routes(TestApi(self.slack, acts).routes())
        if _PAGE.is_dir():
            app.router.add_get("/", _index)
            app.router.add_get("/archives/{c}/{ts}", _index)
            app.router.add_static("/", _PAGE)
            app.on_response_prepare.append(_always_asked_for)
        return app


async def _index(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(_PAGE / "index.html")


async def _always_asked_for(_request: web.Request, response: web.StreamResponse) -> None:
    """A browser must not mix the page's old modules with new ones after an upgrade."""
    if isinstance(response, web.FileResponse):
        response.headers["Cache-Control"] = "no-cache"
