"""Finding channels by the names that organisation.toml gives them."""

import re

from slack_sdk.web.async_client import AsyncWebClient

from activities.posting import UndeliverableError

CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{4,}")
PAGE = 200


class Channels:
    """Channel names to IDs; found once, since an ID outlives a renaming."""

    def __init__(self, client: AsyncWebClient) -> None:
        """Asks with the client."""
        self._client = client
        self._ids: dict[str, str] = {}

    async def id_of(self, name: str) -> str:
        """The ID of a channel that the app can see, by name or by ID.

        Raises:
            UndeliverableError: when there is none.
        """
        if CHANNEL_ID.fullmatch(name):
            return name
        if name not in self._ids:
            self._ids |= await self._all()
        if name not in self._ids:
            raise UndeliverableError("channel_not_found")
        return self._ids[name]

    async def _all(self) -> dict[str, str]:
        found: dict[str, str] = {}
        cursor: str | None = None
        while True:
            answer = await self._client.conversations_list(
                types="public_channel,private_channel",
                exclude_archived=True,
                limit=PAGE,
                cursor=cursor,
            )
            found |= {channel["name"]: channel["id"] for channel in answer["channels"]}
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return found
