"""Showing the steps of a case in Slack: its cards, their thread, and direct messages."""

from collections.abc import Iterable

import structlog
from slack_sdk.errors import SlackApiError
from temporalio import activity

from activities.channels import Channels
from activities.lanes import Lanes, Urgency
from activities.mailing import first_cards
from activities.posting import (
    Poster,
    come_back,
    heartbeats,
    in_slacks_word,
)
from activities.presence import Presence, members
from activities.progress import Memory, Progress
from activities.routes import CHANNEL, Routes, Told, reached
from activities.signatures import Bulletins
from activities.ways import Ways
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
log = structlog.stdlib.get_logger(__name__)


class PublishToSlack(Bulletins):
    """Publishes bulletins with one Slack app."""

    def __init__(
        self,
        lanes: Lanes,
        directory: Directory,
        presence: Presence,
        organisation: Organisation,
        ways: Ways,
    ) -> None:
        """Posts in the lanes of one app, to the channels and people of the organisation."""
        self._lanes = lanes
        self._memory = Memory()
        self._directory = directory
        self._presence = presence
        self._organisation = organisation
        self._channels = Channels(lanes.client)
        self._ways = ways
        self._routes = Routes(self._channels, directory, ways.mailer, organisation)

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
        with (
            structlog.contextvars.bound_contextvars(case=bulletin.case.reference),
            self._memory.attempt(info) as progress,
        ):
            poster = Poster(self._lanes, progress)
            async with heartbeats():
                await self._ways.raise_if_mail_only()
                try:
                    async with self._ways.line.attempt():
                        cards = await self._publish_and_record(bulletin, poster, info.attempt)
                except SlackApiError as error:
                    raise in_slacks_word(error) from None
            if poster.behind:
                raise come_back(max(poster.behind, key=lambda each: each.seconds))
        for event in bulletin.events:
            if isinstance(event.step, Alert):
                spoken("delivered", event.step.alarm.at, bulletin.case.opening.reported_at)
        return cards

    async def refresh(self, bulletin: Bulletin) -> None:
        """Edits the cards that stand already, so that the hours left on them are true.

        Raises:
            SlackApiError: for whatever Slack refuses; the next round comes soon.
        """
        if await self._ways.deliveries.is_mail_only():
            return
        poster = Poster(self._lanes, Progress())
        case, cards = bulletin.case, bulletin.cards
        if cards.ost:
            await poster.edit(cards.ost, ost_card(case, self._organisation, bulletin.now))
        if cards.dpo:
            await poster.edit(cards.dpo, dpo_card(case, self._organisation, bulletin.now))

    async def _publish_and_record(self, bulletin: Bulletin, poster: Poster, attempt: int) -> Cards:
        """What was delivered is recorded also when Slack fails on the way: it is not said twice."""
        reference, deliveries = bulletin.case.reference, self._ways.deliveries
        before = await deliveries.told(reference, [event.number for event in bulletin.events])
        told = Told(bulletin, attempt, before)
        try:
            cards = await self._publish(bulletin, poster, told)
        except BaseException:
            await deliveries.add(told.deliveries, reference=reference)
            raise
        announced = () if poster.behind else told.announced()
        await deliveries.add(told.deliveries, reference=reference, announced=announced)
        return cards

    async def _publish(self, bulletin: Bulletin, poster: Poster, told: Told) -> Cards:
        for event in bulletin.events:
            if isinstance(event.step, Alert):
                await self._tell(bulletin, event, bulletin.cards.ost, poster, told)
        cards = await self._show_cards(bulletin, poster)
        for event in bulletin.events:
            if cards.ost:
                await self._tell_story(bulletin, event, cards.ost, poster)
            if not isinstance(event.step, Alert):
                await self._tell_of_first_cards(bulletin, event, cards, poster, told)
                await self._tell(bulletin, event, cards.ost, poster, told)
            if not poster.behind:
                log.info("step_announced", number=event.number, step=event.step.kind)
        return cards

    async def _tell(
        self,
        bulletin: Bulletin,
        event: CaseEvent,
        card: Posted | None,
        poster: Poster,
        told: Told,
    ) -> None:
        for notice in await self._notices(bulletin, event):
            await self._send(bulletin, event, notice, card, poster, told)

    async def _tell_of_first_cards(
        self, bulletin: Bulletin, event: CaseEvent, cards: Cards, poster: Poster, told: Told
    ) -> None:
        """A card that can't be posted must not be the only word of what waits for somebody."""
        for notice in first_cards(bulletin.case, event.step):
            place = Place(str(notice.to))
            if cards.ost if place is Place.OST else cards.dpo:
                told.add(event, place.value, CHANNEL)
            elif not poster.behind:
                await self._routes.to_channel(bulletin, event, notice, poster, told)

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
            await reached(place, _lead_on(bulletin.case, former, card, poster), poster)

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
        return await reached(place, posting, poster)

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
        await reached(Place.OST, posting, poster)

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
        told: Told,
    ) -> None:
        if isinstance(notice.to, Place):
            await self._routes.to_channel(bulletin, event, notice, poster, told)
            return
        people = await self._people(bulletin, notice.to)
        if card and notice.to is Role.SIM and not people:
            key = f"{bulletin.case.reference}:{event.number}:{notice.to}:nobody"
            await self._post_in_thread(card, key, NO_SIM, poster)
        for user_id in people:
            await self._routes.to_person(bulletin, event, notice, user_id, poster, told)

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


async def _lead_on(case: Case, former: Posted, card: Posted, poster: Poster) -> None:
    await poster.edit(former, former_card(case, await poster.link(card)))
