"""Digests: counted in the register, and posted to the channel of those who act on them."""

from datetime import UTC, datetime

import structlog
from temporalio import activity

from activities.channels import Channels
from activities.in_slack import in_slack
from activities.lanes import Lanes
from activities.pictures import bytes_of, drawn, uploaded
from activities.posting import Poster
from activities.progress import Progress
from activities.signatures import Digests
from activities.ways import Ways
from chat.messages.statistics import IN_DIGEST, digest_message
from domain.clocks import end_of
from domain.digest import Digest, DigestKind, DigestPeriod
from domain.organisation import Organisation
from register.exports import Exports
from reports.digest import Compiler

REPORT, FORMAT, ACTOR = "digest", "slack", "breach-desk"
"""What the record of exports calls it: nobody asked for it."""

log = structlog.stdlib.get_logger(__name__)


class PostDigests(Digests):
    """Counts in one register and posts with one Slack app."""

    def __init__(
        self,
        lanes: Lanes,
        compiler: Compiler,
        exports: Exports,
        organisation: Organisation,
        ways: Ways,
    ) -> None:
        """Posts in the lanes of one app, to the channels of the organisation."""
        self._ways = ways
        self._lanes = lanes
        self._compiler = compiler
        self._exports = exports
        self._organisation = organisation
        self._channels = Channels(lanes.client)

    @activity.defn(name="CompileDigest")
    async def compile(self, period: DigestPeriod) -> Digest:
        """Counts what happened in a period, and what is open now.

        Raises:
            Exception: what the database raises when it can't be reached.
        """
        return await self._compiler.digest(period, datetime.now(UTC))

    @activity.defn(name="PostDigest")
    async def post(self, digest: Digest) -> None:
        """Posts a digest unless its channel has it, however long ago it was posted.

        Raises:
            ApplicationError: what `in_slack` raises.
            ExportNotRecordedError: when the register did not take the record of it.
        """
        async with in_slack(self._ways, "digest"):
            await self._post(digest)

    async def _post(self, digest: Digest) -> None:
        period, channels = digest.period, self._organisation.channels
        name = channels.ost if period.kind is DigestKind.WEEKLY else channels.dpo
        channel = await self._channels.id_of(name)
        poster = Poster(self._lanes, Progress(is_certain=False), since=end_of(period.last_day))
        if await poster.posted(channel, period.key):
            log.info("digest_already_posted", digest=period.key)
            return
        charts = [
            each
            for each in await drawn(digest.statistics, self._organisation)
            if each.finding.chart in IN_DIGEST[period.kind]
        ]
        await self._exports.record(
            actor=ACTOR,
            report=REPORT,
            parameters={"kind": period.kind.value, "from": period.first_day.isoformat()},
            format=FORMAT,
            content=bytes_of(digest.statistics, charts),
        )
        pictures = await uploaded(charts, self._lanes.client)
        content = digest_message(digest, pictures, self._organisation)
        await poster.post(channel, period.key, content)
        log.info("digest_posted", digest=period.key)
