"""Telling HR of a referral: by direct message, to nobody whom it concerns, in no channel."""

import structlog
from slack_sdk.errors import SlackApiError
from temporalio import activity

from activities.lanes import BehindError, Lanes, Urgency
from activities.posting import (
    Poster,
    UndeliverableError,
    come_back,
    heartbeats,
    in_slacks_word,
)
from activities.progress import Memory
from activities.signatures import HrMessages
from chat.directory import Directory
from chat.messages.card import Content
from chat.messages.referrals import for_hr, for_referrer
from domain.discipline.outward import HrNotice
from domain.discipline.proceeding import Referral
from domain.discipline.rules import may_handle
from domain.taxonomy import Role

log = structlog.stdlib.get_logger(__name__)


class TellHr(HrMessages):
    """Tells HR with one Slack app."""

    def __init__(self, lanes: Lanes, directory: Directory) -> None:
        """Posts in the lanes of one app, to whom the directory finds in HR's group."""
        self._lanes = lanes
        self._memory = Memory()
        self._directory = directory

    @activity.defn(name="TellHr")
    async def tell(self, notice: HrNotice) -> None:
        """Tells those in HR who may handle it; with nobody there, whoever referred it.

        Raises:
            ApplicationError: when Slack asks to wait; the next attempt comes after that long.
            NotCheckedError: when Slack can't say who they are: then nobody is told yet.
            SlackApiError: for whatever else Slack refuses.
        """
        info = activity.info()
        progress = self._memory.of(info)
        async with heartbeats():
            try:
                await self._tell(notice, Poster(self._lanes, progress))
            except SlackApiError as error:
                raise in_slacks_word(error) from None
            except BehindError as error:
                raise come_back(error) from None
            finally:
                progress.has_ended = True
        self._memory.forget(info)

    async def _tell(self, notice: HrNotice, poster: Poster) -> None:
        referral = notice.proceeding.referral
        people = await self._handlers(referral)
        reached = [await self._sent(user, notice, for_hr(notice), poster) for user in people]
        if not any(reached):
            log.error("nobody_in_role", role=Role.HR.value)
            await self._sent(referral.referred_by, notice, for_referrer(notice), poster)

    async def _handlers(self, referral: Referral) -> list[str]:
        members = await self._directory.members(Role.HR, referral.area)
        actors = [await self._directory.actor(user) for user in members]
        return [actor.user_id for actor in actors if may_handle(referral, actor)]

    async def _sent(self, user_id: str, notice: HrNotice, content: Content, poster: Poster) -> bool:
        key = f"{notice.proceeding.reference}:{notice.event.number}:{user_id}"
        try:
            await poster.post(await poster.dm(user_id), key, content, urgency=Urgency.ALARM)
        except UndeliverableError as error:
            log.error(
                "slack_destination_unreachable", route="direct_message", slack_error=error.code
            )
            return False
        return True
