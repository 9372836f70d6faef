"""`make bench`, with a few of each."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def test_measures_everything_and_loses_nothing(tmp_path: Path) -> None:
    file = tmp_path / "results.json"

    chart = tmp_path / "results.png"

    command = [sys.executable, "-m", "bench", "--quick", "--json", str(file), "--chart", str(chart)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout + run.stderr
    measures: dict[str, dict[str, Any]] = {
        each["name"]: each for each in json.loads(file.read_text())["measures"]
    }
    for name in (
        "form",
        "reference",
        "card",
        "reference_3",
        "reference_without_worker",
        "killed",
        "start",
        "reminder_recorded",
        "reminder_told",
    ):
        figures = measures[name]["figures"]
        assert 0 < figures["p50"] <= figures["p95"] <= figures["max"], name
        assert f"{figures['p95']:,.1f}" in run.stdout
    until_decided, whole = (
        measures[f"events_{part}"]["figures"]["value"] for part in ("to_ico", "of_life")
    )
    assert 0 < until_decided < whole
    one_by_one, at_once, killed, unattended = 2, 3, 1, 2
    counted, lived, standing, reminded = 1, 2, 4, 2
    assert measures["shown"]["figures"]["value"] == sum(
        (one_by_one, at_once, 1, counted, lived, killed, standing, reminded, unattended)
    )
    for name in ("opens", "lives"):
        ours, floor = measures[name], measures[f"{name}_floor"]
        assert ours["figures"]["value"] > 0 < floor["figures"]["value"]
    assert measures["standing_memory"]["figures"]["value"] > 0
    assert measures["reminder_recorded"]["samples"] == reminded
    assert chart.read_bytes().startswith(b"\x89PNG")
    assert measures["lost"]["met"] is True
    assert measures["verify_rate"]["figures"]["value"] > 0
    assert {"foi_upstream", "foi_breaches", "foi_ico", "foi_discipline"} <= set(measures)
    assert {"search_newest", "search_type", "search_reference", "statistics"} <= set(measures)
    assert measures["answers_memory"]["figures"]["value"] > 0


def test_ctrl_c_ends_it_with_one_line() -> None:
    command = [sys.executable, "-m", "bench", "--quick"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as bench:
        assert bench.stdout
        assert bench.stdout.readline().startswith("Starting Temporal")

        bench.send_signal(signal.SIGINT)

        assert bench.stdout.read() == "Stopped; nothing was measured to the end.\n"
        assert bench.wait(60) == 130
