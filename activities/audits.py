"""Recommendations of audits: recorded in the register, and told to whom they concern."""

from collections.abc import Sequence

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.channels import Channels
from activities.in_slack import in_slack, told
from activities.lanes import Lanes, Urgency
from activities.posting import Poster, heartbeats
from activities.progress import Memory
from activities.signatures import AuditMessages, AuditRecord
from activities.ways import IS_AWAY, Ways
from chat.directory import Directory
from chat.mail import MAIL_ONLY, SLACK_IS_LATE
from chat.messages.audits import Said, said_of
from chat.messages.card import Content
from domain.audits.outward import RecommendationNotice, RecommendationRecording
from domain.organisation import Organisation
from domain.taxonomy import Role
from register.absences import Absences
from register.audits.recording import Recommendations

NO_AREA = ""
"""An audit is of the whole organisation."""

log = structlog.stdlib.get_logger(__name__)


class KeepRecommendations(AuditRecord):
    """Keeps what happens to recommendations in one register."""

    def __init__(self, recommendations: Recommendations) -> None:
        """Writes to the register."""
        self._recommendations = recommendations

    @activity.defn(name="RecordRecommendation")
    async def record(self, recording: RecommendationRecording) -> None:
        """Writes one event and the recommendation after it.

        The key is its name and the event's number, so a retry changes nothing.

        Raises:
            RegisterConflictError: when the register has another event there; not retried.
        """
        recommendation, event = recording.recommendation, recording.event
        await self._recommendations.record(recommendation, event)
        log.info("recommendation_recorded", recommendation=recommendation.name, number=event.number)


class TellOfRecommendations(AuditMessages):
    """Tells people with one Slack app; of what its clock says, also by e-mail."""

    def __init__(
        self,
        lanes: Lanes,
        directory: Directory,
        absences: Absences,
        organisation: Organisation,
        ways: Ways,
    ) -> None:
        """Posts in the lanes of one app, to the people and channels of the organisation."""
        self._lanes = lanes
        self._memory = Memory()
        self._directory = directory
        self._absences = absences
        self._channel = organisation.channels.ost
        self._channels = Channels(lanes.client)
        self._ways = ways
        self._after = organisation.email.after

    @activity.defn(name="TellOfRecommendation")
    async def tell(self, notice: RecommendationNotice) -> None:
        """Tells its owner, OST's channel and, of an escalation, the people of its roles.

        Reminders and escalations go by e-mail when Slack takes too long, or is not to be used; what
        else there is to say waits for Slack.

        Raises:
            ApplicationError: for whatever Slack refuses, with Slack's own word as its type; when
                Slack asks to wait, the next attempt comes after that long.
            NotCheckedError: when Slack can't say who holds a role: it is tried again.
        """
        if not notice.is_alarm:
            await self._tell_in_slack(notice)
            return
        if await self._ways.deliveries.is_mail_only() and await self._mailed(notice, MAIL_ONLY):
            return
        try:
            await self._tell_in_slack(notice)
        except (*IS_AWAY, ApplicationError):
            if not (self._ways.are_late(self._after) and await self._mailed(notice, SLACK_IS_LATE)):
                raise

    async def _mailed(self, notice: RecommendationNotice, why: str) -> bool:
        """Whether a mailbox has it; who has it already is not written to again."""
        recommendation, said = notice.recommendation, said_of(notice)
        name, number = recommendation.name, recommendation.events
        roles = dict.fromkeys([*([Role.OST] if said.to_ost else []), *said.roles])
        owner = recommendation.owner if said.to_owner else None
        async with heartbeats():
            letters = await self._ways.mailer.letters_to(
                said.content, owner, roles if owner or roles else [Role.OST]
            )
            known = {to for _, to in await self._ways.deliveries.told(name, [number])}
            left = [each for each in letters if not known.issuperset(each.recipients)]
            attempt = activity.info().attempt
            sent = await self._ways.mailer.send_words(name, number, left, why, attempt, urgent=True)
            await self._ways.deliveries.add(sent, reference=name)
        return bool(letters) and len({each.recipient for each in sent} | known) > 0

    async def _tell_in_slack(self, notice: RecommendationNotice) -> None:
        """The same in Slack.

        Raises:
            ApplicationError: for whatever Slack refuses, with Slack's own word as its type; when
                Slack asks to wait, the next attempt comes after that long.
            NotCheckedError: when Slack can't say who holds a role: it is tried again.
        """
        with self._memory.attempt(activity.info()) as progress:
            async with in_slack(self._ways), self._ways.line.attempt():
                await self._tell(notice, Poster(self._lanes, progress))

    async def _tell(self, notice: RecommendationNotice, poster: Poster) -> None:
        said = said_of(notice)
        people = await self._there(notice, await self._people(notice, said))
        reached = [
            await self._sent(user, notice, content, poster) for user, content in people.items()
        ]
        former = notice.event.former_owner if notice.event else None
        if former and said.to_former:
            await self._sent(former, notice, said.to_former, poster)
        if said.to_ost or not all(reached) or not people:
            await self._post(notice, said, poster)

    async def _people(self, notice: RecommendationNotice, said: Said) -> dict[str, Content]:
        """Whom to tell, and what; who hears of it by several roles, what they can do most with."""
        owner = notice.recommendation.owner
        people = {owner: said.for_owner or said.content} if owner and said.to_owner else {}
        for role in sorted(said.roles, key=lambda role: role not in said.acting):
            for each in await self._acting_as(role, notice, said):
                people.setdefault(each, said.for_role(role))
        return people

    async def _acting_as(
        self, role: Role, notice: RecommendationNotice, said: Said
    ) -> Sequence[str]:
        """Who holds the role; where no DPO is there who can act, the deputy for them as well."""
        found = await self._directory.members(role, NO_AREA)
        can = [each for each in found if each not in said.but]
        if role is not Role.DPO or notice.event is None:
            return can
        away = await self._absences.away(can, notice.event.at)
        if any(each not in away for each in can):
            return can
        deputies = await self._directory.members(Role.DEPUTY_DPO, NO_AREA)
        return [*can, *(each for each in deputies if each not in said.but)]

    async def _there(
        self, notice: RecommendationNotice, people: dict[str, Content]
    ) -> dict[str, Content]:
        """Those of them whom an alarm finds; with nobody there OST's channel hears of it."""
        if not (notice.event and notice.is_alarm):
            return people
        away = await self._absences.away([*people], notice.event.at)
        return {each: content for each, content in people.items() if each not in away}

    async def _sent(
        self, user_id: str, notice: RecommendationNotice, content: Content, poster: Poster
    ) -> bool:
        key, urgency = _key(notice, user_id), _urgency(notice)
        return await told(poster, user_id, key, content, urgency=urgency)

    async def _post(self, notice: RecommendationNotice, said: Said, poster: Poster) -> None:
        channel = await self._channels.id_of(self._channel)
        await poster.post(channel, _key(notice, "ost"), said.content, urgency=_urgency(notice))


def _urgency(notice: RecommendationNotice) -> Urgency:
    return Urgency.ALARM if notice.is_alarm else Urgency.NOTICE


def _key(notice: RecommendationNotice, to: str) -> str:
    recommendation = notice.recommendation
    return f"{recommendation.name}:{recommendation.events}:{to}"
