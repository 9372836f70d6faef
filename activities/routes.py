"""One message by the first route that takes it: Slack, a second channel, the lead, e-mail."""

from collections.abc import Awaitable, Iterable
from datetime import UTC, datetime
from enum import Enum
from typing import TypeVar

import structlog

from activities.channels import Channels
from activities.lanes import BehindError, Urgency
from activities.mailing import Mailer, recipient_of
from activities.posting import Poster, UndeliverableError
from activities.presence import members
from chat.directory import Directory
from chat.mail import UNREACHABLE
from chat.messages.card import Content
from chat.messages.notices import Notice, Place
from domain.bulletin import Bulletin, Posted
from domain.organisation import Organisation
from domain.steps import Alert, CaseEvent
from domain.taxonomy import Role
from register.deliveries import Delivery

CHANNEL, SECOND_CHANNEL = "channel", "second_channel"
LEAD, DIRECT_MESSAGE = "lead", "direct_message"
LEADS = {Place.OST: Role.OST_LEAD, Place.DPO: Role.DPO}
"""Who is told directly while a channel can't be reached."""


class Tried(Enum):
    """What became of a message."""

    TAKEN = "taken"
    LATER = "later"
    """Slack's rate is used up; it is posted when its turn comes."""
    NEVER = "never"


ResultT = TypeVar("ResultT")
log = structlog.stdlib.get_logger(__name__)


class Told:
    """Who has been told what of a bulletin: by earlier attempts and other routes, and by this."""

    def __init__(self, bulletin: Bulletin, attempt: int, before: set[tuple[int, str]]) -> None:
        """`before`: number of the event and recipient, as recorded."""
        self._reference = bulletin.case.reference
        self._numbers = [event.number for event in bulletin.events]
        self._attempt = attempt
        self._before = before
        self._missed: set[int] = set()
        self.deliveries: list[Delivery] = []

    def knows(self, event: CaseEvent, notice: Notice, user_id: str = "") -> bool:
        """Whether whom a notice is for was told, in person or by a mailbox of the role."""
        names = {user_id or recipient_of(notice), recipient_of(notice)}
        names |= {role.value for role in notice.roles}
        return any((event.number, name) in self._before for name in names)

    def add(self, event: CaseEvent, recipient: str, route: str) -> None:
        """Notes that a route took a message."""
        if (event.number, recipient) in self._before or self.knows_by_now(event, recipient):
            return
        now = datetime.now(UTC)
        self.deliveries.append(
            Delivery(self._reference, event.number, recipient, route, self._attempt, now)
        )

    def knows_by_now(self, event: CaseEvent, recipient: str) -> bool:
        """Whether this attempt told somebody."""
        return any(
            (each.number, each.recipient) == (event.number, recipient) for each in self.deliveries
        )

    def add_mailed(self, deliveries: Iterable[Delivery]) -> None:
        """Notes what e-mail took."""
        self.deliveries += deliveries

    def missed(self, event: CaseEvent) -> None:
        """Notes that no route took a message of this step."""
        self._missed.add(event.number)

    def announced(self) -> list[int]:
        """The steps of which nothing is left to tell."""
        return [number for number in self._numbers if number not in self._missed]


