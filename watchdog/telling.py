"""Telling a place what was found, by the first route that takes it: Slack, else e-mail.

An answer that Slack loses may have it told twice: better than not at all.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from activities.channels import Channels
from activities.posting import UndeliverableError
from domain.clocks import london
from domain.organisation import Organisation
from domain.taxonomy import Role
from runtime.slack import slack_code
from runtime.smtp import Mail, MailDownError, MailRefusedError, Smtp
from watchdog.findings import Place
from watchdog.memory import Known
from watchdog.telling_hr import IN_PERSON, HrReaders

MOST = 20
"""Findings of one message; the others are counted."""

log = structlog.stdlib.get_logger(__name__)


def subject(new: Sequence[Known]) -> str:
    """The first line of a message."""
    if not new:
        return "Breach Desk watchdog: over"
    things = "1 thing needs" if len(new) == 1 else f"{len(new)} things need"
    return f"Breach Desk watchdog: {things} somebody now"


def words(new: Sequence[Known], over: Sequence[Known]) -> str:
    """A message about what there is, and what is over; plain text, no personal data."""
    lines = [subject(new)]
    for each in new[:MOST]:
        lines += [
            "",
            f"- {each.what} (since {london(each.since)}).",
            f"  What to do: {each.finding.do}",
        ]
    if len(new) > MOST:
        lines += ["", f"- and {len(new) - MOST} more: `python -m watchdog --once` lists them."]
    lines += ["", *(f"- Over: {each.what}." for each in over[:MOST])] if over else []
    if len(over) > MOST:
        lines.append(f"- Over: {len(over) - MOST} more.")
    return "\n".join(lines)


class Teller:
    """Knows the routes to each place."""

    def __init__(
        self,
        slack: AsyncWebClient,
        smtp: Smtp | None,
        organisation: Organisation,
        readers: HrReaders,
    ) -> None:
        """Uses Slack, and a mail server if there is one; `readers` knows who hears of referrals."""
        self._readers = readers
        self._slack = slack
        self._channels = Channels(slack)
        self._smtp = smtp
        self._organisation = organisation

    async def tell(
        self,
        place: Place,
        new: Sequence[Known],
        over: Sequence[Known],
        now: datetime,
        *,
        mail_only: bool,
    ) -> str:
        """Tells a place; the route that took it, empty for none."""
        text = words(new, over)
        if place is Place.HR and not mail_only:
            about = next(each.about for each in (*new, *over))
            if await self._told_hr(about, text):
                return "direct_message"
        elif not mail_only:
            channels = self._organisation.channels
            second = channels.ost_second if place is Place.OST else channels.dpo_second
            first = channels.ost if place is Place.OST else channels.dpo
            for name in filter(None, (first, second)):
                if await self._posted(name, text):
                    return "channel"
        if await self._mailed(place, subject(new), text, now):
            return "email"
        log.error("watchdog_told_nobody", role=place.value)
        return ""

    async def _told_hr(self, reference: str, text: str) -> bool:
        handlers, referrer = await self._readers.of(reference)
        reached = [await self._posted_to(user, text) for user in handlers]
        if any(reached) or not referrer or (self._smtp and self._organisation.email.of(Role.HR)):
            return any(reached)
        return await self._posted_to(referrer, f"{text}\n\n{IN_PERSON}")

    async def _posted(self, channel: str, text: str) -> bool:
        return await self._post(lambda: self._channels.id_of(channel), text)

    async def _posted_to(self, user_id: str, text: str) -> bool:
        async def own() -> str:
            answer = await self._slack.conversations_open(users=user_id)
            return str(answer["channel"]["id"])

        return await self._post(own, text)

    async def _post(self, where: Callable[[], Awaitable[str]], text: str) -> bool:
        try:
            await self._slack.chat_postMessage(channel=await where(), text=text, unfurl_links=False)
        except SlackApiError as error:
            log.warning("watchdog_not_posted", slack_error=slack_code(error))
        except UndeliverableError as error:
            log.warning("watchdog_not_posted", slack_error=error.code)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("watchdog_not_posted", error=type(error).__name__)
        else:
            return True
        return False

    async def _mailed(self, place: Place, first: str, text: str, now: datetime) -> bool:
        address = self._organisation.email.of(Role(place.value))
        if not self._smtp or not address:
            return False
        mail = Mail(
            to=address,
            subject=first,
            text=f"{text}\n",
            key=f"watchdog.{place.value}.{now:%Y%m%dT%H%M%S%f}",
            urgent=True,
        )
        try:
            async with self._smtp.connected() as mailing:
                await mailing.send(mail)
        except (MailDownError, MailRefusedError) as error:
            log.warning("watchdog_not_mailed", error=type(error).__name__)
            return False
        return True
