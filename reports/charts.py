"""Drawing the charts. What they say in words is made in `reports/findings.py`."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from domain.statistics import Grain, Statistics, StepOfTypes, Times
from reports.bars import Rows, filled, in_lines, label
from reports.findings import (
    AreaName,
    Chart,
    Finding,
    area_bars,
    band_names,
    in_time_words,
    open_words,
    step_name,
    type_name,
)
from reports.palette import BANDS, BLUE, INK, MUTED, OTHERS, OVERDUE, TYPES, Fill
from reports.paper import FONT, MARGIN, NORMAL, SMALL, WIDTH, Sheet
from reports.samples import shown_samples

INNER = WIDTH - 2 * MARGIN
KEY_LINE = 18
KEY_CHARACTERS = 43
COLUMNS_HEIGHT = 170
ROW = 36
"""Px of a row with its name above its bar."""
NAME_AT, BAR_AT, BAR = -0.2, 0.18, 0.36
"""Where name and bar stand within their row, and how thick the bar is, in rows."""
BAR_BELOW = (0.5 + BAR_AT) * ROW
"""Px from the top of a row to the middle of its bar."""
LABELLED_PART = 0.07
"""The least part of the axis in which a number still fits."""
COUNTED = (
    "Counted: breaches, near misses and reports not yet reviewed. "
    "Not counted: duplicates, withdrawn reports, drills."
)

SAMPLED = "Bars: the share of the files looked through that held a failure."
MOST_SAMPLED = 20
"""Areas with a bar; the numbers beneath have them all."""


def draw(statistics: Statistics, finding: Finding, area_name: AreaName) -> bytes:
    """A chart as a PNG.

    Args:
        statistics: the numbers.
        finding: the chart in words; one that has something to show.
        area_name: what an Area is called, by its key.
    """
    match Chart(finding.chart):
        case Chart.BY_TYPE:
            return _by_type(statistics, finding)
        case Chart.TO_OST:
            return _times(statistics.to_ost, finding)
        case Chart.TO_ICO:
            return _times(statistics.to_ico, finding)
        case Chart.STAGES:
            return _stages(statistics, finding)
        case Chart.AREAS:
            return _areas(statistics, finding, area_name)
        case Chart.SAMPLES:
            return _samples(statistics, finding, area_name)


def _by_type(statistics: Statistics, finding: Finding) -> bytes:
    by_type = statistics.by_type
    names = [in_lines(type_name(each), KEY_CHARACTERS) for each in by_type.types]
    key = KEY_LINE * sum(map(len, names)) + 12
    foot = f"{COUNTED} The last {by_type.grain.label} may not be over."
    sheet = Sheet(finding.title, finding.about, key + COLUMNS_HEIGHT + 34, foot=foot)
    fills = [
        fill if each.incident_type else OTHERS
        for fill, each in zip([*TYPES, OTHERS], by_type.types, strict=False)
    ]
    # The key stands in the order of the stack, and has the totals.
    y = sheet.chart_top
    for each, fill, lines in reversed([*zip(by_type.types, fills, names, strict=True)]):
        sheet.swatch(MARGIN, y, fill, size=12)
        for line, name in enumerate(lines):
            sheet.text(MARGIN + 19, y + line * KEY_LINE, name, size=NORMAL)
        sheet.text(WIDTH - MARGIN, y, f"{each.count:,}", size=NORMAL, weight="bold", align="right")
        y += KEY_LINE * len(lines)
    axes = sheet.axes(MARGIN, key, INNER, COLUMNS_HEIGHT)
    _stack(axes, by_type.steps, fills)
    axes.set_xticks(range(len(by_type.steps)), _short_names(by_type.steps, by_type.grain))
    return sheet.png()


def _stack(axes: Axes, steps: Sequence[StepOfTypes], fills: Sequence[Fill]) -> None:
    places, bottoms = range(len(steps)), [0] * len(steps)
    for place, fill in enumerate(fills):
        counts = [step.counts[place] for step in steps]
        filled(axes.bar(places, counts, 0.78, bottom=bottoms), fill)
        bottoms = [bottom + count for bottom, count in zip(bottoms, counts, strict=True)]
    highest = max(bottoms)
    for place, total in enumerate(bottoms):
        axes.text(
            place,
            total + highest * 0.02,
            f"{total:,}",
            ha="center",
            va="bottom",
            fontsize=NORMAL if highest < 1000 else SMALL - 2,  # noqa: PLR2004 - four figures
            fontfamily=FONT,
            color=INK if total else MUTED,
        )
    axes.set_ylim(0, highest * 1.12)
    axes.set_yticks([])
    axes.axhline(0, color=INK, linewidth=1)


def _short_names(steps: Sequence[StepOfTypes], grain: Grain) -> list[str]:
    """The months' initials, and the year where it begins."""
    names = []
    for place, step in enumerate(steps):
        begins = step.begins_on
        new_year = place == 0 or begins.year != steps[place - 1].begins_on.year
        if grain is Grain.YEAR:
            names.append(f"{begins:%y}" if len(steps) > 8 else f"{begins.year}")  # noqa: PLR2004
            continue
        short = f"{begins:%b}"[0] if grain is Grain.MONTH else f"{begins.month // 3 + 1}"
        names.append(f"{short}\n{begins:%Y}" if new_year else short)
    return names