class Routes:
    """Tries one route after another, at once, when Slack says that trying again is no use."""

    def __init__(
        self,
        channels: Channels,
        directory: Directory,
        mailer: Mailer,
        organisation: Organisation,
    ) -> None:
        """Knows where everybody is."""
        self._channels = channels
        self._directory = directory
        self._mailer = mailer
        self._organisation = organisation

    async def to_channel(
        self, bulletin: Bulletin, event: CaseEvent, notice: Notice, poster: Poster, told: Told
    ) -> None:
        """Tells a channel or, where it can't be reached, whoever acts there."""
        if told.knows(event, notice):
            return
        place = Place(recipient_of(notice))
        for route, name in ((CHANNEL, place.value), (SECOND_CHANNEL, f"{place.value}_second")):
            channel = str(getattr(self._organisation.channels, name))
            if not channel:
                continue
            tried = await _tried(
                route, self._post(channel, event, notice, bulletin, poster), poster
            )
            if tried is Tried.TAKEN:
                told.add(event, place.value, route)
            if tried is not Tried.NEVER:
                return
        await self.instead_of_channel(bulletin, event, notice, poster, told)

    async def instead_of_channel(
        self, bulletin: Bulletin, event: CaseEvent, notice: Notice, poster: Poster, told: Told
    ) -> None:
        """Tells whoever acts in a channel that Slack does not reach: the lead, else by e-mail."""
        if told.knows(event, notice):
            return
        place = Place(recipient_of(notice))
        key = f"{bulletin.case.reference}:{event.number}:{place}"
        urgency, later = _urgency(event), False
        for user_id in await members(self._directory, LEADS[place], bulletin.case):
            posting = _dm(user_id, f"{key}:{user_id}", notice.content, poster, urgency)
            tried = await _tried(LEAD, posting, poster)
            later |= tried is Tried.LATER
            if tried is Tried.TAKEN:
                told.add(event, place.value, LEAD)
        if not later and not told.knows_by_now(event, place.value):
            await self._mail(bulletin, event, notice, told)

    async def to_person(
        self,
        bulletin: Bulletin,
        event: CaseEvent,
        notice: Notice,
        user_id: str,
        poster: Poster,
        told: Told,
    ) -> None:
        """Tells one person directly or, where Slack does not reach them, by e-mail."""
        if told.knows(event, notice, user_id):
            return
        key = f"{bulletin.case.reference}:{event.number}:{notice.to}:{user_id}"
        posting = _dm(user_id, key, notice.content, poster, _urgency(event))
        tried = await _tried(DIRECT_MESSAGE, posting, poster)
        if tried is Tried.TAKEN:
            told.add(event, user_id, DIRECT_MESSAGE)
        elif tried is Tried.NEVER:
            await self._mail(bulletin, event, Notice(user_id, notice.content, notice.roles), told)

    async def _post(
        self, channel: str, event: CaseEvent, notice: Notice, bulletin: Bulletin, poster: Poster
    ) -> Posted:
        key = f"{bulletin.case.reference}:{event.number}:{notice.to}"
        conversation = await self._channels.id_of(channel)
        return await poster.post(conversation, key, notice.content, urgency=_urgency(event))

    async def _mail(self, bulletin: Bulletin, event: CaseEvent, notice: Notice, told: Told) -> None:
        case = bulletin.case
        letters = await self._mailer.letters(case, event.step, [notice])
        why = UNREACHABLE.format(reference=case.reference)
        sent = await self._mailer.send(case, event, letters, why, attempt=1)
        told.add_mailed(sent)
        if not sent:
            log.error("nobody_told", case=case.reference, number=event.number)
            if isinstance(event.step, Alert) or isinstance(notice.to, Place):
                told.missed(event)


async def reached(route: str, posting: Awaitable[ResultT], poster: Poster) -> ResultT | None:
    """What was posted; None when the destination can't be reached, or its turn has not come."""
    try:
        return await posting
    except BehindError as error:
        poster.behind.append(error)
    except UndeliverableError as error:
        log.error("slack_destination_unreachable", route=route, slack_error=error.code)
    return None


async def _tried(route: str, posting: Awaitable[Posted], poster: Poster) -> Tried:
    late = len(poster.behind)
    if await reached(route, posting, poster):
        return Tried.TAKEN
    return Tried.LATER if len(poster.behind) > late else Tried.NEVER


def _urgency(event: CaseEvent) -> Urgency:
    return Urgency.ALARM if isinstance(event.step, Alert) else Urgency.NOTICE


async def _dm(user_id: str, key: str, content: Content, poster: Poster, urgency: Urgency) -> Posted:
    return await poster.post(await poster.dm(user_id), key, content, urgency=urgency)
