"""Past incidents may be the first that a register holds, and are anchored at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from register.anchor import newest, read

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = str(ROOT / "examples/foi-response.csv")


@pytest.fixture(autouse=True)
def _told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/register.db")


def register(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "register", *arguments],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_import_makes_the_register_and_what_it_holds_verifies(tmp_path: Path) -> None:
    given = register("import", EXAMPLE, "--yes")

    assert given.returncode == 0, given.stderr
    assert "a new one was made" in given.stderr
    head = newest(read(tmp_path / "register.anchor") or (), "events")
    assert head is not None
    assert head.position == 22
    verified = register("verify")
    assert verified.returncode == 0, verified.stdout


def test_looking_makes_no_register(tmp_path: Path) -> None:
    looked = register("import", EXAMPLE, "--dry-run")

    assert looked.returncode == 2
    assert "there is no register" in looked.stderr
    assert not (tmp_path / "register.db").exists()


def test_an_upgrade_begins_the_anchor(tmp_path: Path) -> None:
    assert register("upgrade").returncode == 0
    assert register("verify").returncode == 0
    assert (tmp_path / "register.anchor").exists()
