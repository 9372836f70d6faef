"""Posting within Slack's rate: a lane for each conversation, urgent first, joined when behind.

Slack takes about one message a second in a conversation, and bursts as long as it says nothing. So
a lane is free until Slack answers 429; then it waits for as long as Slack asked, and posts one
message a second for a while (https://docs.slack.dev/apis/web-api/rate-limits). Others go on.
"""

import asyncio
import heapq
import itertools
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.metadata import Metadata
from slack_sdk.web.async_client import AsyncWebClient

from chat.elements import section
from chat.messages.card import Content
from domain.bulletin import Posted

EVENT_TYPE = "breach_message"
INTERVAL_S = 1.0
SLOW_FOR_S = 60.0
"""Seconds after the last 429 in which a lane keeps to one message a second."""
DEFAULT_PAUSE_S = 5.0
"""When a 429 does not say how long."""
PATIENCE_S = 15.0
"""Who would wait longer comes back later: an activity that waits keeps others from running."""
JOIN_FROM = 3
MOST_BLOCKS = 50
"""Of one message (https://docs.slack.dev/reference/block-kit/blocks)."""


class Urgency(IntEnum):
    """Who goes first in a lane that is behind; alarms and other notices may be joined."""

    ALARM = 0
    NOTICE = 1
    CARD = 2
    STORY = 3

    @property
    def may_be_joined(self) -> bool:
        """Whether it stands for itself: a card is edited, a story line belongs to its thread."""
        return self <= Urgency.NOTICE


