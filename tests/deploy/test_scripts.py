"""What can be said of the shell scripts without running them."""

import subprocess
from pathlib import Path

import pytest

SCRIPTS = sorted(Path(__file__).resolve().parents[2].joinpath("deploy").rglob("*.sh"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_shellcheck_finds_nothing(script: Path, programs: Path) -> None:
    answer = subprocess.run(
        [programs / "shellcheck", "--norc", "--enable=check-unassigned-uppercase", script],
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_the_plain_shell_of_the_images_can_read_it(script: Path) -> None:
    assert script.read_text().startswith("#!/bin/sh\n")
    assert subprocess.run(["/bin/sh", "-n", script], check=False).returncode == 0
