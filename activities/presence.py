"""Who is there to hear of an alarm: the people of a role, without those who are away."""

from collections.abc import Collection
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from chat.directory import Directory
from domain.audience import Audience, audience, reminded
from domain.case import Case
from domain.case_clocks import policy_of
from domain.policy import hindrance
from domain.steps import Alert, ReferralDecision
from domain.taxonomy import Role
from register.absences import Absences

log = structlog.stdlib.get_logger(__name__)


async def members(directory: Directory, role: Role, case: Case) -> tuple[str, ...]:
    """Who holds the role for the case, without the person involved: they are not to see it.

    Raises:
        NotCheckedError: when Slack could not be asked.
    """
    found = await directory.members(role, case.area)
    return tuple(user for user in found if user != case.involved)


class Presence:
    """Looks up roles in Slack and absences in the register."""

    def __init__(self, directory: Directory, absences: Absences) -> None:
        """Asks the directory and the register."""
        self._directory = directory
        self._absences = absences

    async def hears(self, case: Case, alert: Alert, now: datetime) -> Audience:
        """The people whom an alarm reaches directly.

        An escalation reaches its step of the chain or, with everybody there away, the next one; a
        reminder reaches whoever has the case, or the remedial action, in hand, and nobody when they
        are away.

        Args:
            case: the case whose clock speaks.
            alert: what it says.
            now: the case's own clock (aware), so that a second attempt tells the same people.

        Raises:
            NotCheckedError: when Slack could not be asked who holds a role.
        """
        if not alert.alarm.past_due:
            whose = reminded(case, alert)
            return Audience(await self._there((whose,) if whose else (), now))
        chain = policy_of(case, alert.clock).escalations
        roles = dict.fromkeys((*alert.alarm.to, *(role for step in chain for role in step.to)))
        present = {
            role: await self._there(await members(self._directory, role, case), now)
            for role in roles
        }
        reached = audience(alert.alarm, chain, present)
        if reached.instead_of:
            log.warning("escalated_past_absent", roles=[role.value for role in reached.instead_of])
        return reached

    async def choosers_for_the_leads(self, case: Case, now: datetime) -> tuple[str, ...]:
        """The DPOs to whom the referral choice falls, since no OST lead can make it; else nobody.

        Args:
            case: the case; the reporter, its SIM and the person involved are never among them.
            now: the case's own clock (aware).

        Raises:
            NotCheckedError: when Slack could not be asked.
        """
        leads = await self._there(await self._directory.members(Role.OST_LEAD, case.area), now)
        found = [await self._directory.actor(user) for user in leads]
        there = tuple(lead for lead in found if Role.OST_LEAD in lead.roles)
        dpos = [
            (await self._directory.actor(user)).model_copy(update={"leads_there": there})
            for user in await members(self._directory, Role.DPO, case)
        ]
        return tuple(
            dpo.user_id
            for dpo in dpos
            if Role.OST_LEAD not in dpo.roles and hindrance(case, ReferralDecision, dpo) is None
        )

    async def _there(self, people: Collection[str], now: datetime) -> tuple[str, ...]:
        """Those who are not away; everybody, when the register can't say who is.

        A message too many does less harm than an alarm that nobody hears.
        """
        try:
            away = await self._absences.away(people, now)
        except (SQLAlchemyError, OSError) as error:
            log.warning("absences_not_read", error=type(error).__name__)
            return tuple(people)
        return tuple(user for user in people if user not in away)
