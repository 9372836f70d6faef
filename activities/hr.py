"""Telling HR of a referral: by direct message, to nobody whom it concerns, in no channel."""

from datetime import timedelta

import structlog
from slack_sdk.errors import SlackApiError
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.in_slack import told
from activities.lanes import BehindError, Lanes, Urgency
from activities.posting import (
    Poster,
    come_back,
    heartbeats,
    in_slacks_word,
)
from activities.progress import Memory
from activities.signatures import HrMessages
from activities.ways import IS_AWAY, Ways
from chat.directory import Directory
from chat.mail import MAIL_ONLY, SLACK_IS_LATE, UNREACHABLE
from chat.messages.card import Content
from chat.messages.referrals import for_hr, for_referrer
from domain.discipline.outward import HrNotice
from domain.discipline.proceeding import Referral
from domain.discipline.rules import may_handle
from domain.taxonomy import Role

log = structlog.stdlib.get_logger(__name__)


class TellHr(HrMessages):
    """Tells HR with one Slack app."""

    def __init__(self, lanes: Lanes, directory: Directory, ways: Ways, after: timedelta) -> None:
        """Posts in the lanes of one app, to whom the directory finds in HR's group.

        Args:
            lanes: of one Slack app.
            directory: knows who is in HR.
            ways: e-mail, where Slack does not take it.
            after: how long Slack may take first.
        """
        self._lanes = lanes
        self._memory = Memory()
        self._directory = directory
        self._ways = ways
        self._after = after

    @activity.defn(name="TellHr")
    async def tell(self, notice: HrNotice) -> None:
        """Tells those in HR who may handle it; with nobody there, whoever referred it.

        HR's mailbox hears of it in their place when Slack takes too long, or is not to be used.

        Raises:
            ApplicationError: when Slack asks to wait; the next attempt comes after that long.
            NotCheckedError: when Slack can't say who they are: then nobody is told yet.
            SlackApiError: for whatever else Slack refuses.
        """
        with self._memory.attempt(activity.info()) as progress:
            async with heartbeats():
                await self._told(notice, Poster(self._lanes, progress))

    async def _told(self, notice: HrNotice, poster: Poster) -> None:
        if await self._ways.deliveries.is_mail_only():
            if await self._mailed(notice, MAIL_ONLY):
                return
            await self._ways.raise_if_mail_only()
        try:
            async with self._ways.line.attempt():
                await self._tell(notice, poster)
        except (*IS_AWAY, ApplicationError, BehindError) as error:
            if not (self._ways.are_late(self._after) and await self._mailed(notice, SLACK_IS_LATE)):
                raise _in_a_word(error) from None

    async def _mailed(self, notice: HrNotice, why: str) -> bool:
        """Whether HR's mailbox has it."""
        reference, number = notice.proceeding.reference, notice.event.number
        sent = await self._ways.mailer.send_to_hr(
            reference, number, for_hr(notice), why, activity.info().attempt
        )
        await self._ways.deliveries.add(sent, reference=reference)
        return bool(sent)

    async def _tell(self, notice: HrNotice, poster: Poster) -> None:
        referral = notice.proceeding.referral
        people = await self._handlers(referral)
        reached = [await self._sent(user, notice, for_hr(notice), poster) for user in people]
        if not any(reached):
            log.error("nobody_in_role", role=Role.HR.value)
            if await self._mailed(notice, UNREACHABLE.format(reference=referral.reference)):
                return
            await self._sent(referral.referred_by, notice, for_referrer(notice), poster)

    async def _handlers(self, referral: Referral) -> list[str]:
        members = await self._directory.members(Role.HR, referral.area)
        actors = [await self._directory.actor(user) for user in members]
        return [actor.user_id for actor in actors if may_handle(referral, actor)]

    async def _sent(self, user_id: str, notice: HrNotice, content: Content, poster: Poster) -> bool:
        key = f"{notice.proceeding.reference}:{notice.event.number}:{user_id}"
        return await told(poster, user_id, key, content, urgency=Urgency.ALARM)


def _in_a_word(error: Exception) -> Exception:
    """What Temporal is told, and when to try again."""
    if isinstance(error, SlackApiError):
        return in_slacks_word(error)
    return come_back(error) if isinstance(error, BehindError) else error
