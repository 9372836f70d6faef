"""The chart of a learning note in words: incidents by type, beside the quarter before."""

from dataclasses import dataclass

from domain.learning.lesson import Lesson
from domain.taxonomy import Labelled
from reports.findings import Finding, Row, marked_as_example, shortened
from reports.learning.shown import Shown
from reports.learning.words import most_words
from reports.samples import SUPPRESSED
from reports.tables import Cell, Withheld, shown

MOST_BARS = 8
"""Types that have a bar; the numbers beneath have them all."""


class LearningChart(Labelled):
    """The only chart of a note."""

    MOST = "learning", "What happened most"


@dataclass(frozen=True)
class Pair:
    """A type's figures in the quarter and the one before; a withheld one has no bar."""

    name: str
    now: Cell
    before: Cell

    @property
    def words(self) -> str:
        """The figures, as they stand at the bars."""
        return f"{shown(self.now)} ({shown(self.before)} before)"


def pairs(lesson: Lesson) -> tuple[Pair, ...]:
    """Each type's figures; those that are withheld last, so that the order tells nothing."""
    figures = Shown(lesson)
    return tuple(Pair(name, now, figures.before.by_type[name]) for name, now in figures.types)


def most_finding(lesson: Lesson) -> Finding:
    """The chart in words, which say so where it counts an example."""
    finding = _most(lesson)
    return marked_as_example(finding) if lesson.made_up else finding


def _most(lesson: Lesson) -> Finding:
    figures, bars = Shown(lesson), pairs(lesson)
    about = f"Incidents discovered from {lesson.words}, and in the quarter before"
    if not bars:
        title = "Nil. No incident was discovered in either quarter."
        return Finding(LearningChart.MOST, title, about, "", (), is_nil=True)
    if isinstance(bars[0].now, int) and bars[0].now:
        most = most_words([each.now for each in bars]).capitalize()
        title = f"{most}: {bars[0].name}, {bars[0].words}"
    else:
        title = "No type stands out in numbers that can be given"
    whole = Pair("All", figures.now.whole, figures.before.whole)
    if any(
        isinstance(cell, Withheld) for each in (*bars, whole) for cell in (each.now, each.before)
    ):
        about += f". {SUPPRESSED}"
    rows = tuple(Row(each.name, each.words) for each in (*bars, whole))
    listed = "; ".join(f"{row.name} {row.value}" for row in rows)
    alt = shortened(f"Pairs of bars. {title}. {about.rstrip('.')}. {listed}.")
    return Finding(LearningChart.MOST, title, about, alt, (rows,))
