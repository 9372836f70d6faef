"""The Events API: telling the app what happened, again if it does not answer."""

import asyncio
import logging

from localslack import payloads
from localslack.courier import Envelope, NoAnswerError
from localslack.ids import new_id
from localslack.kinds import BOT_USER_ID, Json
from localslack.records import Conversation, Message
from localslack.slack import Slack

log = logging.getLogger(__name__)


class Events:
    """Sends events to the app in the background, if its manifest subscribes to them."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._sending: set[asyncio.Task[None]] = set()

    def home_opened(self, user: str) -> None:
        """A person opened the app's Home tab."""
        dm = self._slack.conversations.open_dm(BOT_USER_ID, user)
        content = {"user": user, "channel": dm.id, "tab": "home"}
        self._emit("app_home_opened", content)

    def message_posted(self, conversation: Conversation, message: Message) -> None:
        """A person wrote something where the bot is."""
        if BOT_USER_ID not in conversation.members:
            return
        content: Json = {
            "user": message.user,
            "text": message.text,
            "ts": message.ts,
            "client_msg_id": new_id("M"),
            "channel": conversation.id,
        }
        if message.thread_ts:
            content["thread_ts"] = message.thread_ts
        kind = _channel_type(conversation)
        subscription = "message." + {"channel": "channels", "group": "groups", "im": "im"}[kind]
        self._emit(subscription, {**content, "channel_type": kind}, "message")
        if f"<@{BOT_USER_ID}>" in message.text:
            self._emit("app_mention", content)

    async def close(self) -> None:
        """Give up what has not been delivered yet."""
        for task in self._sending:
            task.cancel()
        await asyncio.gather(*self._sending, return_exceptions=True)

    def _emit(self, subscription: str, content: Json, kind: str | None = None) -> None:
        if not self._slack.manifest.listens_to(subscription):
            return
        event_ts = f"{self._slack.clock():.6f}"
        content = {"type": kind or subscription, **content, "event_ts": event_ts}
        payload = payloads.event(self._slack, content)
        task = asyncio.create_task(self._deliver(payload))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _deliver(self, payload: Json) -> None:
        reason = ""
        for attempt, wait in enumerate((0.0, *self._slack.options.event_retries)):
            await asyncio.sleep(wait)
            envelope = Envelope(
                "events_api",
                payload,
                accepts_response=False,
                retry_attempt=attempt,
                retry_reason=reason,
            )
            try:
                await self._slack.deliver(envelope)
            except NoAnswerError as error:
                reason = "timeout" if error.timed_out else "connection_failed"
            else:
                return
        log.warning("the app did not take the event %s", payload["event"]["type"])


def _channel_type(conversation: Conversation) -> str:
    if conversation.dm:
        return "im"
    return "group" if conversation.private else "channel"
