"""Bars under their names. A name is written whole, in as many lines as it takes."""

import textwrap
from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from reports.palette import INK, PAPER, Fill
from reports.paper import FONT, NORMAL

LINE = 15
"""Px of a line of a name."""
NAME_FROM = 4
"""Px from the top of a row to its name."""
CHARACTERS = 44
"""How many of a name and of the words at the right of it fit into a line of a sheet."""


def in_lines(name: str, characters: int) -> list[str]:
    """A name in lines of so many characters, not cut."""
    return textwrap.wrap(name, characters) or [""]


class Rows:
    """Rows of one height, the names and the words at the right of them on top of each."""

    def __init__(self, labels: Iterable[tuple[str, str]], one_line: int) -> None:
        """Makes room for the longest name.

        Args:
            labels: each row's name, and the words that stand at the right of it.
            one_line: px of a row whose name has one line.
        """
        self._labels = [
            ("\n".join(in_lines(name, CHARACTERS - len(words))), words) for name, words in labels
        ]
        lines = max((name.count("\n") + 1 for name, _ in self._labels), default=1)
        self._more = (lines - 1) * LINE
        self.height = one_line + self._more
        """Px of each row."""
        self.whole = len(self._labels) * self.height
        """Px of all of them."""

    def at(self, row: int, px: float) -> float:
        """Where something is on the axes that is so many px below the top of a one-line row."""
        return row - 0.5 + (px + self._more) / self.height

    def thick(self, px: float) -> float:
        """How thick a bar of so many px is on the axes."""
        return px / self.height

    def write(self, axes: Axes, longest: float) -> None:
        """Writes names and words, and sets the axes, whose longest bar is that long."""
        for row, (name, words) in enumerate(self._labels):
            top = row - 0.5 + NAME_FROM / self.height
            label(axes, 0, top, name, above=False)
            label(axes, longest, top, words, "right", weight="bold", above=False)
        axes.set_xlim(0, longest)
        axes.set_ylim(len(self._labels) - 0.5, -0.5)
        axes.set_yticks([])
        axes.set_xticks([])


def filled(bars: BarContainer, fill: Fill) -> None:
    """Fills bars, so that they are told apart in grey."""
    for bar in bars:
        bar.set(facecolor=fill.colour, edgecolor=INK if fill.hatch else PAPER, linewidth=0)
        bar.set_hatch(fill.hatch)
        bar.set_hatch_linewidth(0.7)


def label(
    axes: Axes,
    x: float,
    y: float,
    words: str,
    align: str = "left",
    weight: str = "normal",
    *,
    above: bool = True,
) -> None:
    """Writes beside a bar, at a place of the axes: half above and half below it, or all below."""
    axes.text(
        x,
        y,
        words,
        ha=align,
        va="center" if above else "top",
        fontsize=NORMAL,
        fontfamily=FONT,
        fontweight=weight,
        color=INK,
    )
