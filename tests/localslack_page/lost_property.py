"""A small Bolt app that the page is tried with."""

import asyncio
from typing import Any

from slack_bolt.adapter.socket_mode.websockets import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from localslack.kinds import APP_TOKEN, BOT_TOKEN
from tests.localslack_page.every_input import (
    Json,
    actions,
    button,
    every_input,
    field,
    modal,
    option,
    plain,
    section,
)

PLACES = ["Platform 1", "Platform 2", "Waiting room"]


class LostProperty:
    """The app, and what it was sent."""

    def __init__(self, api_url: str) -> None:
        self.client = AsyncWebClient(token=BOT_TOKEN, base_url=api_url)
        self.client.proxy = None
        self.view = every_input()
        """What `/lost` opens."""
        self.answer: Json = {}
        """What to acknowledge the next submission with."""
        self.slowness = 0.0
        """Seconds before a submission is acknowledged."""
        self.submitted: list[Json] = []
        """`state.values` of each submission."""
        self.pressed: list[Json] = []
        """The bodies of the actions, oldest first."""
        app = AsyncApp(client=self.client)
        self._handler = AsyncSocketModeHandler(app, APP_TOKEN)
        self._listen(app)

    async def connect(self) -> None:
        await self._handler.connect_async()

    async def close(self) -> None:
        await self._handler.close_async()

    async def post(self, channel: str, text: str, *blocks: Json, **fields: Any) -> str:
        """Post a message; gives its timestamp."""
        posted = await self.client.chat_postMessage(
            channel=channel, text=text, blocks=list(blocks) or None, **fields
        )
        return str(posted["ts"])

    async def post_card(self, channel: str) -> str:
        """Post the card with the buttons `take` and `refuse`."""
        return await self.post(channel, "Umbrella", *card("nobody"))

    def _listen(self, app: AsyncApp) -> None:
        app.command("/lost")(self._lost)
        app.command("/lost-list")(self._list)
        app.command("/late")(self._late)
        app.view("form")(self._submitted)
        app.options("it")(self._offer)
        app.action("take")(self._take)
        app.action("refuse")(self._refuse)
        app.action("more")(self._more)
        app.action("push")(self._push)
        app.action({"action_id": "noted"})(self._noted)
        app.action({"action_id": "it"})(self._noted)
        app.event("app_home_opened")(self._home)

    async def _lost(self, ack: Any, body: Json) -> None:
        await ack()
        await self.client.views_open(trigger_id=body["trigger_id"], view=self.view)

    async def _list(self, ack: Any) -> None:
        await ack("Nothing was found.")

    async def _late(self, ack: Any) -> None:
        await asyncio.sleep(0.8)
        await ack()

    async def _submitted(self, ack: Any, body: Json) -> None:
        self.submitted.append(body["view"]["state"]["values"])
        await asyncio.sleep(self.slowness)
        await ack(**self.answer)

    async def _offer(self, ack: Any, payload: Json) -> None:
        fitting = [place for place in PLACES if payload["value"].lower() in place.lower()]
        await ack(options=[option(place, place) for place in fitting])

    async def _noted(self, ack: Any, body: Json) -> None:
        self.pressed.append(body)
        await ack()

    async def _take(self, ack: Any, body: Json) -> None:
        self.pressed.append(body)
        await ack()
        channel, ts = body["channel"]["id"], body["message"]["ts"]
        taker = f"<@{body['user']['id']}>"
        await self.client.chat_update(channel=channel, ts=ts, text="Umbrella", blocks=card(taker))
        await self.post(channel, f"{taker} has taken it.", thread_ts=ts)

    async def _refuse(self, ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Noted.", replace_original=False, response_type="ephemeral")

    async def _more(self, ack: Any, body: Json) -> None:
        self.pressed.append(body)
        await ack()
        extra = field("extra", "Extra", "plain_text_input")
        more = modal("Longer form", *body["view"]["blocks"], extra)
        await self.client.views_update(view_id=body["view"]["id"], view=more)

    async def _push(self, ack: Any, body: Json) -> None:
        await ack()
        top = modal("On top", field("note", "Note", "plain_text_input"), close=plain("Back"))
        await self.client.views_push(trigger_id=body["trigger_id"], view=top)

    async def _home(self, event: Json) -> None:
        blocks = [
            section(f"Welcome, <@{event['user']}>."),
            actions("home", button("noted", "Report from Home", value="home")),
        ]
        view = {"type": "home", "blocks": blocks}
        await self.client.views_publish(user_id=event["user"], view=view)


def card(taken_by: str) -> list[Json]:
    """A message about one thing: who has it, and two buttons."""
    confirm = {
        "title": plain("Refuse it?"),
        "text": plain("It goes back to the shelf."),
        "confirm": plain("Refuse"),
        "deny": plain("Keep"),
        "style": "danger",
    }
    return [
        section(f"*Umbrella*, taken by {taken_by}"),
        actions(
            "choices",
            button("take", "Take it", style="primary", value="umbrella"),
            button("refuse", "Refuse", style="danger", confirm=confirm),
            {
                "type": "static_select",
                "action_id": "noted",
                "placeholder": plain("Shelf"),
                "options": [option("Upper shelf", "upper"), option("Lower shelf", "lower")],
            },
        ),
    ]
