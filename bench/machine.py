"""Which machine a measurement was made on, and with what."""

import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from onemachine.temporal import program

LIBRARIES = ("temporalio", "slack-bolt", "slack-sdk", "websockets", "sqlalchemy")
LOAD = "load before"
CPU_INFO = Path("/proc/cpuinfo")


def described() -> dict[str, str]:
    """The machine, the date (UTC) and the versions."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cores": str(os.cpu_count()),
        "processor": _processor(),
        LOAD: f"{os.getloadavg()[0]:.2f}",
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "temporal": _temporal(),
        **{name: version(name) for name in LIBRARIES},
    }


def was_busy(described: Mapping[str, str]) -> bool:
    """Whether the machine had so much other work that durations may say little."""
    return float(described[LOAD]) > float(described["cores"]) / 2


def memory_mb(pid: int) -> float:
    """What a process holds in memory (its resident set), in MB."""
    asked = ["ps", "-o", "rss=", "-p", str(pid)]
    return int(subprocess.run(asked, capture_output=True, text=True, check=True).stdout) / 1024  # noqa: S603


def _processor() -> str:
    if CPU_INFO.exists():
        for line in CPU_INFO.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _temporal() -> str:
    printed = subprocess.run([program(), "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    return printed.stdout.strip().removeprefix("temporal version ")
