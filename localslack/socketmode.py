"""Socket Mode: the app's WebSocket connections and what is sent over them."""

import asyncio
import json
import logging
import secrets
import uuid
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from localslack.courier import Envelope, NoAnswerError
from localslack.kinds import APP_ID, Clock, Json

MAX_CONNECTIONS = 10
_TICKET_LIFETIME = 60.0
"""Seconds."""
_GRACE = 1.0
"""Seconds from a `disconnect` frame until the connection is closed from here."""
_CLOSE_TIMEOUT = 1.0
"""Seconds the app has to answer when its connection is closed."""
_GOING_AWAY = 1001
_DEBUG_INFO = {"host": "localslack", "build_number": 1, "approximate_connection_time": 18060}

log = logging.getLogger(__name__)


@dataclass(eq=False)
class _Link:
    """One open connection of the app."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None

    async def send(self, frame: Json) -> bool:
        """Send a frame; False when the connection turns out to be gone."""
        try:
            await self.socket.send_json(frame)
        except ConnectionError:
            return False
        return True

    async def say_goodbye(self, reason: str) -> None:
        """Ask the app to connect anew."""
        await self.send({"type": "disconnect", "reason": reason, "debug_info": _DEBUG_INFO})


class SocketMode:
    """The connections of the app. Each envelope goes to one of them, in turn."""

    def __init__(self, clock: Clock, ack_deadline: float) -> None:
        self._clock = clock
        self._ack_deadline = ack_deadline
        self._tickets: dict[str, float] = {}
        self._links: list[_Link] = []
        self._retiring: set[_Link] = set()
        self._silent = False
        self._dead_tickets = 0
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._connected = asyncio.Event()
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def connections(self) -> int:
        """How many connections can get an envelope now."""
        return len(self._links)

    async def wait_connected(self) -> None:
        """Wait until the app has a connection that can get an envelope."""
        await self._connected.wait()

    def ticket(self) -> str:
        """A ticket for one connection, for the URL of `apps.connections.open`."""
        ticket = secrets.token_urlsafe(24)
        if self._dead_tickets:
            self._dead_tickets -= 1
        else:
            self._tickets[ticket] = self._clock() + _TICKET_LIFETIME
        return ticket

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection of the app."""
        expires = self._tickets.pop(request.query.get("ticket", ""), 0.0)
        if expires < self._clock():
            raise web.HTTPForbidden(text="the ticket is unknown, used or too old")
        # Pings are answered below, so that a test can have them unanswered.
        socket = web.WebSocketResponse(autoping=False, timeout=_CLOSE_TIMEOUT)
        await socket.prepare(request)
        link = _Link(socket, request.transport)
        if len(self._links) >= MAX_CONNECTIONS:
            await link.say_goodbye("too_many_websockets")
            await socket.close()
            return socket
        self._links.append(link)
        self._connected.set()
        try:
            await link.send(self._hello())
            await self._listen(socket)
        finally:
            self._forget(link)
        return socket

    async def deliver(self, envelope: Envelope, copies: int) -> Json:
        """Send an envelope and wait for its acknowledgement.

        Raises:
            NoAnswerError: no connection, or no acknowledgement in time.
        """
        if not self._links:
            log.warning("no app is connected; %s is lost", envelope.kind)
            raise NoAnswerError(timed_out=False)
        envelope_id = str(uuid.uuid4())
        frame = _frame(envelope, envelope_id)
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = answer
        try:
            async with asyncio.timeout(self._ack_deadline):
                for _ in range(copies):
                    await self._send(frame)
                return await answer
        except TimeoutError as error:
            raise NoAnswerError(timed_out=True) from error
        finally:
            del self._waiting[envelope_id]

    async def disconnect(self, reason: str = "refresh_requested", dead_tickets: int = 0) -> int:
        """Ask every connection to go, as Slack does every few hours, and close it soon after.

        Args:
            reason: what the `disconnect` frame says.
            dead_tickets: how many of the next tickets will be refused.

        Returns:
            How many connections were told.
        """
        self._dead_tickets += dead_tickets
        leaving, self._links = self._links, []
        self._connected.clear()
        self._retiring.update(leaving)
        for link in leaving:
            await link.say_goodbye(reason)
            closing = asyncio.create_task(self._close_soon(link))
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)
        return len(leaving)

    def drop(self) -> int:
        """Cut every connection without a word, as a failing network does."""
        links = [*self._links, *self._retiring]
        for link in links:
            if link.transport:
                link.transport.abort()
        return len(links)

    def silence(self, silent: bool) -> None:
        """Keep the connections open, but send nothing and answer no ping."""
        self._silent = silent

    async def close(self) -> None:
        """Close every connection."""
        for closing in self._closing:
            closing.cancel()
        links = [*self._links, *self._retiring]
        await asyncio.gather(*(link.socket.close(code=_GOING_AWAY) for link in links))

    async def _close_soon(self, link: _Link) -> None:
        await asyncio.sleep(_GRACE)
        await link.socket.close()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._links),
            "debug_info": _DEBUG_INFO,
            "connection_info": {"app_id": APP_ID},
        }

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if message.type is WSMsgType.PING and not self._silent:
                await socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._acknowledged(message.data)

    def _acknowledged(self, text: str) -> None:
        try:
            frame = json.loads(text)
        except ValueError:
            return
        waiting = (
            self._waiting.get(frame.get("envelope_id", "")) if isinstance(frame, dict) else None
        )
        # A second acknowledgement of the same envelope, or a late one, changes nothing.
        if waiting and not waiting.done():
            payload = frame.get("payload")
            waiting.set_result(payload if isinstance(payload, dict) else {})

    async def _send(self, frame: Json) -> None:
        if self._silent or not self._links:
            return
        # The least recently used comes first.
        link = self._links[0]
        self._links.append(self._links.pop(0))
        if not await link.send(frame):
            self._forget(link)

    def _forget(self, link: _Link) -> None:
        if link in self._links:
            self._links.remove(link)
            if not self._links:
                self._connected.clear()
        self._retiring.discard(link)


def _frame(envelope: Envelope, envelope_id: str) -> Json:
    frame: Json = {
        "envelope_id": envelope_id,
        "type": envelope.kind,
        "payload": envelope.payload,
        "accepts_response_payload": envelope.accepts_response,
    }
    if envelope.kind == "events_api":
        frame["retry_attempt"] = envelope.retry_attempt
        frame["retry_reason"] = envelope.retry_reason
    return frame
