"""People and their roles, from Slack's user groups; when it can't be asked, nobody has any."""

import asyncio
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
from domain.refusal import Bar
from domain.taxonomy import Role

KEPT_S = 60.0
"""Seconds that a look-up is kept for what is only shown and offered."""
DECIDED_S = 4.0
"""The same for a decision: whoever was removed from a group has lost its roles by then. Not less,
since `usergroups.list` may be asked about 20 times a minute (Slack's tier 2)."""


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
        self._home: Home | None = None
        self._asking = asyncio.Lock()
        self._groups: tuple[float, tuple[Group, ...]] | None = None
        self._users: dict[str, tuple[float, dict[str, Any]]] = {}

    async def actor(self, user_id: str, *, kept_s: float = KEPT_S) -> Actor:
        """The person with the roles they hold; none for guests, bots, strangers and who has left.

        Args:
            user_id: Slack member ID.
            kept_s: how old, in seconds, what Slack said may be.

        Raises:
            NotCheckedError: when Slack could not be asked.
        """
        if _outsider(await self._user(user_id, kept_s), await self._our_home()):
            return Actor(user_id=user_id)
        groups = await self._all_groups(kept_s)
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

    def outsider(self, user_id: str) -> Bar | None:
        """Why the person can hold no role at all, as far as that was looked up lately."""
        known = self._users.get(user_id)
        return _outsider(known[1], self._home) if known and self._home else None

    async def _our_home(self) -> "Home":
        if self._home is None:
            answer = await _asked(self._client.auth_test())
            self._home = Home(str(answer["team_id"]), answer.get("enterprise_id"))
        return self._home

    async def _all_groups(self, kept_s: float = KEPT_S) -> tuple[Group, ...]:
        # People who decide at the same moment share one look-up.
        async with self._asking:
            if self._groups and self._clock() - self._groups[0] < kept_s:
                return self._groups[1]
            asked_at = self._clock()
            answer = await _asked(self._client.usergroups_list(include_users=True))
            groups = tuple(
                Group(each["id"], each["handle"], tuple(each.get("users") or ()))
                for each in answer["usergroups"]
            )
            self._groups = (asked_at, groups)
            return groups

    async def _user(self, user_id: str, kept_s: float = KEPT_S) -> dict[str, Any]:
        known = self._users.get(user_id)
        if known and self._clock() - known[0] < kept_s:
            return known[1]
        asked_at = self._clock()
        answer = await _asked(self._client.users_info(user=user_id))
        user: dict[str, Any] = answer["user"]
        self._users[user_id] = (asked_at, user)
        return user


@dataclass(frozen=True)
class Home:
    """The workspace that the app is installed in, and its Enterprise organisation, if any."""

    team_id: str
    enterprise_id: str | None

    def is_of(self, user: dict[str, Any]) -> bool:
        """Whether the person belongs here, and not to whoever shares a channel (Slack Connect)."""
        if user.get("is_stranger"):
            return False
        grid: dict[str, Any] = user.get("enterprise_user") or {}
        is_ours = self.enterprise_id and grid.get("enterprise_id") == self.enterprise_id
        return bool(is_ours) or user.get("team_id") == self.team_id


async def _asked(call: Any) -> Any:
    try:
        return await call
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        raise NotCheckedError from error


def _outsider(user: dict[str, Any], home: Home) -> Bar | None:
    if user.get("deleted"):
        return Bar.DEACTIVATED
    if user.get("is_bot") or user.get("is_workflow_bot"):
        return Bar.BOT
    if not home.is_of(user):
        return Bar.OTHER_WORKSPACE
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Bar.GUEST
    return None
