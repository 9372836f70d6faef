"""The chart of a learning note in words: incidents by type, beside the quarter before."""

from dataclasses import dataclass

from domain.learning.lesson import Lesson
from domain.taxonomy import Labelled
from reports.findings import Finding, Row, shortened
from reports.learning.words import Shown, type_name
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
    """Each type's figures, those that can be given first, so that the order tells nothing."""
    figures = Shown(lesson)
    found = [
        Pair(type_name(each.incident_type), now, before)
        for each, now, before in zip(lesson.types, figures.types, figures.before, strict=True)
    ]
    given = [each for each in found if not isinstance(each.now, Withheld)]
    withheld = [each for each in found if isinstance(each.now, Withheld)]
    return (*given, *sorted(withheld, key=lambda each: each.name))


def most_finding(lesson: Lesson) -> Finding:
    """The chart in words."""
    figures, bars = Shown(lesson), pairs(lesson)
    about = f"Incidents discovered from {lesson.quarter.words}, and in the quarter before"
    if not bars:
        title = "Nil. No incident was discovered in either quarter."
        return Finding(LearningChart.MOST, title, about, "", (), is_nil=True)
    if isinstance(bars[0].now, int) and bars[0].now:
        title = f"Most often: {bars[0].name}, {bars[0].words}"
    else:
        title = "No type stands out in numbers that can be given"
    whole = Pair("All", figures.incidents, figures.incidents_before)
    rows = tuple(Row(each.name, each.words) for each in (*bars, whole))
    listed = "; ".join(f"{row.name} {row.value}" for row in rows)
    alt = shortened(f"Pairs of bars. {title}. {about}. {listed}.")
    return Finding(LearningChart.MOST, title, about, alt, (rows,))
