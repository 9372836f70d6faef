"""Tells the people's pages that something changed, so that they ask again."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from localslack.kinds import Json


class Subscription:
    """The changes for one open page, each kind at most once until it is read."""

    def __init__(self) -> None:
        self._pending: dict[str, Json] = {}
        self._ready = asyncio.Event()
        self.closed = False

    def put(self, event: Json) -> None:
        """Add a change; the same change waiting unread is not doubled."""
        self._pending[json.dumps(event, sort_keys=True)] = event
        self._ready.set()

    def close(self) -> None:
        """End the stream."""
        self.closed = True
        self._ready.set()

    async def wait(self, seconds: float) -> list[Json]:
        """The changes since the last call; empty when none came within `seconds`."""
        try:
            await asyncio.wait_for(self._ready.wait(), seconds)
        except TimeoutError:
            return []
        self._ready.clear()
        events = list(self._pending.values())
        self._pending.clear()
        return events


class Feed:
    """All open pages, by person."""

    def __init__(self) -> None:
        self._open: dict[str, set[Subscription]] = {}

    @contextmanager
    def subscribe(self, user: str) -> Iterator[Subscription]:
        """Follow the changes that `user` can see."""
        subscription = Subscription()
        pages = self._open.setdefault(user, set())
        pages.add(subscription)
        try:
            yield subscription
        finally:
            pages.discard(subscription)

    def tell(self, users: Iterable[str], event: Json) -> None:
        """Send a change to every page of these people."""
        for user in users:
            for subscription in self._open.get(user, ()):
                subscription.put(event)

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        for pages in self._open.values():
            for subscription in pages:
                subscription.close()
