"""What a reader can work out from a table with totals: exactly, by its sums and its marks.

A table with its totals is a circulation: each figure flows from one node to another, and each sum
is the balance of a node. If a withheld figure could have another value, then so it could in a table
that differs from this one along a cycle through it, by one on each figure; and the other way round.
(Integral flows decompose into cycles: Ahuja, Magnanti, Orlin, Network Flows, theorem 3.5.) So a
withheld figure is safe if there is a cycle through it on which every figure may move by one.

The reader is taken to know the rule: a small figure is between 1 and the threshold less one, any
other withheld one is at least the threshold. Only of totals that are marked like those it can't be
known, where `totals_unmarked` says that small ones are.
"""

import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.crosstab import Place

MOST_CELLS = 5_000
"""More of them would take minutes."""
TOTAL_COST = 1_000_000
"""A total is withheld only where no other figure protects."""


@dataclass(frozen=True)
class Figure:
    """One figure of the table, and the two sums that it is in."""

    source: str
    target: str
    count: int
    is_total: bool = False


class Circulation:
    """The figures of one table, of which the small ones are withheld, and more as needed."""

    def __init__(
        self,
        figures: Mapping[Place, Figure],
        small: set[Place],
        threshold: int,
        *,
        totals_unmarked: bool = False,
    ) -> None:
        """Takes every figure of the table with its totals, and which of them are small.

        With `totals_unmarked`, small totals are withheld without a word that they are small.
        """
        self._figures = figures
        self._totals_unmarked = totals_unmarked
        self._small = small
        self._threshold = threshold
        self._further: set[Place] = set()
        self._at: dict[str, list[Place]] = defaultdict(list)
        for place, figure in figures.items():
            self._at[figure.source].append(place)
            self._at[figure.target].append(place)

    @property
    def further(self) -> set[Place]:
        """What is withheld besides the small figures."""
        return self._further

    def protect(self, place: Place) -> bool:
        """Withholds the least that makes a withheld figure impossible to work out.

        Returns:
            Whether that can be done.
        """
        figure = self._figures[place]
        ways = []
        if self._may_rise(place):
            ways.append(self._cheapest(figure.target, figure.source, place))
        if self._may_fall(place):
            ways.append(self._cheapest(figure.source, figure.target, place))
        possible = [way for way in ways if way is not None]
        if not possible:
            return False
        _, path = min(possible)
        self._further.update(each for each in path if each not in self._small)
        return True

    def _may_rise(self, place: Place) -> bool:
        figure = self._figures[place]
        if place in self._small and not self._is_unmarked(figure):
            return figure.count < self._threshold - 1
        return figure.count > 0

    def _may_fall(self, place: Place) -> bool:
        figure = self._figures[place]
        at_least_one = place in self._small or self._is_unmarked(figure)
        return figure.count > (1 if at_least_one else self._threshold)

    def _is_unmarked(self, figure: Figure) -> bool:
        return self._totals_unmarked and figure.is_total

    def _cost(self, place: Place) -> int:
        if place in self._small or place in self._further:
            return 0
        figure = self._figures[place]
        return figure.count + (TOTAL_COST if figure.is_total else 0)

    def _cheapest(self, start: str, end: str, but: Place) -> tuple[int, tuple[Place, ...]] | None:
        """The cheapest path on which each figure may move by one: its cost, and the figures."""
        tie = itertools.count()
        waiting: list[tuple[int, int, str, tuple[Place, ...]]] = [(0, next(tie), start, ())]
        reached: set[str] = set()
        while waiting:
            cost, _, node, path = heapq.heappop(waiting)
            if node == end:
                return cost, path
            if node in reached:
                continue
            reached.add(node)
            for place, following in self._moves(node):
                if place != but and following not in reached:
                    step = cost + self._cost(place)
                    heapq.heappush(waiting, (step, next(tie), following, (*path, place)))
        return None

    def _moves(self, node: str) -> Iterator[tuple[Place, str]]:
        for place in self._at[node]:
            figure = self._figures[place]
            if figure.source == node and self._may_rise(place):
                yield place, figure.target
            if figure.target == node and self._may_fall(place):
                yield place, figure.source
