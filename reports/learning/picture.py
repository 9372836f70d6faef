"""Drawing the chart of a learning note: for each type two bars, told apart in grey by a hatch."""

import textwrap

from domain.learning.lesson import Lesson
from reports.charts import INNER, KEY_LINE, filled, label
from reports.learning.chart import MOST_BARS, Pair, most_finding, pairs
from reports.palette import BLUE, OTHERS, Fill
from reports.paper import MARGIN, SMALL, Sheet
from reports.tables import Cell

ROW = 50
"""Px of a type: its name and figures above, two bars below."""
NAME_AT, BAR = -0.3, 0.22
NOW_AT, BEFORE_AT = 0.02, 0.26
"""Where name and bars stand within their row, and how thick a bar is, in rows."""
BEFORE = Fill(OTHERS.colour, "////")


def draw_lesson(lesson: Lesson) -> bytes:
    """The chart as a PNG, for a lesson that has something to show."""
    finding, bars = most_finding(lesson), pairs(lesson)
    few = bars[:MOST_BARS]
    key = KEY_LINE + 10
    foot = "The numbers beneath have every type." if len(bars) > len(few) else ""
    sheet = Sheet(finding.title, finding.about, key + len(few) * ROW + 4, foot=foot)
    names = (BLUE, lesson.quarter.words), (BEFORE, "the quarter before")
    for place, (fill, name) in enumerate(names):
        x = MARGIN + place * 190
        sheet.swatch(x, sheet.chart_top, fill, size=12)
        sheet.text(x + 19, sheet.chart_top, name, size=SMALL)
    axes = sheet.axes(MARGIN, key, INNER, len(few) * ROW)
    longest = max(max(_length(each.now), _length(each.before)) for each in few) or 1
    for row, each in enumerate(few):
        for at, cell, fill in ((NOW_AT, each.now, BLUE), (BEFORE_AT, each.before, BEFORE)):
            if length := _length(cell):
                filled(axes.barh(row + at, length, BAR), fill)
        label(axes, 0, row + NAME_AT, _name(each))
        label(axes, longest, row + NAME_AT, each.words, "right", weight="bold")
    axes.set_xlim(0, longest)
    axes.set_ylim(len(few) - 0.5, -0.5)
    axes.set_yticks([])
    axes.set_xticks([])
    return sheet.png()


def _length(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _name(each: Pair) -> str:
    """As much of the name as stands beside the figures."""
    return textwrap.shorten(each.name, 44 - len(each.words), placeholder="…")
