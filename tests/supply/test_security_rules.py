"""`make lint` looks for what is insecure in all code that ships."""

import json
import subprocess
from pathlib import Path

import pytest

from supply.locked import ROOT
from tests.deploy.conftest import PROGRAMS

INSECURE = """import pickle
import subprocess

password = "hunter2hunter2"


def run(what: bytes) -> None:
    subprocess.run(pickle.loads(what), shell=True, check=True)
"""

SHIPPED = sorted(
    folder.name
    for folder in ROOT.iterdir()
    if (folder / "__init__.py").exists() and folder.name != "tests"
)


@pytest.mark.parametrize(
    "file", ["worker.py", "deploy/x.py", *(f"{name}/x.py" for name in SHIPPED)]
)
def test_what_is_insecure_is_found(file: str) -> None:
    answer = subprocess.run(
        [PROGRAMS / "ruff", "check", "--output-format=json", f"--stdin-filename={file}", "-"],
        input=INSECURE,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert {"S105", "S301", "S602"} <= {each["code"] for each in json.loads(answer.stdout)}


def test_every_exception_from_these_rules_is_one_line_and_names_its_rule() -> None:
    for file in ROOT.joinpath(".").glob("*/**/*.py"):
        if not set(file.relative_to(ROOT).parts) & {".venv", ".bootstrap", ".data", "tests"}:
            assert "ruff: noqa" not in file.read_text(), file


def test_the_only_folder_with_other_security_rules_is_that_of_the_tests() -> None:
    assert Path(ROOT / "pyproject.toml").read_text().count('"S101"') == 1
