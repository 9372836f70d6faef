"""The results as a picture: how long people wait, and cases a second beside the floor."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.results import Measure
from reports.palette import BLUE, INK, MUTED, OTHERS, OVERDUE, PAPER

DURATIONS = (
    "reference",
    "reference_without_worker",
    "card",
    "reference_8",
    "reference_50",
    "reminder_recorded",
    "reminder_told",
    "killed",
)
"""What somebody waits for, by name, from the top."""
RATES = (("opens", "Cases opened"), ("lives", "Whole lives"))
ROOM = 1.35
"""Beside the longest bar, for the number."""
THICK, THIN = 0.6, 0.36
TITLE: Final[Mapping[str, Any]] = {"loc": "left", "fontsize": "medium", "fontweight": "bold"}
INCHES, DPI = (10.0, 7.2), 110


def draw(file: Path, about: Mapping[str, str], measures: Sequence[Measure]) -> None:
    """Writes a PNG."""
    found = {each.name: each for each in measures}
    figure = Figure(figsize=INCHES, dpi=DPI, layout="constrained")
    above, below = figure.subplots(2, 1, height_ratios=(len(DURATIONS), 2.6))
    _waits(above, [found[name] for name in DURATIONS if name in found])
    _rates(below, {name: each.figures["value"] for name, each in found.items() if _is_one(each)})
    machine = f"{about['cores']} cores, {about['processor']}, load before {about['load before']}"
    figure.suptitle(
        f"{about['date']} · {machine}", x=0.01, ha="left", fontsize="medium", color=MUTED
    )
    figure.savefig(file)


def _is_one(measure: Measure) -> bool:
    return "value" in measure.figures


def _waits(axes: Axes, measures: Sequence[Measure]) -> None:
    """Bars of p95, with the longest as a line beyond, on a logarithmic axis."""
    rows = range(len(measures))
    p95, longest = ([each.figures[name] for each in measures] for name in ("p95", "max"))
    left = min(p95) / 4
    axes.barh(rows, p95, THICK, color=BLUE.colour, label="p95")
    axes.hlines(rows, p95, longest, color=INK, linewidth=1.5, label="to the longest")
    for row, each in zip(rows, measures, strict=True):
        if _target(each):
            axes.plot(
                _target(each),
                row,
                marker="|",
                markersize=24,
                markeredgewidth=3,
                color=OVERDUE.colour,
                linestyle="none",
                label="target" if row == 0 else None,
            )
        axes.annotate(
            f" {each.figures['p95']:,.0f} ms",
            (left, row),
            va="center",
            color=PAPER,
            fontsize="small",
        )
    axes.set_xscale("log")
    axes.set_title("How long people wait (milliseconds, logarithmic)", **TITLE)
    axes.set_yticks(rows, [each.label for each in measures])
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_xlim(left=left, right=max(longest) * 4)
    _plain(axes)
    axes.legend(frameon=False, loc="upper right", markerscale=0.5)


def _target(measure: Measure) -> float:
    """The most that it may be; 0 where nothing is said of that."""
    return (measure.target and measure.target.at_most) or 0


def _rates(axes: Axes, values: Mapping[str, float]) -> None:
    """The product's rate above that of workflows with nothing in them."""
    names = [(name, label) for name, label in RATES if f"{name}_floor" in values]
    for row, (name, _) in enumerate(names):
        for offset, key, fill, who in (
            (-THIN / 2, name, BLUE, "this product"),
            (THIN / 2, f"{name}_floor", OTHERS, "bare workflows of as many parts"),
        ):
            axes.barh(
                row + offset,
                values[key],
                THIN,
                color=fill.colour,
                hatch=fill.hatch,
                label=who if row == 0 else None,
            )
            axes.annotate(f" {values[key]:,.1f}", (values[key], row + offset), va="center")
    axes.set_yticks(range(len(names)), [label for _, label in names])
    axes.set_title("Cases a second, beside the floor", **TITLE)
    axes.set_xlim(right=max(values[f"{name}_floor"] for name, _ in names) * ROOM)
    axes.invert_yaxis()
    _plain(axes)
    axes.legend(frameon=False, loc="lower right")


def _plain(axes: Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)
