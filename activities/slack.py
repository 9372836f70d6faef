"""Showing the steps of a case in Slack: its cards, their thread, and direct messages."""

from collections.abc import Awaitable, Iterable
from typing import TypeVar

import structlog
from slack_sdk.errors import SlackApiError
from temporalio import activity

from activities.channels import Channels
from activities.lanes import BehindError, Lanes, Urgency
from activities.posting import (
    Poster,
    UndeliverableError,
    come_back,
    heartbeats,
    in_slacks_word,
)
from activities.presence import Presence, members
from activities.progress import Memory, Progress
from activities.signatures import Bulletins
from chat.directory import Directory
from chat.elements import section
from chat.messages.alarms import alarm_notices
from chat.messages.card import Content, dpo_card, former_card, ost_card
from chat.messages.choice import choice_notices, opens_the_choice
from chat.messages.notices import Notice, Place, notices
from chat.messages.outside import notices_from_outside
from chat.messages.story import story_line
from chat.messages.verdicts import verdict_notices
from domain.bulletin import Bulletin, Cards, Posted
from domain.case import Case
from domain.organisation import Organisation
from domain.steps import Alert, CaseEvent
from domain.taxonomy import Role
from runtime.metrics import spoken

NO_SIM = (
    ":information_source: No SIM of the Area could be told of this, so what a SIM would see to "
    "falls to OST."
)
"""Never why: that the only one is the person involved is not for the channel."""
ResultT = TypeVar("ResultT")
log = structlog.stdlib.get_logger(__name__)


