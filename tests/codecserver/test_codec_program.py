"""`python -m codecserver`: names a slip and ends, or serves until it is told to stop."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from encryption.keyring import new_key
from onemachine.ports import any_free

ROOT = Path(__file__).parents[2]
TOKEN = "MARKER" * 6
ENVIRONMENT = {"CODEC_TOKEN": TOKEN, "PAYLOAD_KEYS": new_key(), "LOG_FORMAT": "json"}


def program(environment: dict[str, str], folder: Path) -> "subprocess.Popen[str]":
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TEMPORAL_", "CODEC_", "PAYLOAD_KEYS"))
    }
    return subprocess.Popen(
        [sys.executable, "-m", "codecserver"],
        cwd=folder,
        env=inherited | environment | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("name", sorted(ENVIRONMENT.keys() - {"LOG_FORMAT"}))
def test_a_missing_setting_is_named_and_nothing_is_served(tmp_path: Path, name: str) -> None:
    running = program(ENVIRONMENT | {name: ""}, tmp_path)
    said, _ = running.communicate(timeout=20)
    assert running.returncode == 2
    assert said.startswith(f"error: {name}")
    assert len(said.splitlines()) == 1


def test_it_serves_on_this_machine_only_until_it_is_told_to_stop(tmp_path: Path) -> None:
    health, port = any_free(), any_free()
    ports = {"HEALTH_PORT": str(health), "CODEC_PORT": str(port)}
    running = program(ENVIRONMENT | ports, tmp_path)
    deadline = time.monotonic() + 20
    while not _is_ready(health):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    listening = Path(f"/proc/{running.pid}/net/tcp").read_text()
    assert f"0100007F:{port:04X} 00000000:0000 0A" in listening
    assert f"00000000:{port:04X}" not in listening
    running.send_signal(signal.SIGTERM)
    said, _ = running.communicate(timeout=20)
    assert running.returncode == 0
    assert "codec_server_ready" in said
    assert "MARKER" not in said


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
