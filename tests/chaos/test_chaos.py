"""`make chaos`, short: with every seed that once found something."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SEEDS = tomllib.loads(Path(__file__).with_name("seeds.toml").read_text(encoding="utf-8"))["seeds"]
LONGEST_MINUTES = 0.5
"""What the suite has time for; `CHAOS_LONG=1 pytest tests/chaos` runs the others too."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("kept", SEEDS, ids=lambda kept: f"seed-{kept['seed']}")
def test_nothing_acknowledged_is_lost(kept: dict[str, Any], tmp_path: Path) -> None:
    if kept["minutes"] > LONGEST_MINUTES and not os.environ.get("CHAOS_LONG"):
        pytest.skip(f"takes {kept['minutes']} minutes; CHAOS_LONG=1 runs it")
    file = tmp_path / "ledger.json"
    options = ["--seed", str(kept["seed"]), "--minutes", str(kept["minutes"]), "--people", "4"]

    command = [sys.executable, "-m", "chaos", *options, "--json", str(file)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout + run.stderr
    assert "Nothing was lost." in run.stdout
    assert max(map(len, run.stdout.splitlines())) <= 80
    result = json.loads(file.read_text(encoding="utf-8"))
    assert set(result["killed"]) == {"worker", "listener", "temporal"}
    reports = result["ledger"][0]
    assert reports["act"] == "report"
    assert reports["acknowledged"] > 0
    assert reports["lost"] == 0
    assert len(result["duplicated"]) <= sum(result["killed"].values())
    assert result["deadlines_checked"] >= 2 * 3 * reports["acknowledged"]
