"""From counts to the tables that are given: the same figures for people and for programs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from reports.counting import Counted
from reports.crosstab import Crosstab
from reports.foi.splits import Split
from reports.suppression import Suppression
from reports.tables import Cell, Table
from reports.windows import Window

MOST_COLUMNS = 6
"""Of a split beside each other; more of them stand below each other, with a column a period."""
NO_DAY = "not-recorded", "Day not recorded"


CellT = TypeVar("CellT")


@dataclass(frozen=True)
class Laid:
    """The same figures twice."""

    table: Table
    values: Table
    """For programs: one figure a line, without totals."""


@dataclass(frozen=True)
class Wording:
    """The words of a table."""

    title: str
    total: str
    """What the counts are: the heading of the figures, or of their totals beside a split."""
    answers_in_totals: bool = False
    """Whether the split was not asked for but belongs to the answer; programs get the totals."""


def laid_out(
    counted: Counted,
    window: Window,
    suppression: Suppression,
    wording: Wording,
    split: Split | None = None,
) -> Laid:
    """The tables of what was counted, every period in them, with suppression applied."""
    keys, labels = _periods(counted, window)
    values = split.shown(counted.values()) if split else {None: wording.total}
    known: Counter[tuple[int, Any]] = Counter()
    for (row, value), number in counted.counts.items():
        known[row, split.known(value) if split else None] += number
    counts = tuple(tuple(known[row, value] for value in values) for row in range(len(keys)))
    crosstab = Crosstab(labels, tuple(values.values()), counts)
    cells = suppression.of(crosstab)
    name = split.name if split and not wording.answers_in_totals else None
    return Laid(_for_people(crosstab, cells, wording), _for_programs(keys, crosstab, cells, name))


def _periods(counted: Counted, window: Window) -> tuple[tuple[str, ...], tuple[str, ...]]:
    keys = [period.key for period in window.periods]
    labels = [period.label for period in window.periods]
    if any(row == len(window.periods) for row, _ in counted.counts):
        keys.append(NO_DAY[0])
        labels.append(NO_DAY[1])
    return tuple(keys), tuple(labels)


def _for_people(crosstab: Crosstab, cells: tuple[tuple[Cell, ...], ...], wording: Wording) -> Table:
    *body, total = cells
    if not crosstab.is_split:
        rows = tuple((name, *line) for name, line in zip(crosstab.rows, body, strict=True))
        # Where everything has one value of a split, its column says which.
        return Table(wording.title, ("Period", *crosstab.columns), rows, ("Total", *total))
    if len(crosstab.columns) <= MOST_COLUMNS:
        columns = (*crosstab.columns, wording.total)
        if wording.answers_in_totals:
            columns, body, total = (
                _last_first(columns),
                list(map(_last_first, body)),
                _last_first(total),
            )
        rows = tuple((name, *line) for name, line in zip(crosstab.rows, body, strict=True))
        return Table(wording.title, ("Period", *columns), rows, ("Total", *total))
    columns = ("", *crosstab.rows, wording.total)
    across = tuple(zip(*cells, strict=True))
    rows = tuple((name, *line) for name, line in zip(crosstab.columns, across[:-1], strict=True))
    return Table(wording.title, columns, rows, ("Total", *across[-1]))


def _last_first(line: tuple[CellT, ...]) -> tuple[CellT, ...]:
    """What was asked for goes before what it consists of."""
    return (line[-1], *line[:-1])


def _for_programs(
    keys: tuple[str, ...],
    crosstab: Crosstab,
    cells: tuple[tuple[Cell, ...], ...],
    split: str | None,
) -> Table:
    lines = tuple(zip(keys, cells, strict=False))  # the last of the cells are the totals
    if split is None:
        return Table("", ("period", "count"), tuple((key, line[-1]) for key, line in lines))
    return Table(
        "",
        ("period", split, "count"),
        tuple(
            (key, column, line[at])
            for key, line in lines
            for at, column in enumerate(crosstab.columns)
        ),
    )


def of_one_column(title: str, what: str, counts: Mapping[str, Cell]) -> Table:
    """Counts that are no split of one another, below each other."""
    return Table(title, (what, "Count"), tuple(counts.items()))
