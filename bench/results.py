"""What was measured: figures, and the targets that they are held against."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """The most, or the least, that one of the figures may be."""

    figure: str
    at_most: float | None = None
    at_least: float | None = None

    def is_met_by(self, value: float) -> bool:
        """Whether a figure is within it."""
        return (self.at_most is None or value <= self.at_most) and (
            self.at_least is None or value >= self.at_least
        )


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
        return self.target.is_met_by(self.figures[self.target.figure])


def durations(
    name: str, label: str, rounds: Sequence[Sequence[float]], target: Target | None = None
) -> Measure:
    """A measure in milliseconds.

    Args:
        name: what programs call it.
        label: what people call it.
        rounds: seconds, round by round; p50, p95 and p99 are the medians of the rounds' own, since
            one round on a busy machine says little. The longest is the longest of all.
        target: in milliseconds.
    """
    figures = {
        **{
            f"p{percent}": statistics.median(percentile(each, percent) for each in rounds)
            for percent in (50, 95, 99)
        },
        "max": max(max(each) for each in rounds),
    }
    in_ms = {figure: round(seconds * 1000, 1) for figure, seconds in figures.items()}
    return Measure(name, label, "ms", in_ms, sum(len(each) for each in rounds), len(rounds), target)


def amount(
    name: str,
    label: str,
    value: float,
    unit: str = "",
    *,
    at_most: float | None = None,
    at_least: float | None = None,
) -> Measure:
    """A measure of a single figure."""
    aims = at_most is not None or at_least is not None
    target = Target("value", at_most, at_least) if aims else None
    return Measure(name, label, unit, {"value": value}, target=target)


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that is no smaller than `percent` of them (the nearest rank)."""
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]