class PublishToSlack(Bulletins):
    """Publishes bulletins with one Slack app."""

    def __init__(
        self,
        lanes: Lanes,
        directory: Directory,
        presence: Presence,
        organisation: Organisation,
    ) -> None:
        """Posts in the lanes of one app, to the channels and people of the organisation."""
        self._lanes = lanes
        self._memory = Memory()
        self._directory = directory
        self._presence = presence
        self._organisation = organisation
        self._channels = Channels(lanes.client)

    @activity.defn(name="PublishToSlack")
    async def publish(self, bulletin: Bulletin) -> Cards:
        """Shows the steps to whom they concern; returns where the case's cards stand.

        Alarms come first, then the cards, since everything else refers to them. A destination that
        can't be reached, or whose turn has not come, does not hold up the others. Retries are
        Temporal's.

        Raises:
            ApplicationError: for whatever Slack refuses, with Slack's own word as its type; when
                Slack asks to wait, the next attempt comes after that long.
        """
        info = activity.info()
        progress = self._memory.of(info)
        poster = Poster(self._lanes, progress)
        with structlog.contextvars.bound_contextvars(case=bulletin.case.reference):
            async with heartbeats():
                try:
                    cards = await self._publish(bulletin, poster)
                except SlackApiError as error:
                    raise in_slacks_word(error) from None
                finally:
                    progress.has_ended = True
        if poster.behind:
            raise come_back(max(poster.behind, key=lambda each: each.seconds))
        self._memory.forget(info)
        for event in bulletin.events:
            if isinstance(event.step, Alert):
                spoken("delivered", event.step.alarm.at, bulletin.case.opening.reported_at)
        return cards

    async def refresh(self, bulletin: Bulletin) -> None:
        """Edits the cards that stand already, so that the hours left on them are true.

        Raises:
            SlackApiError: for whatever Slack refuses; the next round comes soon.
        """
        poster = Poster(self._lanes, Progress())
        case, cards = bulletin.case, bulletin.cards
        if cards.ost:
            await poster.edit(cards.ost, ost_card(case, self._organisation, bulletin.now))
        if cards.dpo:
            await poster.edit(cards.dpo, dpo_card(case, self._organisation, bulletin.now))

    async def _publish(self, bulletin: Bulletin, poster: Poster) -> Cards:
        for event in bulletin.events:
            if isinstance(event.step, Alert):
                await self._tell(bulletin, event, bulletin.cards.ost, poster)
        cards = await self._show_cards(bulletin, poster)
        for event in bulletin.events:
            if cards.ost:
                await self._tell_story(bulletin, event, cards.ost, poster)
            if not isinstance(event.step, Alert):
                await self._tell(bulletin, event, cards.ost, poster)
            if not poster.behind:
                log.info("step_announced", number=event.number, step=event.step.kind)
        return cards

    async def _tell(
        self, bulletin: Bulletin, event: CaseEvent, card: Posted | None, poster: Poster
    ) -> None:
        for notice in await self._notices(bulletin, event):
            await self._send(bulletin, event, notice, card, poster)

    async def _show_cards(self, bulletin: Bulletin, poster: Poster) -> Cards:
        case, now, cards = bulletin.case, bulletin.now, bulletin.cards
        ost = await self._show_card(
            bulletin, Place.OST, cards.ost, ost_card(case, self._organisation, now), poster
        )
        dpo = cards.dpo
        if case.is_breach or case.letters or dpo or bulletin.former.dpo:
            dpo = await self._show_card(
                bulletin, Place.DPO, dpo, dpo_card(case, self._organisation, now), poster
            )
        await self._retire(bulletin, Place.OST, bulletin.former.ost, ost, poster)
        await self._retire(bulletin, Place.DPO, bulletin.former.dpo, dpo, poster)
        return Cards(ost=ost, dpo=dpo)

    async def _retire(
        self,
        bulletin: Bulletin,
        place: Place,
        former: Posted | None,
        card: Posted | None,
        poster: Poster,
    ) -> None:
        """Leaves nothing to press on a card whose place another has taken, but where that is."""
        if former and card and bulletin.cards == Cards():
            await _delivered(place, _lead_on(bulletin.case, former, card, poster), poster)

    async def _show_card(
        self,
        bulletin: Bulletin,
        place: Place,
        posted: Posted | None,
        content: Content,
        poster: Poster,
    ) -> Posted | None:
        """Edits the card where it stands, or posts it when there is none (any more)."""
        if posted and await poster.edit(posted, content):
            return posted
        # A card that has gone, or a case that is opened again, gets a card under a key of its own.
        key = f"{bulletin.case.reference}:card:{place}" + (f":after:{posted.ts}" if posted else "")
        if bulletin.case.reopenings:
            key += f":reopened:{bulletin.case.reopenings}"
        posting = self._post_to(place, key, content, poster, Urgency.CARD)
        return await _delivered(place, posting, poster)

    async def _tell_story(
        self, bulletin: Bulletin, event: CaseEvent, card: Posted, poster: Poster
    ) -> None:
        line = story_line(bulletin, event)
        if line is not None:
            key = f"{bulletin.case.reference}:{event.number}:story"
            await self._post_in_thread(card, key, line, poster)

    async def _post_in_thread(self, card: Posted, key: str, line: str, poster: Poster) -> None:
        content = Content(line, [section(line)])
        posting = poster.post(card.channel, key, content, thread=card.ts, urgency=Urgency.STORY)
        await _delivered(Place.OST, posting, poster)

    async def _notices(self, bulletin: Bulletin, event: CaseEvent) -> Iterable[Notice]:
        if not isinstance(event.step, Alert):
            return (
                *notices(bulletin, event),
                *verdict_notices(bulletin, event, self._organisation),
                *notices_from_outside(bulletin.case, event.step),
                *await self._of_the_choice(bulletin, event),
            )
        hearers = await self._presence.hears(bulletin.case, event.step, bulletin.now)
        return alarm_notices(bulletin, event.step, hearers, self._organisation)

    async def _of_the_choice(self, bulletin: Bulletin, event: CaseEvent) -> Iterable[Notice]:
        """Whoever has to make the referral choice since no OST lead can; nobody else hears."""
        if not opens_the_choice(event.step):
            return ()
        hearers = await self._presence.choosers_for_the_leads(bulletin.case, bulletin.now)
        return choice_notices(bulletin.case, hearers)

    async def _send(
        self,
        bulletin: Bulletin,
        event: CaseEvent,
        notice: Notice,
        card: Posted | None,
        poster: Poster,
    ) -> None:
        key = f"{bulletin.case.reference}:{event.number}:{notice.to}"
        urgency = Urgency.ALARM if isinstance(event.step, Alert) else Urgency.NOTICE
        if isinstance(notice.to, Place):
            posting = self._post_to(notice.to, key, notice.content, poster, urgency)
            await _delivered(notice.to, posting, poster)
            return
        people = await self._people(bulletin, notice.to)
        if card and notice.to is Role.SIM and not people:
            await self._post_in_thread(card, f"{key}:nobody", NO_SIM, poster)
        for user_id in people:
            posting = _post_dm(user_id, f"{key}:{user_id}", notice.content, poster, urgency)
            await _delivered("direct_message", posting, poster)

    async def _people(self, bulletin: Bulletin, to: Role | str) -> tuple[str, ...]:
        if not isinstance(to, Role):
            return (to,)
        found = await members(self._directory, to, bulletin.case)
        if not found:
            log.warning("nobody_in_role", role=to.value)
        return found

    async def _post_to(
        self, place: Place, key: str, content: Content, poster: Poster, urgency: Urgency
    ) -> Posted:
        name = str(getattr(self._organisation.channels, place.value))
        return await poster.post(await self._channels.id_of(name), key, content, urgency=urgency)


async def _post_dm(
    user_id: str, key: str, content: Content, poster: Poster, urgency: Urgency
) -> Posted:
    return await poster.post(await poster.dm(user_id), key, content, urgency=urgency)


async def _delivered(route: str, posting: Awaitable[ResultT], poster: Poster) -> ResultT | None:
    """What was posted; None when the destination can't be reached, or its turn has not come."""
    try:
        return await posting
    except BehindError as error:
        poster.behind.append(error)
    except UndeliverableError as error:
        log.error("slack_destination_unreachable", route=route, slack_error=error.code)
    return None


async def _lead_on(case: Case, former: Posted, card: Posted, poster: Poster) -> None:
    await poster.edit(former, former_card(case, await poster.link(card)))
