"""What Slack has not shown in time goes by e-mail, whatever holds Slack up; the case is not asked.

It reads the register alone: while Slack is down, a case's workflow waits to announce what was
first, and its later alarms wait behind that.
"""

import asyncio
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from activities.mailing import mailed_notices, recipient_of
from activities.ways import Ways
from chat.mail import MAIL_ONLY, SLACK_IS_LATE
from domain.bulletin import Bulletin, Cards
from domain.case import Case
from domain.case_clocks import runs
from domain.organisation import Organisation
from domain.steps import Alert, CaseEvent
from register.deliveries import Waiting
from register.store import Store

EVERY_S = 5
ALARM = "alert"
"""The kind of a clock's step: these go first."""

log = structlog.stdlib.get_logger(__name__)


class LateAlerts:
    """Mails what waits for too long."""

    def __init__(self, ways: Ways, store: Store, organisation: Organisation) -> None:
        """Reads from the register, sends by the ways."""
        self.line, self._mailer, self._deliveries = ways.line, ways.mailer, ways.deliveries
        self._store = store
        self._organisation = organisation

    async def mail_for_ever(self) -> None:
        """Looks every few seconds, for as long as the worker runs."""
        while self._mailer.is_on:
            try:
                await self.mail(datetime.now(UTC))
            except (SQLAlchemyError, OSError) as error:
                log.warning("late_alerts_not_read", error=type(error).__name__)
            await asyncio.sleep(EVERY_S)

    async def mail(self, now: datetime) -> int:
        """Mails what Slack has not shown in time as of `now` (aware); how many steps went out.

        In time is at once while Slack refuses our token, or must not be used.
        """
        mail_only = await self._deliveries.is_mail_only()
        patience = self._organisation.email.after
        if mail_only or self.line.refused:
            patience = timedelta()
        why = MAIL_ONLY if mail_only else SLACK_IS_LATE
        waiting = await self._deliveries.waiting(now - patience)
        mailed = 0
        for each in sorted(waiting, key=lambda each: each.kind != ALARM):
            claimed = await self._deliveries.claim(each, now)
            if claimed and await self._mailed(claimed, why, now):
                await self._deliveries.mailed(claimed, now)
                mailed += 1
        return mailed

    async def _mailed(self, waiting: Waiting, why: str, now: datetime) -> bool:
        """Whether everybody has heard who can be reached by e-mail."""
        case = await self._store.case(waiting.reference)
        event = await self._event(waiting)
        if case is None or event is None or _is_past(case, event):
            return True
        bulletin = Bulletin(case=case, events=(event,), cards=Cards(), now=max(now, event.at))
        told = await self._deliveries.told(case.reference, [event.number])
        notices = [
            notice
            for notice in mailed_notices(bulletin, event, self._organisation)
            if (event.number, recipient_of(notice)) not in told
        ]
        letters = await self._mailer.letters(case, event.step, notices)
        sent = await self._mailer.send(case, event, letters, why, waiting.attempts)
        await self._deliveries.add(sent, reference=case.reference)
        return len(sent) == sum(len(letter.recipients) for letter in letters)

    async def _event(self, waiting: Waiting) -> CaseEvent | None:
        events = await self._store.events(waiting.reference)
        return next((each for each in events if each.number == waiting.number), None)


def _is_past(case: Case, event: CaseEvent) -> bool:
    """Whether an alarm is about what has been done since."""
    step = event.step
    return isinstance(step, Alert) and not runs(case, step.clock, step.number)
