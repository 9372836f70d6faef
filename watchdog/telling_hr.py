"""Telling HR what was found of a referral: in direct messages, to nobody whom it concerns."""

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from chat.directory import Directory
from chat.ports import NotCheckedError
from domain.discipline.proceeding import Referral
from domain.discipline.rules import may_handle
from domain.taxonomy import Role
from register.referrals import Referrals

IN_PERSON = "Nobody in HR casework could be told of this: please tell HR yourself, in person."

log = structlog.stdlib.get_logger(__name__)


class HrReaders:
    """Who may hear of a referral, as with its reminders (activities/hr.py)."""

    def __init__(self, directory: Directory, engine: AsyncEngine) -> None:
        """Looks people up in the directory, and referrals in the restricted store."""
        self._directory = directory
        self._referrals = Referrals(engine)

    async def of(self, reference: str) -> tuple[list[str], str | None]:
        """Those in HR who may handle it, and whoever referred it, to be told where nobody may.

        Nobody at all while register or Slack can't say who they are.
        """
        try:
            proceeding = await self._referrals.proceeding(reference)
            if proceeding is None:
                return [], None
            readers = await self._handlers(proceeding.referral)
        except (NotCheckedError, SQLAlchemyError, OSError) as error:
            log.warning("watchdog_hr_not_looked_up", error=type(error).__name__)
            return [], None
        return readers, proceeding.referral.referred_by

    async def _handlers(self, referral: Referral) -> list[str]:
        members = await self._directory.members(Role.HR, referral.area)
        actors = [await self._directory.actor(user) for user in members]
        return [actor.user_id for actor in actors if may_handle(referral, actor)]
