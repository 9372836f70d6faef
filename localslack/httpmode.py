"""Requests to the app over HTTP, signed as Slack signs them."""

import asyncio
import hashlib
import hmac
import json
from urllib.parse import urlencode

import aiohttp

from localslack.courier import Envelope, NoAnswerError
from localslack.kinds import Clock, Json
from localslack.options import Options
from localslack.workspace import Manifest


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's `X-Slack-Signature`, version 0, over a raw body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class HttpMode:
    """Sends envelopes to the request URLs of the manifest."""

    def __init__(self, manifest: Manifest, options: Options) -> None:
        self._manifest = manifest
        self._secret = options.signing_secret
        self._clock: Clock = options.clock
        self._deadline = options.ack_deadline
        self._session: aiohttp.ClientSession | None = None

    async def deliver(self, envelope: Envelope, copies: int) -> Json:
        """Send an envelope and wait for the answer to its first copy.

        Raises:
            NoAnswerError: no request URL, no answer in time, or a status other than 200.
        """
        url = self._url(envelope)
        if not url:
            raise NoAnswerError(timed_out=False)
        first, *others = [
            asyncio.ensure_future(self._request(url, envelope)) for _ in range(copies)
        ]
        try:
            return await first
        finally:
            await asyncio.gather(*others, return_exceptions=True)

    async def close(self) -> None:
        """Let go of every connection."""
        if self._session:
            await self._session.close()

    def _url(self, envelope: Envelope) -> str | None:
        settings = self._manifest.settings
        if envelope.kind == "slash_commands":
            command = self._manifest.command(envelope.payload["command"])
            return command.url if command else None
        if envelope.kind == "events_api":
            return settings.event_subscriptions.request_url
        interactivity = settings.interactivity
        if envelope.payload["type"] == "block_suggestion":
            return interactivity.message_menu_options_url
        return interactivity.request_url

    async def _request(self, url: str, envelope: Envelope) -> Json:
        body, content_type = _body(envelope)
        timestamp = str(int(self._clock()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if envelope.retry_attempt:
            headers["X-Slack-Retry-Num"] = str(envelope.retry_attempt)
            headers["X-Slack-Retry-Reason"] = envelope.retry_reason
        if self._session is None:
            self._session = aiohttp.ClientSession(trust_env=False)
        try:
            async with asyncio.timeout(self._deadline):
                async with self._session.post(url, data=body, headers=headers) as response:
                    return _answer(response.status, await response.text())
        except TimeoutError as error:
            raise NoAnswerError(timed_out=True) from error
        except aiohttp.ClientError as error:
            raise NoAnswerError(timed_out=False) from error


def _body(envelope: Envelope) -> tuple[bytes, str]:
    form = "application/x-www-form-urlencoded"
    if envelope.kind == "slash_commands":
        return urlencode(envelope.payload).encode(), form
    text = json.dumps(envelope.payload)
    if envelope.kind == "interactive":
        return urlencode({"payload": text}).encode(), form
    return text.encode(), "application/json"


def _answer(status: int, text: str) -> Json:
    if status != 200:  # noqa: PLR2004 - HTTP's own number
        raise NoAnswerError(timed_out=False)
    if not text.strip():
        return {}
    try:
        answer = json.loads(text)
    except ValueError:
        # A slash command may be answered with bare words.
        return {"text": text}
    return answer if isinstance(answer, dict) else {}
