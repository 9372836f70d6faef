"""What was measured: figures, and the targets that they are held against."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """The most that one of the figures may be."""

    figure: str
    at_most: float


@dataclass(frozen=True)
class Measure:
    """One thing that was measured, in figures of one unit."""

    name: str
    """What programs call it."""
    label: str
    """What people call it."""
    unit: str
    figures: dict[str, float]
    samples: int = 1
    rounds: int = 1
    target: Target | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.target is None:
            return None
        return self.figures[self.target.figure] <= self.target.at_most


def durations(
    name: str, label: str, rounds: Sequence[Sequence[float]], target: Target | None = None
) -> Measure:
    """A measure in milliseconds.

    Args:
        name: what programs call it.
        label: what people call it.
        rounds: seconds, round by round; p50 and p95 are the medians of the rounds' own, since
            one round on a busy machine says little. The longest is the longest of all.
        target: in milliseconds.
    """
    figures = {
        "p50": statistics.median(percentile(each, 50) for each in rounds),
        "p95": statistics.median(percentile(each, 95) for each in rounds),
        "max": max(max(each) for each in rounds),
    }
    in_ms = {figure: round(seconds * 1000, 1) for figure, seconds in figures.items()}
    return Measure(name, label, "ms", in_ms, sum(len(each) for each in rounds), len(rounds), target)


def amount(
    name: str, label: str, value: float, unit: str = "", at_most: float | None = None
) -> Measure:
    """A measure of a single figure."""
    target = None if at_most is None else Target("value", at_most)
    return Measure(name, label, unit, {"value": value}, target=target)


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that is no smaller than `percent` of them (the nearest rank)."""
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]
