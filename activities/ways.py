"""What all activities that tell people share: the line to Slack, e-mail, and what was delivered."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.line import Line
from activities.mailing import Mailer
from chat.ports import NotCheckedError
from register.deliveries import Deliveries

IS_AWAY = (SlackClientError, NotCheckedError, ClientError, OSError, TimeoutError)
"""How it shows that Slack refuses, or does not answer."""
MAIL_ONLY = "MailOnly"
LOOK_AGAIN_IN = timedelta(seconds=10)
"""Whether Slack may be used again."""


@dataclass(frozen=True)
class Ways:
    """The ways to people."""

    line: Line
    mailer: Mailer
    deliveries: Deliveries

    def are_late(self, after: timedelta) -> bool:
        """Whether Slack refuses our token, or this activity has waited for it for so long."""
        waited = datetime.now(UTC) - activity.info().scheduled_time
        return bool(self.line.refused) or waited >= after

    async def raise_if_mail_only(self) -> None:
        """Leaves Slack alone while an operator says so; what is to be shown there waits.

        Raises:
            ApplicationError: then; its type is what operators see of it in Temporal.
        """
        if await self.deliveries.is_mail_only():
            raise ApplicationError(
                "Slack is not to be used", type=MAIL_ONLY, next_retry_delay=LOOK_AGAIN_IN
            )
