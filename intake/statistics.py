"""Statistics for somebody who asked for them: counted, drawn, recorded as an export, and sent."""

import asyncio
import uuid
from datetime import UTC, date, datetime

import aiohttp
import structlog
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from activities.lanes import BehindError, Lanes
from activities.pictures import bytes_of, drawn, uploaded
from activities.posting import Poster, UndeliverableError
from activities.progress import Progress
from chat.messages.statistics import statistics_message
from chat.ports import MailOnlyError, NotSentError
from domain.organisation import Organisation
from register.deliveries import Deliveries
from register.exports import ExportNotRecordedError, Exports
from reports.statistics import Statistician

COUNTED_WITHIN_S = 30
REPORT, FORMAT = "statistics", "slack"
"""What the record of exports calls it."""

log = structlog.stdlib.get_logger(__name__)


class ChartDesk:
    """Sends charts by direct message, which can carry pictures; an answer for one alone can't."""

    def __init__(
        self,
        client: AsyncWebClient,
        statistician: Statistician,
        exports: Exports,
        deliveries: Deliveries,
        organisation: Organisation,
    ) -> None:
        """Sends with the client what the statistician counts."""
        self._client = client
        self._statistician = statistician
        self._exports = exports
        self._deliveries = deliveries
        self._organisation = organisation
        # Drawing takes a core; people who ask at once are served one after another.
        self._turn = asyncio.Semaphore()

    async def send(self, user_id: str, first_day: date, last_day: date) -> None:
        """Counts and draws, and sends the charts by direct message; recorded before it leaves.

        Raises:
            MailOnlyError: while Slack is not to be used.
            NotSentError: when any of that could not be done.
        """
        try:
            async with self._turn:
                await self._send(user_id, first_day, last_day)
        except (
            SQLAlchemyError,
            ExportNotRecordedError,
            SlackClientError,
            UndeliverableError,
            BehindError,
            aiohttp.ClientError,
            TimeoutError,
            OSError,
        ) as error:
            log.warning("statistics_not_sent", error=type(error).__name__)
            raise NotSentError from error

    async def _send(self, user_id: str, first_day: date, last_day: date) -> None:
        if await self._deliveries.is_mail_only():
            raise MailOnlyError
        counting = self._statistician.statistics(first_day, last_day, datetime.now(UTC))
        statistics = await asyncio.wait_for(counting, COUNTED_WITHIN_S)
        charts = await drawn(statistics, self._organisation)
        await self._exports.record(
            actor=user_id,
            report=REPORT,
            parameters={"from": first_day.isoformat(), "to": last_day.isoformat()},
            format=FORMAT,
            content=bytes_of(statistics, charts),
        )
        content = statistics_message(statistics, await uploaded(charts, self._client))
        poster = Poster(Lanes(self._client), Progress())
        await poster.post(await poster.dm(user_id), f"statistics:{uuid.uuid4()}", content)
        log.info("statistics_sent", pictures=sum(each.png is not None for each in charts))
