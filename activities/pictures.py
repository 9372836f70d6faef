"""Uploading charts to Slack, so that image blocks can show them.

A file that is shared nowhere is seen where a message shows it, and by nobody else. Slack looks at
what came only after it has taken it, and refuses a block with a file that it has not looked at yet:
https://github.com/slackapi/node-slack-sdk/issues/1865
"""

import asyncio
from collections.abc import Sequence

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from chat.messages.statistics import Shown
from domain.learning.lesson import Lesson
from domain.organisation import Organisation
from domain.statistics import Statistics
from reports.drawing import NotDrawnError, Picture, picture_of, pictures
from reports.findings import findings
from reports.learning.chart import most_finding
from runtime.slack import slack_code

LOOKED_AT_WITHIN_S = 20
BETWEEN_LOOKS_S = 0.5
LONGEST_ALT = 1000
"""Slack's limit of a file's own alternative text; the block's may be longer."""

log = structlog.stdlib.get_logger(__name__)


async def drawn(statistics: Statistics, organisation: Organisation) -> tuple[Picture, ...]:
    """Every chart; words alone when they can't be drawn: numbers are worth more than nothing."""
    try:
        return await pictures(statistics, organisation)
    except NotDrawnError:
        words = findings(statistics, organisation.area_name)
        return tuple(Picture(each, None) for each in words)


async def drawn_note(lesson: Lesson) -> Picture:
    """The chart of a learning note; words alone when it can't be drawn."""
    try:
        return await picture_of(lesson)
    except NotDrawnError:
        return Picture(most_finding(lesson), None)


def bytes_of(statistics: Statistics, charts: Sequence[Picture]) -> bytes:
    """All that leaves the register with some charts, for the record of exports."""
    return b"".join([statistics.model_dump_json().encode(), *(each.png or b"" for each in charts)])


async def uploaded(charts: Sequence[Picture], client: AsyncWebClient) -> tuple[Shown, ...]:
    """The charts as a message shows them; words alone when Slack does not take the files.

    Raises:
        SlackApiError: `ratelimited`: Slack wants to be asked later.
    """
    files: dict[str, str] = {}
    try:
        files = await _uploaded([each for each in charts if each.png], client)
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        code = slack_code(error) if isinstance(error, SlackApiError) else None
        if isinstance(error, SlackApiError) and code == "ratelimited":
            raise
        log.error("charts_not_uploaded", error=type(error).__name__, slack_error=code)
    return tuple(Shown(each.finding, files.get(str(each.finding.chart.value))) for each in charts)


async def _uploaded(drawn: Sequence[Picture], client: AsyncWebClient) -> dict[str, str]:
    """The IDs of the files, by chart, once Slack has looked at each."""
    if not drawn:
        return {}
    answer = await client.files_upload_v2(
        file_uploads=[
            {
                "file": each.png,
                "filename": f"{each.finding.chart.value}.png",
                "title": each.finding.chart.label,
                "alt_txt": each.finding.alt[:LONGEST_ALT],
            }
            for each in drawn
        ]
    )
    ids = [str(file["id"]) for file in answer["files"]]
    async with asyncio.timeout(LOOKED_AT_WITHIN_S):
        for file in ids:
            await _looked_at(file, client)
    charts = [str(each.finding.chart.value) for each in drawn]
    return dict(zip(charts, ids, strict=True))


async def _looked_at(file: str, client: AsyncWebClient) -> None:
    while True:
        answer = await client.files_info(file=file)
        if answer["file"].get("mimetype"):
            return
        await asyncio.sleep(BETWEEN_LOOKS_S)
