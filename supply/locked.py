"""What uv.lock holds, as uv exports it. Nothing is asked of the network."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def exported(form: str, *options: str) -> str:
    """The lock file in one of the forms of `uv export`.

    Raises:
        FileNotFoundError: without uv; `make setup` brings it.
        subprocess.CalledProcessError: when pyproject.toml and uv.lock don't fit.
    """
    command = [_uv(), "export", "--quiet", "--locked", "--offline", "--format", form, *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603


def _uv() -> str:
    found = os.environ.get("UV") or shutil.which("uv") or ROOT / ".bootstrap/bin/uv"
    return str(found)
