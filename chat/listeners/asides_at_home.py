"""Asides at the Home tab and in modals, where Slack gives no `response_url` to answer to."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from chat.elements import modal, section
from chat.origin import is_at_home, is_in_modal

ASIDE = "aside"


class AsideAtHome:
    """Stands in for Bolt's `respond`: says the text in a small modal over the tab or the modal.

    When it is too late for a modal (a `trigger_id` lives three seconds), a direct message says it.
    """

    def __init__(
        self, client: AsyncWebClient, user_id: str, trigger_id: str, *, over_modal: bool = False
    ) -> None:
        """Speaks to the person behind the trigger."""
        self._client = client
        self._shows = client.views_push if over_modal else client.views_open
        self._user_id = user_id
        self._trigger_id = trigger_id

    async def __call__(self, text: str, **_: Any) -> None:
        """Shows the text.

        Raises:
            SlackClientError: when Slack takes it neither way.
        """
        view = modal(ASIDE, "Breach Desk", [section(text)], submit=None)
        try:
            await self._shows(trigger_id=self._trigger_id, view=view)
        except SlackClientError:
            await self._client.chat_postMessage(channel=self._user_id, text=text)


def register(app: AsyncApp) -> None:
    """Lets every listener of the app say its asides at the Home tab as it does elsewhere."""

    @app.middleware
    async def at_home(
        body: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
        next_: Callable[[], Awaitable[None]],
    ) -> None:
        """Gives the listener a `respond` that works there."""
        in_modal = is_in_modal(body)
        if (is_at_home(body) or in_modal) and body.get("trigger_id"):
            context["respond"] = AsideAtHome(
                client, body["user"]["id"], body["trigger_id"], over_modal=in_modal
            )
        await next_()
