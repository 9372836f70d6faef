"""People and their roles, from Slack's user groups; when it can't be asked, nobody has any."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from chat.ports import NotCheckedError
from domain.organisation import Organisation
from domain.people import Actor
from domain.taxonomy import Role

KEPT_S = 60.0
"""Seconds that a look-up is kept: `usergroups.list` may be asked about 20 times a minute, and a
person removed from a group must lose its roles soon."""


@dataclass(frozen=True)
class Group:
    """A Slack user group with its members' IDs."""

    id: str
    handle: str
    members: tuple[str, ...]


class Directory:
    """Looks people up in Slack and remembers the answers for a minute."""

    def __init__(
        self,
        client: AsyncWebClient,
        organisation: Organisation,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Asks with the client; `clock` gives seconds."""
        self._client = client
        self._organisation = organisation
        self._clock = clock
        self._groups: tuple[float, tuple[Group, ...]] | None = None
        self._users: dict[str, tuple[float, dict[str, Any]]] = {}

    async def actor(self, user_id: str) -> Actor:
        """The person with the roles they hold; guests, bots and deactivated people hold none.

        Raises:
            NotCheckedError: when Slack could not be asked.
        """
        if not _is_staff(await self._user(user_id)):
            return Actor(user_id=user_id)
        groups = await self._all_groups()
        mine = {
            key for group in groups if user_id in group.members for key in (group.id, group.handle)
        }
        roles = tuple(
            role
            for role in Role
            if role is not Role.SIM and str(getattr(self._organisation.groups, role.value)) in mine
        )
        areas = tuple(area.key for area in self._organisation.areas if area.sims in mine)
        return Actor(user_id=user_id, roles=roles, sim_areas=areas)

    async def members(self, role: Role, area: str) -> tuple[str, ...]:
        """The IDs of the people who hold the role for a case of that Area.

        Raises:
            NotCheckedError: when Slack could not be asked.
        """
        try:
            wanted = self._organisation.group(role, area)
        except KeyError:
            return ()
        for group in await self._all_groups():
            if wanted in (group.id, group.handle):
                return group.members
        return ()

    async def name(self, user_id: str) -> str:
        """The person's name, or their ID when Slack can't be asked."""
        try:
            user = await self._user(user_id)
        except NotCheckedError:
            return user_id
        return str(user.get("real_name") or user.get("name") or user_id)

    async def _all_groups(self) -> tuple[Group, ...]:
        if self._groups and self._clock() - self._groups[0] < KEPT_S:
            return self._groups[1]
        answer = await _asked(self._client.usergroups_list(include_users=True))
        groups = tuple(
            Group(each["id"], each["handle"], tuple(each.get("users") or ()))
            for each in answer["usergroups"]
        )
        self._groups = (self._clock(), groups)
        return groups

    async def _user(self, user_id: str) -> dict[str, Any]:
        known = self._users.get(user_id)
        if known and self._clock() - known[0] < KEPT_S:
            return known[1]
        answer = await _asked(self._client.users_info(user=user_id))
        user: dict[str, Any] = answer["user"]
        self._users[user_id] = (self._clock(), user)
        return user


async def _asked(call: Any) -> Any:
    try:
        return await call
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        raise NotCheckedError from error


def _is_staff(user: dict[str, Any]) -> bool:
    return not any(
        user.get(flag) for flag in ("deleted", "is_bot", "is_restricted", "is_ultra_restricted")
    )
