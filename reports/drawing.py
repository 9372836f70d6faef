"""Has the charts drawn by a process of its own.

Matplotlib takes half a second to load, some 60 MB to keep, and all of a core while it draws; the
programs that people wait for do none of that themselves.
"""

import asyncio
import base64
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

from domain.learning.lesson import Lesson
from domain.message import Message
from domain.organisation import Organisation
from domain.statistics import Statistics
from reports.findings import Finding, findings
from reports.learning.chart import LearningChart, most_finding

DRAWN_WITHIN_S = 60
"""It takes a second or two; a machine that is busy may take longer."""
HOME = Path(__file__).parent.parent
SETTINGS_PASSED_ON = ("PATH", "TMPDIR", "MPLCONFIGDIR", "LD_LIBRARY_PATH")
"""No token and no key is any business of a process that draws."""

log = structlog.stdlib.get_logger(__name__)


class NotDrawnError(Exception):
    """The charts could not be drawn; the numbers are there all the same."""


class _Order(Message):
    """What is drawn."""

    statistics: Statistics | None = None
    areas: Mapping[str, str] = {}
    """The names of the Areas, by their keys."""
    lesson: Lesson | None = None
    """Of a learning note, which has one chart of its own."""


@dataclass(frozen=True)
class Picture:
    """A chart in words and, unless there is nothing to show, as a PNG."""

    finding: Finding
    png: bytes | None


async def pictures(statistics: Statistics, organisation: Organisation) -> tuple[Picture, ...]:
    """Every chart, drawn outside of this process.

    Raises:
        NotDrawnError: when the other process fails or takes too long.
    """
    areas = {area.key: area.name for area in organisation.areas}
    order = _Order(statistics=statistics, areas=areas)
    drawn = json.loads(await _by_another_process(order.model_dump_json().encode()))
    return tuple(
        Picture(each, base64.b64decode(drawn[each.chart]) if each.chart in drawn else None)
        for each in findings(statistics, organisation.area_name)
    )


async def picture_of(lesson: Lesson) -> Picture:
    """The chart of a learning note, drawn outside of this process.

    Raises:
        NotDrawnError: when the other process fails or takes too long.
    """
    finding = most_finding(lesson)
    if finding.is_nil:
        return Picture(finding, None)
    order = _Order(lesson=lesson)
    drawn = json.loads(await _by_another_process(order.model_dump_json().encode()))
    return Picture(finding, base64.b64decode(drawn[finding.chart]))


async def _by_another_process(order: bytes) -> bytes:
    try:
        drawing = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "reports.drawing",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=HOME,
            env={name: os.environ[name] for name in SETTINGS_PASSED_ON if name in os.environ},
        )
    except OSError as error:
        raise NotDrawnError from error
    try:
        drawn, said = await asyncio.wait_for(drawing.communicate(order), DRAWN_WITHIN_S)
    except (TimeoutError, OSError) as error:
        raise NotDrawnError from error
    finally:
        if drawing.returncode is None:
            with suppress(ProcessLookupError):
                drawing.kill()
            await drawing.wait()
    if drawing.returncode:
        kind = said.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0]
        log.error("charts_not_drawn", status=drawing.returncode, error=kind)
        raise NotDrawnError
    return drawn


def _draw(order: _Order) -> dict[str, str]:
    # Only the process that draws pays for it.
    from reports.charts import draw  # noqa: PLC0415
    from reports.learning.picture import draw_lesson  # noqa: PLC0415

    if order.lesson:
        png = draw_lesson(order.lesson)
        return {LearningChart.MOST.value: base64.b64encode(png).decode()}
    if order.statistics is None:
        return {}

    def name(key: str) -> str:
        return order.areas.get(key, key)

    return {
        each.chart.value: base64.b64encode(draw(order.statistics, each, name)).decode()
        for each in findings(order.statistics, name)
        if not each.is_nil
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_draw(_Order.model_validate_json(sys.stdin.buffer.read()))))
