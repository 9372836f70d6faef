"""Drawing the chart of a learning note: for each type two bars, told apart in grey by a hatch."""

from domain.learning.lesson import Lesson
from reports.bars import Rows, filled
from reports.charts import INNER, KEY_LINE
from reports.learning.chart import MOST_BARS, most_finding, pairs
from reports.palette import BLUE, OTHERS, Fill
from reports.paper import MARGIN, SMALL, Sheet
from reports.tables import Cell

ROW = 50
"""Px of a type: its name and figures above, two bars below."""
NOW_BELOW, BEFORE_BELOW, BAR = 26, 38, 11
"""Px from the top of a row to the middle of each bar, and how thick a bar is."""
BEFORE = Fill(OTHERS.colour, "////")


def draw_lesson(lesson: Lesson) -> bytes:
    """The chart as a PNG, for a lesson that has something to show."""
    finding, bars = most_finding(lesson), pairs(lesson)
    few = bars[:MOST_BARS]
    key, rows = KEY_LINE + 10, Rows(((each.name, each.words) for each in few), ROW)
    foot = "The numbers beneath have every type." if len(bars) > len(few) else ""
    sheet = Sheet(finding.title, finding.about, key + rows.whole + 4, foot=foot)
    names = (BLUE, lesson.quarter.words), (BEFORE, "the quarter before")
    for place, (fill, name) in enumerate(names):
        x = MARGIN + place * 190
        sheet.swatch(x, sheet.chart_top, fill, size=12)
        sheet.text(x + 19, sheet.chart_top, name, size=SMALL)
    axes = sheet.axes(MARGIN, key, INNER, rows.whole)
    longest = max(max(_length(each.now), _length(each.before)) for each in few) or 1
    for row, each in enumerate(few):
        for below, cell, fill in ((NOW_BELOW, each.now, BLUE), (BEFORE_BELOW, each.before, BEFORE)):
            if length := _length(cell):
                filled(axes.barh(rows.at(row, below), length, rows.thick(BAR)), fill)
    rows.write(axes, longest)
    return sheet.png()


def _length(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0