class BehindError(Exception):
    """The conversation has more to take than it can; nothing was posted."""

    def __init__(self, seconds: float) -> None:
        """Carries after how many seconds it is worth coming back."""
        super().__init__(f"behind by {seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True)
class Letter:
    """One message under its key."""

    key: str
    content: Content
    urgency: Urgency
    thread: str | None = None


@dataclass(order=True)
class _Waiting:
    urgency: Urgency
    number: int
    letter: Letter = field(compare=False)
    posted: asyncio.Future[Posted] = field(compare=False)
    may_be_joined: bool = field(compare=False)


Send = Callable[[Sequence[Letter]], Awaitable[Posted]]


class Lanes:
    """The lanes of one Slack app in this process."""

    def __init__(self, client: AsyncWebClient) -> None:
        """Posts with the client, which must not retry by itself."""
        self.client = client
        self._lanes: dict[str, _Lane] = {}

    @property
    def waiting(self) -> int:
        """How many messages wait for their turn."""
        return sum(len(lane) for lane in self._lanes.values())

    async def post(self, channel: str, letter: Letter) -> Posted:
        """Posts a message, alone or joined with others that wait for the same conversation.

        Raises:
            BehindError: when it would wait for too long, or Slack asks to wait; nothing is posted.
            SlackApiError: for everything else that Slack refuses.
        """
        lane = self._lanes.get(channel)
        if lane is None:
            lane = self._lanes[channel] = _Lane(lambda letters: self._send(channel, letters))
            self._forget_idle(channel)
        return await lane.post(letter)

    def _forget_idle(self, but: str) -> None:
        for channel in [each for each, lane in self._lanes.items() if lane.is_idle]:
            if channel != but:
                del self._lanes[channel]

    async def _send(self, channel: str, letters: Sequence[Letter]) -> Posted:
        content = joined([letter.content for letter in letters])
        answer = await self.client.chat_postMessage(
            channel=channel,
            text=content.text,
            blocks=content.blocks,
            thread_ts=letters[0].thread,
            metadata=Metadata(event_type=EVENT_TYPE, event_payload=_named(letters)),
            unfurl_links=False,
            unfurl_media=False,
        )
        return Posted(channel=answer["channel"], ts=answer["ts"])


class _Lane:
    """One conversation."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._queue: list[_Waiting] = []
        self._numbers = itertools.count()
        self._next_at = self._slow_until = self._booked_until = 0.0
        self._posting = 0
        self._draining: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def is_idle(self) -> bool:
        return not (self._posting or self._queue or time.monotonic() < self._slow_until)

    async def post(self, letter: Letter) -> Posted:
        if time.monotonic() >= self._slow_until and not self._queue:
            return await self._posted([letter])
        self._refuse_to_wait_too_long(letter)
        posted = asyncio.get_running_loop().create_future()
        number, urgency = next(self._numbers), letter.urgency
        waiting = _Waiting(urgency, number, letter, posted, urgency.may_be_joined)
        heapq.heappush(self._queue, waiting)
        if self._draining is None or self._draining.done():
            self._draining = asyncio.create_task(self._drain())
        return await waiting.posted

    def _refuse_to_wait_too_long(self, letter: Letter) -> None:
        """Whoever can't be joined gets a time of its own to come back at, one after the other."""
        now = time.monotonic()
        before = sum(each.urgency <= letter.urgency for each in self._queue)
        wait = max(self._next_at - now, 0) + INTERVAL_S * (
            1 if letter.urgency.may_be_joined else before
        )
        if wait > PATIENCE_S:
            self._booked_until = max(self._booked_until, now + wait) + INTERVAL_S
            raise BehindError(self._booked_until - now)

    async def _drain(self) -> None:
        while self._queue:
            await asyncio.sleep(self._next_at - time.monotonic())
            group = [each for each in self._next_group() if not each.posted.done()]
            if not group:
                continue
            self._next_at = time.monotonic() + INTERVAL_S
            try:
                posted = await self._posted([each.letter for each in group])
            except SlackApiError as error:
                self._refused(group, error)
            except Exception as error:  # noqa: BLE001  whoever waits for it raises it
                for each in group:
                    _settle(each, error)
            else:
                for each in group:
                    _settle(each, posted)

    def _refused(self, group: list[_Waiting], error: SlackApiError) -> None:
        """One that Slack does not take must not keep the others back: each tries alone."""
        if len(group) == 1:
            _settle(group[0], error)
            return
        for each in group:
            each.may_be_joined = False
            heapq.heappush(self._queue, each)

    def _next_group(self) -> list[_Waiting]:
        """The first, and with it all that may be joined when they are many."""
        first = heapq.heappop(self._queue)
        others = sorted(each for each in self._queue if each.may_be_joined)
        if not first.may_be_joined or len(others) + 1 < JOIN_FROM:
            return [first]
        group, room = [first], MOST_BLOCKS - 2 - len(first.letter.content.blocks)
        for each in others:
            room -= len(each.letter.content.blocks) + 1
            if room < 0:
                break
            group.append(each)
            self._queue.remove(each)
        heapq.heapify(self._queue)
        return group

    async def _posted(self, letters: Sequence[Letter]) -> Posted:
        self._posting += 1
        try:
            return await self._send(letters)
        except SlackApiError as error:
            if error.response.status_code != 429:  # noqa: PLR2004
                raise
            asked = pause_asked(error)
            pause = DEFAULT_PAUSE_S if asked is None else asked
            now = time.monotonic()
            self._next_at = max(self._next_at, now + pause)
            self._slow_until = self._next_at + SLOW_FOR_S
            raise BehindError(pause) from error
        finally:
            self._posting -= 1


def pause_asked(error: SlackApiError) -> float | None:
    """The seconds of `Retry-After`; None when Slack does not ask to wait."""
    seconds = str(error.response.headers.get("Retry-After", ""))
    return float(seconds) if seconds.isdecimal() else None


def joined(contents: Sequence[Content]) -> Content:
    """One message of several; each keeps its own words and buttons."""
    if len(contents) == 1:
        return contents[0]
    headline = f"{len(contents)} messages came at once; each has its own buttons."
    blocks: list[Block] = [section(f":stopwatch: {headline}")]
    for content in contents:
        blocks += [DividerBlock(), *_without_ids(content)]
    return Content("\n".join([headline, *(content.text for content in contents)]), blocks)


def _without_ids(content: Content) -> Iterator[Block]:
    """A block's id must be the only one of its message."""
    for block in content.blocks:
        block.block_id = None
        yield block


def _named(letters: Sequence[Letter]) -> dict[str, object]:
    if len(letters) == 1:
        return {"key": letters[0].key}
    return {"keys": [letter.key for letter in letters]}


def _settle(waiting: _Waiting, outcome: Posted | Exception) -> None:
    if waiting.posted.done():
        return
    if isinstance(outcome, Exception):
        waiting.posted.set_exception(outcome)
    else:
        waiting.posted.set_result(outcome)
