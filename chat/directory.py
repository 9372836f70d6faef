"""People and their roles, from Slack's user groups; when it can't be asked, nobody has any."""

import asyncio
import time
from collections import deque
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

MINUTE_S = KEPT_S = 60.0
"""Seconds that a look-up is kept for what is only shown and offered."""
AT_ONCE, BUSY_S = 8, 6.0
"""For a decision the groups are looked up anew. `usergroups.list` may be asked about 20 times a
minute (Slack's tier 2), so after this many look-ups in a minute a decision takes one that is at
most this many seconds old: 18 a minute at the most."""
PAGE, PAUSE_S = 500, 3.0
"""People that `users.list` is asked for at once, and seconds between two pages (tier 2)."""
JUST_S = 2.0
"""Seconds that what `users.info` says is kept for a decision (tier 4: about 100 a minute)."""


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
        self._lately: deque[float] = deque(maxlen=AT_ONCE)
        """When the groups were asked for last."""
        self._groups: tuple[float, tuple[Group, ...]] | None = None
        self._users: dict[str, tuple[float, dict[str, Any]]] = {}

    async def actor(self, user_id: str, *, decides: bool = False) -> Actor:
        """The person with the roles they hold; none for guests, bots, strangers and who has left.

        Args:
            user_id: Slack member ID.
            decides: whether a decision hangs on it, so that it is looked up anew.

        Raises:
            NotCheckedError: when Slack could not be asked.
        """
        if _outsider(await self._user(user_id, decides=decides), await self._our_home()):
            return Actor(user_id=user_id)
        groups = await self._all_groups(decides=decides)
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

    async def email(self, user_id: str) -> str:
        """The address in the person's profile; empty when Slack can't be asked, or has none.

        Empty too for who is no staff: guests, bots, strangers and who has left.
        """
        try:
            user, home = await self._user(user_id), await self._our_home()
        except NotCheckedError:
            return ""
        return "" if _outsider(user, home) else str(user.get("profile", {}).get("email") or "")

    async def members_by_name(self) -> dict[str, str]:
        """The IDs of all staff, by e-mail address in small letters and by themselves.

        Raises:
            NotCheckedError: when Slack could not be asked.
        """
        home, found = await self._our_home(), dict[str, str]()
        cursor: str | None = ""
        while cursor is not None:
            answer = await _asked(self._client.users_list(limit=PAGE, cursor=cursor or None))
            for user in answer["members"]:
                if not _outsider(user, home):
                    address = str(user.get("profile", {}).get("email") or "").casefold()
                    found |= {name: user["id"] for name in (address, user["id"]) if name}
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
            if cursor:
                await asyncio.sleep(PAUSE_S)
        return found

    def outsider(self, user_id: str) -> Bar | None:
        """Why the person can hold no role at all, as far as that was looked up lately."""
        known = self._users.get(user_id)
        return _outsider(known[1], self._home) if known and self._home else None

    async def _our_home(self) -> "Home":
        if self._home is None:
            answer = await _asked(self._client.auth_test())
            self._home = Home(str(answer["team_id"]), answer.get("enterprise_id"))
        return self._home

    async def _all_groups(self, *, decides: bool = False) -> tuple[Group, ...]:
        began = self._clock()
        async with self._asking:
            oldest = min(began, self._clock() - self._groups_kept_s(decides=decides))
            # People who decide at the same moment share one look-up.
            if self._groups and self._groups[0] > oldest:
                return self._groups[1]
            asked_at = self._clock()
            self._lately.append(asked_at)
            answer = await _asked(self._client.usergroups_list(include_users=True))
            groups = tuple(
                Group(each["id"], each["handle"], tuple(each.get("users") or ()))
                for each in answer["usergroups"]
            )
            self._groups = (asked_at, groups)
            return groups

    def _groups_kept_s(self, *, decides: bool) -> float:
        if not decides:
            return KEPT_S
        is_busy = len(self._lately) == AT_ONCE and self._clock() - self._lately[0] < MINUTE_S
        return BUSY_S if is_busy else 0.0

    async def _user(self, user_id: str, *, decides: bool = False) -> dict[str, Any]:
        known = self._users.get(user_id)
        if known and self._clock() - known[0] < (JUST_S if decides else KEPT_S):
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
