"""Telling of a case by e-mail: to whom, in the words of its messages in Slack, once each."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import structlog

from chat import mail
from chat.directory import Directory
from chat.messages.alarms import ACTS, alarm_notices
from chat.messages.card import Content
from chat.messages.notices import Notice, Place, notices
from chat.messages.outside import notices_from_outside
from chat.messages.verdicts import verdict_notices
from domain.audience import Audience, reminded
from domain.bulletin import Bulletin
from domain.case import Case
from domain.organisation import Organisation
from domain.steps import Alert, CaseEvent, Reclassification, ReportReceived, Review, Step
from domain.taxonomy import Classification, Role
from register.deliveries import Delivery
from runtime.smtp import Mail, MailDownError, Mailing, MailRefusedError, Smtp

EMAIL = "email"
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Letter:
    """What one mailbox gets of a step, and for whom: a mailbox may be that of several roles."""

    address: str
    content: Content
    recipients: tuple[str, ...]


def first_cards(case: Case, step: Step) -> Iterator[Notice]:
    """What the first card of a case tells its channel; later ones are edited in silence."""
    if isinstance(step, ReportReceived):
        yield Notice(Place.OST, mail.new_card(case))
    found = step.classification if isinstance(step, Review | Reclassification) else None
    if found is Classification.BREACH and case.is_breach:
        yield Notice(Place.DPO, mail.new_card(case))


def mailed_notices(
    bulletin: Bulletin, event: CaseEvent, organisation: Organisation
) -> Iterator[Notice]:
    """All that people hear of a step, with roles in place of the people who hold them.

    Who they are can't be asked while Slack is down; a role's mailbox is read whoever is away. The
    referral choice that falls to a DPO is not among it: nobody else may read that.
    """
    case, step = bulletin.case, event.step
    yield from first_cards(case, step)
    if not isinstance(step, Alert):
        yield from notices(bulletin, event)
        yield from verdict_notices(bulletin, event, organisation)
        yield from notices_from_outside(case, step)
        return
    if step.alarm.past_due:
        roles = {role.value: (role,) for role in step.alarm.to}
        hearers = Audience(tuple(roles), roles=roles)
    else:
        whose = reminded(case, step)
        hearers = Audience((whose,) if whose else ())
    yield from alarm_notices(bulletin, step, hearers, organisation)


class Mailer:
    """Sends what people hear of cases through one mail server, if there is one."""

    def __init__(self, smtp: Smtp | None, directory: Directory, organisation: Organisation) -> None:
        """Sends to the mailboxes of the organisation, and to people of the same domains."""
        self._smtp = smtp
        self._directory = directory
        self._organisation = organisation
        self._domains = {_domain(each) for each in organisation.mailboxes()}

    @property
    def is_on(self) -> bool:
        """Whether there is a mail server."""
        return self._smtp is not None

    async def letters(self, case: Case, step: Step, found: list[Notice]) -> list[Letter]:
        """The notices by mailbox, each mailbox once; what nobody has an address for is left out."""
        by_address: dict[str, Letter] = {}
        for notice in found:
            address = await self._address(case, step, notice)
            known = by_address.get(address)
            recipient = recipient_of(notice)
            if known and recipient not in known.recipients:
                by_address[address] = replace(known, recipients=(*known.recipients, recipient))
            elif address and not known:
                by_address[address] = Letter(address, notice.content, (recipient,))
        return list(by_address.values())

    async def send(
        self, case: Case, event: CaseEvent, letters: list[Letter], why: str, attempt: int
    ) -> list[Delivery]:
        """Sends each letter; the deliveries of those that the server took."""
        if not self._smtp or not letters:
            return []
        mails = [
            Mail(
                to=letter.address,
                subject=mail.subject(letter.content),
                text=mail.body(case, letter.content, why, self._organisation),
                key=f"{case.reference}.{event.number}.{letter.recipients[0]}",
                urgent=isinstance(event.step, Alert | ReportReceived),
            )
            for letter in letters
        ]
        taken = await self._taken(mails, event.number)
        return [
            Delivery(case.reference, event.number, each, EMAIL, attempt, datetime.now(UTC))
            for letter, sent in zip(letters, mails, strict=True)
            if sent in taken
            for each in letter.recipients
        ]

    async def send_to_hr(
        self, reference: str, number: int, content: Content, why: str, attempt: int
    ) -> list[Delivery]:
        """Sends what HR hears of a referral to HR's own mailbox, and to no other."""
        address = self._organisation.email.of(Role.HR)
        letters = [Letter(address, content, (Role.HR.value,))] if address else []
        return await self.send_words(reference, number, letters, why, attempt)

    async def send_words(
        self,
        reference: str,
        number: int,
        letters: list[Letter],
        why: str,
        attempt: int,
        *,
        urgent: bool = False,
    ) -> list[Delivery]:
        """Sends what is about no case, each letter in its own words; what the server took."""
        mails = {
            Mail(
                to=letter.address,
                subject=mail.subject(letter.content),
                text=f"{mail.plain(letter.content.text)}\n\n{why}\n",
                key=f"{reference}.{number}.{letter.recipients[0]}",
                urgent=urgent,
            ): letter
            for letter in letters
        }
        return [
            Delivery(reference, number, each, EMAIL, attempt, datetime.now(UTC))
            for sent in await self._taken([*mails], number)
            for each in mails[sent].recipients
        ]

    async def letters_to(
        self, content: Content, person: str | None, roles: Collection[Role]
    ) -> list[Letter]:
        """The same words to somebody's own mailbox and those of roles, each mailbox once.

        Who has no mailbox of the organisation's domains hears of it by OST's.
        """
        found: dict[str, list[str]] = {}
        for role in roles:
            found.setdefault(self._organisation.email.of(role), []).append(role.value)
        if person:
            own = await self._directory.email(person)
            known = bool(own) and _domain(own) in self._domains
            address = own if known else self._organisation.email.of(Role.OST)
            found.setdefault(address, []).append(person)
        return [Letter(address, content, tuple(to)) for address, to in found.items() if address]

    async def send_own(self, mails: list[Mail]) -> list[Mail]:
        """Sends to people's own mailboxes, of the organisation's domains alone; what was taken."""
        return await self._taken([each for each in mails if _domain(each.to) in self._domains])

    async def _taken(self, mails: list[Mail], number: int | None = None) -> list[Mail]:
        """Those that the mail server took."""
        taken: list[Mail] = []
        if not self._smtp or not mails:
            return taken
        try:
            async with self._smtp.connected() as mailing:
                for sent in mails:
                    taken += [sent] if await _accepted(mailing, sent, number) else []
        except MailDownError as error:
            log.error("email_not_sent", number=number, reason=str(error))
        if taken:
            log.info("email_sent", number=number)
        return taken

    async def _address(self, case: Case, step: Step, notice: Notice) -> str:
        """Where e-mail reaches whom a notice is for; empty for nowhere."""
        if isinstance(notice.to, Place):
            return self._mailbox(case, Role(notice.to.value))
        if role := role_of(notice):
            return self._mailbox(case, role)
        own = await self._directory.email(str(notice.to))
        if own and _domain(own) in self._domains:
            return own
        # An alarm must reach somebody; what is for one person alone waits for Slack.
        return self._mailbox(case, ACTS[step.clock][0]) if isinstance(step, Alert) else ""

    def _mailbox(self, case: Case, role: Role) -> str:
        if role is Role.SIM and case.involved:
            # The person involved may be the one who reads it; as in Slack it then falls to OST.
            role = Role.OST
        return self._organisation.mailbox(role, case.area)


def recipient_of(notice: Notice) -> str:
    """Whom a notice is for, as deliveries name it."""
    return notice.to.value if isinstance(notice.to, Role | Place) else notice.to


def role_of(notice: Notice) -> Role | None:
    """The role that a notice is for as a whole."""
    if isinstance(notice.to, Role):
        return notice.to
    return next((role for role in Role if role.value == notice.to), None)


async def _accepted(mailing: Mailing, sent: Mail, number: int | None) -> bool:
    try:
        await mailing.send(sent)
    except MailRefusedError as error:
        # Others may have another mailbox, and get theirs.
        log.error("email_refused", number=number, status=int(str(error)))
        return False
    return True


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()
