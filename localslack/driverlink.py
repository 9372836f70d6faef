"""The driver's connection to the client API, and waiting without busy polling."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import aiohttp

from localslack.kinds import Json
from localslack.plaintext import PlainText
from localslack.seen import NotSeenError, RefusedError

T = TypeVar("T")

_LOOK_AGAIN = 1.0
"""Seconds after which to look again even when no change was announced."""
_BAD_REQUEST = 400


def driver_session() -> aiohttp.ClientSession:
    """A session for one or many people: each of them may wait on a connection of their own."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), trust_env=False)


class DriverLink:
    """One person's requests to the client API."""

    def __init__(self, base_url: str, handle: str, session: aiohttp.ClientSession | None) -> None:
        self._base_url = base_url.rstrip("/")
        self._handle = handle
        self._session = session or driver_session()
        self._owns_session = session is None
        self._boot: Json | None = None

    async def close(self) -> None:
        """Close the session, if it was made here."""
        if self._owns_session:
            await self._session.close()

    async def get(self, path: str) -> Json:
        """Read something as this person."""
        return await self.call("GET", f"/client/{self._handle}/{path}")

    async def post(self, path: str, body: Json) -> Json:
        """Do something as this person."""
        return await self.call("POST", f"/client/{self._handle}/{path}", body)

    async def call(self, method: str, path: str, body: Json | None = None) -> Json:
        """One request.

        Raises:
            RefusedError: the server says that it can't be.
        """
        async with self._session.request(method, self._base_url + path, json=body) as response:
            if response.status >= _BAD_REQUEST:
                raise RefusedError(f"{self._handle}: {path}: {await response.text()}")
            answer: Json = await response.json()
            return answer

    async def boot(self) -> Json:
        """What a page needs to know once."""
        if self._boot is None:
            self._boot = await self.call("GET", "/client/boot")
        return self._boot

    async def plain(self) -> PlainText:
        """Renders text as this person sees it."""
        boot = await self.boot()
        names = {p["id"]: p["real_name"] for p in boot["people"]}
        names |= {g["id"]: g["handle"] for g in boot["groups"]}
        names[boot["app"]["bot_user_id"]] = boot["app"]["name"]
        return PlainText(names)

    async def until(
        self,
        look: Callable[[], Awaitable[T | None]],
        timeout: float,  # noqa: ASYNC109
        wanted: str,
        read: Callable[[], Awaitable[Any]],
    ) -> T:
        """Look again after every change until `look` finds something.

        Args:
            look: finds what is wanted, or None.
            timeout: seconds.
            wanted: what it is, for the error.
            read: what there is instead, for the error.

        Raises:
            NotSeenError: it was not found in time.
        """
        deadline = time.monotonic() + timeout
        async with self._changes() as next_change:
            while (found := await look()) is None:
                left = deadline - time.monotonic()
                if left <= 0:
                    there = await read()
                    raise NotSeenError(f"{self._handle} does not see {wanted}, but: {there!r}")
                await next_change(min(left, _LOOK_AGAIN))
        return found

    @asynccontextmanager
    async def _changes(self) -> AsyncIterator[Callable[[float], Awaitable[None]]]:
        """Gives a function that waits for the next change, at most so many seconds."""
        url = f"{self._base_url}/client/{self._handle}/events"
        no_limit = aiohttp.ClientTimeout(total=None)
        async with self._session.get(url, timeout=no_limit) as response:
            # The first line says that the stream has begun, so no change is missed.
            await response.content.readline()

            async def wait(seconds: float) -> None:
                try:
                    async with asyncio.timeout(seconds):
                        while not (await response.content.readline()).startswith(b"data:"):
                            if response.content.at_eof():
                                await asyncio.sleep(seconds)
                except TimeoutError:
                    return

            yield wait
