"""The image of our programs: what its Dockerfile says, and what gets into it."""

import subprocess
from pathlib import Path

import pytest

NOT_IN_THE_IMAGE = {"bench", "chaos", "drill", "localslack", "onemachine", "supply", "tests"}


@pytest.fixture(scope="module")
def dockerfile(root: Path) -> str:
    """The text of the Dockerfile."""
    return (root / "Dockerfile").read_text()


@pytest.fixture(scope="module")
def let_in(root: Path) -> set[str]:
    """What .dockerignore lets in, after a first line that keeps everything out."""
    lines = [
        line
        for line in (root / ".dockerignore").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    assert lines[0] == "*"
    return {line[1:].rstrip("/") for line in lines if line.startswith("!")}


def test_hadolint_finds_nothing(root: Path, programs: Path) -> None:
    answer = subprocess.run(
        [programs / "hadolint", "--no-color", root / "Dockerfile"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stdout


def test_exactly_the_locked_packages_are_installed_without_those_of_developers(
    dockerfile: str,
) -> None:
    assert "uv sync --frozen --no-dev" in dockerfile
    assert "COPY pyproject.toml uv.lock ./" in dockerfile


def test_both_stages_have_the_same_small_python(dockerfile: str) -> None:
    bases = [line.split()[1] for line in dockerfile.splitlines() if line.startswith("FROM ")]

    assert bases == ["python:3.11-slim-bookworm"] * 2


def test_the_program_runs_as_the_user_that_compose_names_and_owns_no_code(
    dockerfile: str, root: Path
) -> None:
    users = [line for line in dockerfile.splitlines() if line.startswith("USER ")]

    assert users == ["USER 10001:10001"]
    assert 'user: "10001:10001"' in (root / "docker-compose.yml").read_text()
    assert "--chown" not in dockerfile


def test_health_is_for_compose_to_ask(dockerfile: str) -> None:
    assert "HEALTHCHECK" not in dockerfile


def test_every_package_and_program_of_ours_gets_in(root: Path, let_in: set[str]) -> None:
    packages = {
        folder.name
        for folder in root.iterdir()
        if (folder / "__init__.py").exists() and folder.name not in NOT_IN_THE_IMAGE
    }
    programs = {file.name for file in root.glob("*.py")}

    examples = {"examples"}  # of `starter.py example load`
    assert packages | programs | examples <= let_in, "name the new one in .dockerignore"


def test_nothing_secret_local_or_for_developers_gets_in(let_in: set[str]) -> None:
    assert not let_in & {".env", ".data", ".git", ".venv", "secrets", "tests", "localslack"}
    assert {path for path in let_in if path.startswith("deploy")} == {
        "deploy",
        "deploy/healthcheck.py",
    }


def test_of_the_deploy_folder_only_the_health_check_gets_in(root: Path) -> None:
    lines = (root / ".dockerignore").read_text().splitlines()

    at = lines.index("!deploy/")
    assert lines[at + 1 : at + 3] == ["deploy/*", "!deploy/healthcheck.py"]
