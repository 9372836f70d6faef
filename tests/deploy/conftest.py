"""The real Docker Compose, which needs no engine to read and resolve a file."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.deploy.stacks import Compose, Stack, resolved

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
"""Where the packages of the `dev` group put docker-compose, shellcheck, hadolint and temporal."""


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def programs() -> Path:
    """The folder of the environment's programs."""
    return PROGRAMS


@pytest.fixture(scope="session")
def compose(tmp_path_factory: pytest.TempPathFactory) -> Compose:
    """Runs docker-compose with these settings only: neither this shell's nor this folder's .env."""
    home = tmp_path_factory.mktemp("home")

    def run(*arguments: str, settings: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
        env_file = tmp_path_factory.mktemp("settings") / ".env"
        env_file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        return subprocess.run(
            [str(PROGRAMS / "docker-compose"), "--env-file", str(env_file), *arguments],
            cwd=ROOT,
            env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def example_settings() -> dict[str, str]:
    """What .env.example sets, without the lines that are commented out."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.fixture(scope="session")
def stack(compose: Compose, example_settings: dict[str, str]) -> Stack:
    """docker-compose.yml as Compose understands it with the example's settings."""
    return resolved(compose("config", "--format", "json", settings=example_settings))
