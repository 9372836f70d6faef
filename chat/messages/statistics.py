"""Charts with their numbers beneath: the answer to `/breach stats`, and digests."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, ImageBlock
from slack_sdk.models.blocks.basic_components import SlackFile

from chat.elements import context, header, section
from chat.messages.card import Content
from chat.text import escaped, moment
from domain.digest import Digest, DigestKind, OverdueCase
from domain.organisation import Organisation
from domain.past import OF_AN_EXAMPLE
from domain.statistics import Statistics
from reports.findings import (
    EXAMPLE,
    TABLE_WIDTH,
    Chart,
    Finding,
    Row,
    counted,
    or_nil,
    window_words,
)

IN_DIGEST = {
    DigestKind.WEEKLY: (Chart.STAGES, Chart.TO_OST),
    DigestKind.MONTHLY: (Chart.BY_TYPE, Chart.TO_OST, Chart.TO_ICO, Chart.STAGES),
}
"""The charts of each digest: what its readers act on."""
WITHOUT_PICTURES = (
    "The charts could not be shown; the numbers are complete. Whoever runs Breach Desk finds the "
    "reason in its log."
)
NOT_COUNTED = (
    "Incidents are breaches, near misses and reports not yet reviewed, by the day of discovery. "
    "Upstream redaction failures, duplicates, withdrawn reports and drills are not among them."
)


@dataclass(frozen=True)
class Shown:
    """A chart in words, and the uploaded file that shows it, if there is one."""

    finding: Finding
    file: str | None = None
    """Slack's ID of the file."""


def statistics_message(statistics: Statistics, charts: Sequence[Shown]) -> Content:
    """What `/breach stats` brings."""
    title = f"{_mark(statistics)}Statistics: {window_words(statistics)}"
    return Content(
        f"{title}. {' '.join(f'{each.finding.title}.' for each in charts)}",
        [
            header(title),
            *_of_an_example(statistics),
            section(_overview(statistics)),
            *(block for each in charts for block in chart_blocks(each)),
            *without_pictures(charts),
            context(NOT_COUNTED),
        ],
    )


def digest_message(digest: Digest, charts: Sequence[Shown], organisation: Organisation) -> Content:
    """A digest. It names cases by reference, Area, stage and deadline, as their cards do."""
    period, statistics = digest.period, digest.statistics
    title = f"{_mark(statistics)}{period.kind.label}: {period.words}"
    to_ost, to_ico = statistics.to_ost.limit_hours, statistics.to_ico.limit_hours
    lines = [
        f"*Came in:* {or_nil(digest.came_in)}{_late(digest.late_to_ost, digest.came_in, to_ost)}",
        f"*Told to the ICO:* {or_nil(digest.told_ico)}"
        f"{_late(digest.told_ico_late, digest.told_ico, to_ico)}",
        f"*Closed:* {or_nil(digest.closed)}",
        f"*Open now:* {or_nil(statistics.open)} · *overdue:* {or_nil(statistics.overdue)}",
    ]
    wanted = IN_DIGEST[period.kind]
    charts = [each for each in charts if each.finding.chart in wanted]
    return Content(
        f"{title}. {counted(digest.came_in, 'report')} came in, {digest.closed:,} closed, "
        f"{statistics.open:,} open, {statistics.overdue:,} overdue.",
        [
            header(title),
            *_of_an_example(statistics),
            section("\n".join(lines)),
            *_overdue(digest, organisation),
            *(block for each in charts for block in chart_blocks(each)),
            *without_pictures(charts),
            context(f"{NOT_COUNTED} Any window: `/breach stats 1/4/2026 30/9/2026`."),
        ],
    )


def table(rows: Sequence[Row]) -> str:
    """Names and numbers in columns that a phone shows without breaking a line."""
    values = max(len(row.value) for row in rows)
    width = min(max(len(row.name) for row in rows), TABLE_WIDTH - values - 2)
    lines = []
    for row in rows:
        first, *more = textwrap.wrap(row.name, width)
        lines += [f"{first:<{width}}  {row.value:>{values}}", *(f"  {each}" for each in more)]
    return "\n".join(lines)


def _mark(statistics: Statistics) -> str:
    return EXAMPLE if statistics.example else ""


def _of_an_example(statistics: Statistics) -> list[Block]:
    return [section(escaped(OF_AN_EXAMPLE))] if statistics.example else []


def _overview(statistics: Statistics) -> str:
    found = (
        f"*{counted(statistics.incidents, 'incident')}*: {counted(statistics.breaches, 'breach')}, "
        f"{statistics.not_reviewed:,} not reviewed yet."
    )
    return (
        f"{found}\n*{counted(statistics.open, 'open case')}* today: {statistics.overdue:,} overdue."
    )


def chart_blocks(shown: Shown) -> Iterator[Block]:
    """A chart with the numbers beneath; what has nothing to show, in words."""
    finding = shown.finding
    if finding.is_nil:
        yield section(f"*{escaped(finding.chart.label)}*\n{escaped(finding.title)}")
        return
    tables = "\n\n".join(table(rows) for rows in finding.tables)
    numbers = f"```{escaped(tables)}```"
    if shown.file:
        # The picture and its alternative text begin with the title.
        yield ImageBlock(alt_text=finding.alt, slack_file=SlackFile(id=shown.file))
        yield section(numbers)
    else:
        yield section(f"*{escaped(finding.title)}*\n{numbers}")


def _overdue(digest: Digest, organisation: Organisation) -> list[Block]:
    if not digest.overdue:
        return []
    lines = [_overdue_line(each, organisation) for each in digest.overdue]
    more = digest.statistics.overdue - len(lines)
    if more > 0:
        lines.append(f"and {more:,} more: `/breach overdue`")
    return [section("*Overdue, the longest first*\n" + "\n".join(lines))]


def _overdue_line(each: OverdueCase, organisation: Organisation) -> str:
    area = escaped(organisation.area_name(each.area))
    return f"• *{each.reference}* · {area} · {each.stage.label} · was due {moment(each.due)}"


def without_pictures(charts: Sequence[Shown]) -> list[Block]:
    """A word where a picture is missing."""
    complete = all(each.file or each.finding.is_nil for each in charts)
    return [] if complete else [context(WITHOUT_PICTURES)]


def _late(late: int, all_in_all: int, limit_hours: float) -> str:
    if not all_in_all:
        return ""
    return f", {late:,} after {limit_hours:g} h" if late else f", all within {limit_hours:g} h"
