"""The results as a table for people and as JSON for programs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.machine import was_busy
from bench.results import Measure

SHOWN = ("p50", "p95", "p99", "max")


def print_results(console: Console, about: Mapping[str, str], measures: Sequence[Measure]) -> None:
    """Prints the machine, the durations and the amounts, each with its target."""
    console.print("\n" + " · ".join(f"{name} {value}" for name, value in about.items()))
    if was_busy(about):
        console.print("[yellow]This machine had other work just before: durations may be long.[/]")
    timed = [each for each in measures if "value" not in each.figures]
    console.print(_durations(timed))
    console.print(_amounts([each for each in measures if each not in timed]))


def write_json(file: Path, about: Mapping[str, str], measures: Sequence[Measure]) -> None:
    """Writes everything that was measured."""
    content = {
        "machine": about,
        "measures": [{**asdict(each), "met": each.met} for each in measures],
    }
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _durations(measures: Sequence[Measure]) -> Table:
    table = Table(title="How long it takes, in milliseconds", title_justify="left")
    table.add_column("What", no_wrap=True)
    for name in ("Times", *SHOWN):
        table.add_column(name, justify="right", no_wrap=True)
    _add_target_columns(table)
    for each in measures:
        times = f"{each.rounds} × {each.samples // each.rounds}"
        numbers = (f"{each.figures[name]:,.1f}" for name in SHOWN)
        table.add_row(each.label, times, *numbers, _target(each), _verdict(each))
    return table


def _amounts(measures: Sequence[Measure]) -> Table:
    table = Table(title="How much", title_justify="left")
    table.add_column("What", no_wrap=True)
    table.add_column("Figure", justify="right", no_wrap=True)
    _add_target_columns(table)
    for each in measures:
        value = f"{each.figures['value']:,g} {each.unit}".strip()
        table.add_row(each.label, value, _target(each), _verdict(each))
    return table


def _add_target_columns(table: Table) -> None:
    table.add_column("Target", no_wrap=True)
    table.add_column("", no_wrap=True)


def _target(measure: Measure) -> str:
    target = measure.target
    if target is None:
        return ""
    name = "" if target.figure == "value" else f"{target.figure} "
    least = f"{name}≥ {target.at_least:,g}" if target.at_least is not None else ""
    return f"{name}≤ {target.at_most:,g}" if target.at_most is not None else least


def _verdict(measure: Measure) -> str:
    if measure.met is None:
        return ""
    return "[green]met[/]" if measure.met else "[bold red]not met[/]"