def _times(times: Times, finding: Finding) -> bytes:
    key, head = 2 * KEY_LINE + 6, 20
    rows = len(times.steps)
    sheet = Sheet(finding.title, finding.about, key + head + rows * ROW + 4)
    for place, name in enumerate(band_names(times.limit_hours)):
        x = MARGIN + (place // 2) * INNER / 2
        y = sheet.chart_top + (place % 2) * KEY_LINE
        sheet.swatch(x, y, BANDS[place], size=12)
        side = "in time" if place < 2 else "late"  # noqa: PLR2004 - two bands on either side
        sheet.text(x + 19, y, f"{name}, {side}", size=SMALL)
    axes = sheet.axes(MARGIN, key + head, INNER, rows * ROW)
    widest = max(max(step.in_time, step.total - step.in_time) for step in times.steps)
    early = max(step.in_time for step in times.steps)
    late = max(step.total - step.in_time for step in times.steps)
    axes.set_xlim(-max(early, widest * 0.25) * 1.02, max(late, widest * 0.45) * 1.02)
    width = axes.get_xlim()[1] - axes.get_xlim()[0]
    for row, step in enumerate(times.steps):
        near, far = step.bands[1], step.bands[0]
        for start, length, fill in (
            (-near, near, BANDS[1]),
            (-near - far, far, BANDS[0]),
            (0, step.bands[2], BANDS[2]),
            (step.bands[2], step.bands[3], BANDS[3]),
        ):
            if length:
                filled(axes.barh(row + BAR_AT, length, BAR, left=start), fill)
                _inside(axes, start + length / 2, row + BAR_AT, length, width, fill)
        left, right = axes.get_xlim()
        name = step_name(step.begins_on, times.grain)
        label(axes, left, row + NAME_AT, name)
        words = in_time_words(step.in_time, step.total)
        label(axes, right, row + NAME_AT, f"{words} in time" if step.total else words, "right")
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_yticks([])
    axes.set_xticks([])
    axes.axvline(0, ymax=1.0, color=INK, linewidth=1.6)
    axes.annotate(
        f"limit {times.limit_hours:g} h",
        (0, -0.5),
        (0, 4),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=SMALL,
        fontfamily=FONT,
        fontweight="bold",
        color=INK,
        annotation_clip=False,
    )
    return sheet.png()


def _stages(statistics: Statistics, finding: Finding) -> bytes:
    stages = statistics.stages
    bars = [(each.stage.label, each.overdue, each.open - each.overdue) for each in stages]
    words = [open_words(each.open, each.overdue) for each in stages]
    key = KEY_LINE + 8 if statistics.overdue else 0
    sheet = _bars(finding, bars, words, key=key)
    if key:
        for place, (fill, name) in enumerate(((OVERDUE, "overdue"), (BLUE, "not overdue"))):
            x = MARGIN + place * 90
            sheet.swatch(x, sheet.chart_top, fill, size=12)
            sheet.text(x + 19, sheet.chart_top, name, size=SMALL)
    return sheet.png()


def _areas(statistics: Statistics, finding: Finding, area_name: AreaName) -> bytes:
    bars = area_bars(statistics, area_name)
    # A bar for all the others would be longer than those that are to be compared.
    rows = [(bar.name, 0, 0 if bar.is_rest else bar.count) for bar in bars]
    return _bars(finding, rows, [f"{bar.count:,}" for bar in bars], foot=COUNTED).png()


def _samples(statistics: Statistics, finding: Finding, area_name: AreaName) -> bytes:
    areas = shown_samples(statistics.samples).areas[:MOST_SAMPLED]
    rows = [(area_name(each.area or ""), 0, each.per_mille) for each in areas]
    return _bars(finding, rows, [each.words for each in areas], foot=SAMPLED).png()


def _bars(
    finding: Finding,
    bars: Sequence[tuple[str, int, int]],
    words: Sequence[str],
    *,
    key: int = 0,
    foot: str = "",
) -> Sheet:
    """Bars under their names; what is marked begins each bar, so that it can be compared."""
    rows = Rows(((name, said) for (name, _, _), said in zip(bars, words, strict=True)), ROW)
    sheet = Sheet(finding.title, finding.about, key + rows.whole + 4, foot=foot)
    axes = sheet.axes(MARGIN, key, INNER, rows.whole)
    for row, (_, marked, rest) in enumerate(bars):
        at, thick = rows.at(row, BAR_BELOW), rows.thick(BAR * ROW)
        if marked:
            filled(axes.barh(at, marked, thick), OVERDUE)
        if rest:
            filled(axes.barh(at, rest, thick, left=marked), BLUE)
    rows.write(axes, max(marked + rest for _, marked, rest in bars) or 1)
    return sheet


def _inside(axes: Axes, x: float, y: float, number: int, width: float, fill: Fill) -> None:
    """The number of a part, where the part is wide enough."""
    if number < width * LABELLED_PART:
        return
    box = {"boxstyle": "round,pad=0.15", "facecolor": fill.colour, "edgecolor": "none"}
    axes.text(
        x,
        y,
        f"{number:,}",
        ha="center",
        va="center",
        fontsize=SMALL,
        fontfamily=FONT,
        color=fill.ink,
        bbox=box if fill.hatch else None,
    )
