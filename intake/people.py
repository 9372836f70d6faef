"""Who people are: their roles from Slack, and for who stands in, whose place it would be."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import structlog

from chat.directory import Directory
from chat.ports import NotCheckedError, NotConfirmedError
from domain.people import Actor
from domain.refusal import Attempt, Bar
from domain.taxonomy import Role
from intake.intime import in_time
from intake.refusals import RefusalBook
from register.absences import Absences

LOOK_UP_WITHIN_S = 0.8
"""A part of Slack's 3 seconds; the step itself still needs its share of them."""
DECIDES_WITHIN_S = 1.2
"""Likewise, for who decides: nobody acts on a form that Slack has given up."""
_BY_ROLE = (Bar.NOT_IN_ROLE, Bar.NOT_THEIRS)

log = structlog.stdlib.get_logger(__name__)


class Staff:
    """Roles and absences, looked up anew at every press."""

    def __init__(self, directory: Directory, absences: Absences, book: RefusalBook) -> None:
        """Asks Slack through the directory, and the register who is away; keeps refusals."""
        self._directory = directory
        self._absences = absences
        self._book = book

    async def actor(self, user_id: str, *, decides: bool = False) -> Actor:
        """The person with the roles they hold, and with those for whom they stand in.

        That is, for a deputy the DPOs that are there, and for a DPO the OST leads. When that can't
        be looked up, they stand in for nobody.

        Args:
            user_id: Slack member ID.
            decides: whether a step is taken, so that they are looked up anew.

        Raises:
            NotCheckedError: when Slack could not be asked, for a decision in time.
        """
        actor = await self._role_holder(user_id, decides=decides)
        if Role.DPO in actor.roles:
            leads = None if Role.OST_LEAD in actor.roles else await self._there(Role.OST_LEAD)
            return actor.model_copy(update={"leads_there": leads})
        if Role.DEPUTY_DPO in actor.roles:
            dpos = await self._there(Role.DPO)
            there = None if dpos is None else tuple(dpo.user_id for dpo in dpos)
            return actor.model_copy(update={"dpos_there": there})
        return actor

    async def _role_holder(self, user_id: str, *, decides: bool) -> Actor:
        if not decides:
            return await self._directory.actor(user_id)
        try:
            async with asyncio.timeout(DECIDES_WITHIN_S):
                return await self._directory.actor(user_id, decides=True)
        except TimeoutError as error:
            raise NotCheckedError from error

    def note_refusal(self, attempt: Attempt) -> None:
        """Keeps that somebody was refused, and of an outsider rather that they are one."""
        outsider = self._directory.outsider(attempt.person) if attempt.bar in _BY_ROLE else None
        self._book.note(replace(attempt, bar=outsider or attempt.bar))

    async def reviewers(self, asked_by: Actor) -> tuple[str, ...] | None:
        """Slack member IDs of all who can act in OST, for somebody of OST.

        None when Slack could not be asked, and for anybody else, who has no need to know.
        """
        if Role.OST not in asked_by.roles:
            return None
        try:
            members = await self._directory.members(Role.OST, area="")
            can_act = await asyncio.gather(*(self._is(each, Role.OST) for each in members))
            return tuple(each for each, can in zip(members, can_act, strict=True) if can)
        except NotCheckedError as error:
            log.warning("ost_not_looked_up", error=type(error).__name__)
            return None

    async def name(self, user_id: str) -> str:
        """The person's name, or their ID when Slack can't be asked."""
        return await self._directory.name(user_id)

    async def _there(self, role: Role) -> tuple[Actor, ...] | None:
        """Who of the role is not away. Deactivated people stay in groups, and hold no role."""
        try:
            members = await self._directory.members(role, area="")
            gone = await in_time(self._absences.away(members, datetime.now(UTC)), LOOK_UP_WITHIN_S)
            there = [await self._directory.actor(user) for user in members if user not in gone]
        except (NotCheckedError, NotConfirmedError) as error:
            log.warning("absent_not_looked_up", role=role.value, error=type(error).__name__)
            return None
        return tuple(actor for actor in there if role in actor.roles)

    async def _is(self, user_id: str, role: Role) -> bool:
        """Whether a member of the group can act: deactivated people stay in groups."""
        return role in (await self._directory.actor(user_id)).roles
