"""A small Bolt app that uses most of what Slack offers, for the tests of the local Slack."""

import asyncio
from typing import Any

from slack_bolt.adapter.socket_mode.websockets import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from localslack.kinds import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET

Json = dict[str, Any]


def web_client(api_url: str, token: str = BOT_TOKEN) -> AsyncWebClient:
    client = AsyncWebClient(token=token, base_url=api_url)
    client.proxy = None
    return client


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def text_input(block_id: str, **element: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id.title()),
        "element": {"type": "plain_text_input", "action_id": "text", **element},
    }


def button(action_id: str, value: str = "") -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(action_id), "value": value}


def actions(*elements: Json, block_id: str = "actions") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def section(text: str) -> Json:
    return {"type": "section", "text": plain(text)}


def modal(title: str, *blocks: Json, **fields: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "parcel",
        "title": plain(title),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **fields,
    }


class ParcelDesk:
    """The app, and everything it was sent."""

    def __init__(self, api_url: str) -> None:
        self.client = web_client(api_url)
        self.app = AsyncApp(client=self.client, signing_secret=SIGNING_SECRET)
        self.heard: list[Json] = []
        self._news = asyncio.Event()
        self.answer: Json = {}
        """What to acknowledge the next submission with."""
        self.options: list[Json] = []
        """What to answer an external select with, instead of towns."""
        self.view = modal("Lost parcel", text_input("what"), notify_on_close=True)
        self.handler = AsyncSocketModeHandler(self.app, APP_TOKEN, ping_interval=1)
        self._listen()

    async def connect(self) -> None:
        await self.handler.connect_async()

    async def close(self) -> None:
        await self.handler.close_async()

    def of_type(self, kind: str) -> list[Json]:
        return [body for body in self.heard if body.get("type") == kind]

    async def heard_one(self, kind: str) -> Json:
        return (await self.heard_many(kind, 1))[0]

    async def heard_many(self, kind: str, count: int) -> list[Json]:
        async with asyncio.timeout(3):
            while len(self.of_type(kind)) < count:
                await self._news.wait()
                self._news.clear()
        return self.of_type(kind)

    def _hear(self, body: Json, **fields: str) -> None:
        self.heard.append({**body, **fields})
        self._news.set()

    def _listen(self) -> None:
        app = self.app
        app.command("/parcel")(self._parcel)
        app.command("/slow")(self._slow)
        app.command("/hello")(self._hello)
        app.view("parcel")(self._submitted)
        app.view_closed("parcel")(self._heard)
        app.action("open")(self._open)
        app.action("push")(self._push)
        app.action("take")(self._take)
        app.action({"action_id": "choose"})(self._heard)
        app.options("where")(self._offer)
        app.event("app_home_opened")(self._home)
        app.event("app_mention")(self._event)
        app.event("message")(self._event)

    async def _heard(self, ack: Any, body: Json) -> None:
        self._hear(body)
        await ack()

    async def _event(self, body: Json) -> None:
        self._hear(body["event"])

    async def _parcel(self, ack: Any, body: Json) -> None:
        self._hear(body, type="command")
        await ack()
        await self.client.views_open(trigger_id=body["trigger_id"], view=self.view)

    async def _slow(self, ack: Any, body: Json) -> None:
        self._hear(body, type="command")
        await asyncio.sleep(0.6)
        await ack("too late")

    async def _hello(self, ack: Any, body: Json) -> None:
        self._hear(body, type="command")
        await ack(**(self.answer or {"text": f"hello {body['text']}"}))

    async def _submitted(self, ack: Any, body: Json) -> None:
        self._hear(body)
        await ack(**self.answer)

    async def _open(self, ack: Any, body: Json) -> None:
        self._hear(body)
        await ack()
        await self.client.views_open(trigger_id=body["trigger_id"], view=self.view)

    async def _push(self, ack: Any, body: Json) -> None:
        self._hear(body)
        await ack()
        view = modal("On top", section("above"))
        await self.client.views_push(trigger_id=body["trigger_id"], view=view)

    async def _take(self, ack: Any, body: Json, respond: Any) -> None:
        self._hear(body)
        await ack()
        if self.answer:
            await respond(**self.answer)

    async def _offer(self, ack: Any, body: Json) -> None:
        self._hear(body)
        names = [n for n in ("London", "Leeds", "York") if n.startswith(body["value"])]
        options = [{"text": plain(n), "value": n.lower()} for n in names]
        await ack(options=self.options or options)

    async def _home(self, event: Json) -> None:
        self._hear(event)
        view = {"type": "home", "blocks": [section("Your parcels"), actions(button("open"))]}
        await self.client.views_publish(user_id=event["user"], view=view)
