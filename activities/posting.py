"""Posting to Slack so that a retry does not say a thing twice."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from activities.lanes import BehindError, Lanes, Letter, Urgency, pause_asked
from activities.progress import Progress
from chat.messages.card import Content
from domain.bulletin import Posted
from runtime.slack import slack_code

HEARTBEAT_S = 1.5
OK = 200
LOOK_BACK = 200
"""Messages asked for at once when a conversation is searched for one of ours."""

BEHIND = "channel_behind"
"""What operators see in Temporal of what waits for its turn."""
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
"""Slack's words for a message that can't be edited any more."""

UNDELIVERABLE = frozenset(
    {
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "user_not_found",
        "users_not_found",
        "user_disabled",
        "cannot_dm_bot",
        "restricted_action",
        "method_not_supported_for_channel_type",
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_too_long",
        "no_text",
    }
)
"""Slack's words for a destination or a message that trying again does not mend."""


class UndeliverableError(Exception):
    """This message can't reach that destination; others may reach theirs."""

    def __init__(self, code: str) -> None:
        """Carries Slack's word for it."""
        super().__init__(code)
        self.code = code


class Poster:
    """Posts and edits messages, each under a key of ours.

    Slack may have taken a message whose answer was lost, so unless everything that was posted is
    known, the conversation is searched for the key (in the message's metadata) before it is used.
    """

    def __init__(
        self,
        lanes: Lanes,
        progress: Progress,
        *,
        since: datetime | None = None,
    ) -> None:
        """Posts in the lanes, which all posters of this process share.

        Args:
            lanes: of one Slack app.
            progress: what is known to be posted.
            since: how far back a channel is looked through; by default its newest messages.
        """
        self._client = lanes.client
        self._lanes = lanes
        self._progress = progress
        self._since = since
        self.behind: list[BehindError] = []
        """Of the conversations whose turn has not come."""
        self._seen: dict[tuple[str, str | None], dict[str, str]] = {}

    async def post(
        self,
        channel: str,
        key: str,
        content: Content,
        *,
        thread: str | None = None,
        urgency: Urgency = Urgency.NOTICE,
    ) -> Posted:
        """Posts a message unless the conversation has it already.

        Raises:
            BehindError: when the conversation has more to take than it can.
            UndeliverableError: when the destination is missing, archived or deactivated.
            SlackApiError: for everything else that Slack refuses.
        """
        known = self._progress.posted
        if key not in known:
            there = None if self._progress.is_certain else (await self._there(channel, thread, key))
            known[key] = there or await self._post(channel, Letter(key, content, urgency, thread))
        return known[key]

    async def _there(self, channel: str, thread: str | None, key: str) -> Posted | None:
        try:
            found = (await self._keys(channel, thread)).get(key)
        except SlackApiError as error:
            _raise_if_undeliverable(error)
            raise
        return Posted(channel=channel, ts=found) if found else None

    async def _post(self, channel: str, letter: Letter) -> Posted:
        try:
            return await self._lanes.post(channel, letter)
        except BehindError:
            raise
        except SlackApiError as error:
            # Slack itself says no; a broken server or a proxy may have passed it on.
            self._progress.is_certain &= error.response.status_code == OK
            _raise_if_undeliverable(error)
            raise
        except BaseException:
            self._progress.is_certain = False
            raise

    async def posted(self, channel: str, key: str) -> Posted | None:
        """Where a channel has the message of that key; None where it does not.

        Raises:
            UndeliverableError: when there is no such channel.
            SlackApiError: for everything else that Slack refuses.
        """
        return await self._there(channel, None, key)

    async def edit(self, posted: Posted, content: Content) -> bool:
        """Edits a message in place; False when it is gone.

        Raises:
            SlackApiError: when Slack refuses for another reason.
        """
        try:
            await self._client.chat_update(
                channel=posted.channel, ts=posted.ts, text=content.text, blocks=content.blocks
            )
        except SlackApiError as error:
            if slack_code(error) in GONE:
                return False
            _raise_if_undeliverable(error)
            raise
        return True

    async def link(self, posted: Posted) -> str:
        """Where people find a message (https).

        Raises:
            UndeliverableError: when the message has gone.
            SlackApiError: for everything else that Slack refuses.
        """
        try:
            answer = await self._client.chat_getPermalink(
                channel=posted.channel, message_ts=posted.ts
            )
        except SlackApiError as error:
            _raise_if_undeliverable(error)
            if slack_code(error) in GONE:
                raise UndeliverableError(slack_code(error)) from error
            raise
        return str(answer["permalink"])

    async def dm(self, user_id: str) -> str:
        """The ID of the direct conversation with a person.

        Raises:
            UndeliverableError: when the person is deactivated or unknown.
            SlackApiError: for everything else that Slack refuses.
        """
        try:
            answer = await self._client.conversations_open(users=[user_id])
        except SlackApiError as error:
            _raise_if_undeliverable(error)
            raise
        return str(answer["channel"]["id"])

    async def _keys(self, channel: str, thread: str | None) -> dict[str, str]:
        """Which of our keys a conversation holds, and the time stamps of their messages."""
        known = self._seen.get((channel, thread))
        if known is None:
            known = {}
            for message in await self._messages(channel, thread):
                payload = message.get("metadata", {}).get("event_payload", {})
                known |= dict.fromkeys(payload.get("keys", ()), message["ts"])
                if "key" in payload:
                    known[payload["key"]] = message["ts"]
            self._seen[(channel, thread)] = known
        return known

    async def _messages(self, channel: str, thread: str | None) -> list[dict[str, Any]]:
        """The messages of a thread, or of a channel: its newest, or all `since`."""
        if not thread and not self._since:
            return (await self._page(channel, None, None))[0]
        messages: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            page, cursor = await self._page(channel, thread, cursor)
            messages += page
            if not cursor:
                return messages

    async def _page(
        self, channel: str, thread: str | None, cursor: str | None
    ) -> tuple[list[dict[str, Any]], str | None]:
        """Some messages, and the cursor of the next page, if there is one."""
        if thread:
            answer = await self._client.conversations_replies(
                channel=channel,
                ts=thread,
                include_all_metadata=True,
                limit=LOOK_BACK,
                cursor=cursor,
            )
        else:
            answer = await self._client.conversations_history(
                channel=channel,
                oldest=f"{self._since.timestamp():.6f}" if self._since else None,
                include_all_metadata=True,
                limit=LOOK_BACK,
                cursor=cursor,
            )
        return answer["messages"], (answer.get("response_metadata") or {}).get("next_cursor")


def _raise_if_undeliverable(error: SlackApiError) -> None:
    code = slack_code(error)
    if code in UNDELIVERABLE:
        raise UndeliverableError(code) from error


@contextlib.asynccontextmanager
async def heartbeats() -> AsyncIterator[None]:
    """Tells Temporal that we live, so that a killed worker is noticed within seconds."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(HEARTBEAT_S)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()


def in_slacks_word(error: SlackApiError) -> ApplicationError:
    """The refusal under Slack's own word, which Temporal shows in clear; its message is encrypted.

    Slack's 429 says how long to wait; that becomes the pause before the next attempt. To be raised
    from None: with its cause the failure is larger than what Temporal shows of one.
    """
    seconds = pause_asked(error)
    pause = timedelta(seconds=seconds) if seconds is not None else None
    word = slack_code(error) or type(error).__name__
    return ApplicationError("Slack refuses", type=word, next_retry_delay=pause)


def come_back(error: BehindError) -> ApplicationError:
    """The next attempt comes when it is its turn; nothing is wrong."""
    return ApplicationError(
        "Its turn has not come",
        type=BEHIND,
        next_retry_delay=timedelta(seconds=error.seconds),
        category=ApplicationErrorCategory.BENIGN,
    )
