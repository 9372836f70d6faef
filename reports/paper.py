"""The sheet that a chart is drawn on: as wide as a phone, its text as large as the phone's own.

A picture in Slack is scaled to the width that there is, about 360 px on a phone. So everything is
measured in px of a sheet that is 360 px wide, and drawn at three times that for sharp screens.
Matplotlib's object-oriented side only: pyplot keeps figures in a state of the whole process.
"""

import io
import textwrap

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from reports.palette import INK, MUTED, PAPER, Fill

WIDTH, SHARPNESS, PER_INCH = 360, 3, 72
"""One px of the sheet is one point, 1/72 inch."""
MARGIN = 14
TITLE, NORMAL, SMALL = 15.0, 11.5, 10.5
"""Sizes of text in px."""
TITLE_LINE, SMALL_LINE = 20, 15
TITLE_CHARACTERS, SMALL_CHARACTERS = 35, 56
"""How many fit into a line of the sheet."""
FONT = "DejaVu Sans"
"""Comes with Matplotlib, so that every machine draws the same."""


class Sheet:
    """A sheet with a title and a line on what was counted; a chart takes the space below."""

    def __init__(self, title: str, about: str, chart_height: int, *, foot: str = "") -> None:
        """As tall as its words and the chart need, in px."""
        titles = textwrap.wrap(title, TITLE_CHARACTERS)
        abouts = textwrap.wrap(about, SMALL_CHARACTERS)
        feet = textwrap.wrap(foot, SMALL_CHARACTERS)
        self._foot = len(feet) * SMALL_LINE + (8 if feet else 0)
        self._top = MARGIN + len(titles) * TITLE_LINE + len(abouts) * SMALL_LINE + 10
        self.height = self._top + chart_height + self._foot + MARGIN
        self._chart_height = chart_height
        self._figure = Figure(figsize=(WIDTH / PER_INCH, self.height / PER_INCH), facecolor=PAPER)
        FigureCanvasAgg(self._figure)
        y = MARGIN
        for line in titles:
            self.text(MARGIN, y, line, size=TITLE, weight="bold")
            y += TITLE_LINE
        for line in abouts:
            self.text(MARGIN, y + 2, line, size=SMALL, colour=MUTED)
            y += SMALL_LINE
        y = self.height - MARGIN - len(feet) * SMALL_LINE
        for line in feet:
            self.text(MARGIN, y, line, size=SMALL, colour=MUTED)
            y += SMALL_LINE

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = NORMAL,
        colour: str = INK,
        weight: str = "normal",
        align: str = "left",
    ) -> Text:
        """Writes at px from the left and the top of the sheet."""
        return self._figure.text(
            x / WIDTH,
            1 - y / self.height,
            words,
            fontsize=size,
            color=colour,
            fontweight=weight,
            fontfamily=FONT,
            ha=align,
            va="top",
        )

    def swatch(self, x: float, y: float, fill: Fill, size: float = 11) -> None:
        """A small sample of a fill, at px from the left and the top."""
        self._figure.add_artist(
            Rectangle(
                (x / WIDTH, 1 - (y + size) / self.height),
                size / WIDTH,
                size / self.height,
                facecolor=fill.colour,
                hatch=fill.hatch,
                edgecolor=INK,
                linewidth=0.5,
                transform=self._figure.transFigure,
            )
        )

    def axes(self, left: float, below: float, width: float, height: float) -> Axes:
        """Empty axes; `below` counts px from the top of the space for the chart."""
        axes = self._figure.add_axes(
            (
                left / WIDTH,
                1 - (self._top + below + height) / self.height,
                width / WIDTH,
                height / self.height,
            )
        )
        for side in axes.spines.values():
            side.set_visible(False)
        axes.tick_params(length=0, labelsize=SMALL, labelcolor=INK, labelfontfamily=FONT)
        axes.set_axisbelow(True)
        return axes

    @property
    def chart_top(self) -> int:
        """Px from the top of the sheet to the space for the chart."""
        return self._top

    def png(self) -> bytes:
        """The picture."""
        kept = io.BytesIO()
        self._figure.savefig(kept, format="png", dpi=PER_INCH * SHARPNESS)
        return kept.getvalue()
