"""The jobs that prepare Temporal: its schema and its namespace."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

DAY_SECONDS = 24 * 60 * 60


class TestSchema:
    """With a stand-in for temporal-sql-tool: the real one is only in Temporal's image."""

    @pytest.fixture
    def tool(self, tmp_path: Path) -> Path:
        tool = tmp_path / "temporal-sql-tool"
        tool.write_text(
            f'#!/bin/sh\necho "$@" >> {tmp_path}/calls\n'
            f'printf "%s" "$SQL_PASSWORD" > {tmp_path}/password_seen\n'
            f"[ ! -e {tmp_path}/fails ]\n"
        )
        tool.chmod(0o755)
        return tool

    def migrate(self, root: Path, tool: Path) -> "subprocess.CompletedProcess[str]":
        """Runs the job as docker-compose.yml does."""
        secret = tool.parent / "password"
        secret.write_text("sql-marker-Vw3kT8qLz0\n")
        deploy = root / "deploy"
        return subprocess.run(
            [
                *("/bin/sh", deploy / "with-secrets.sh", "SQL_PASSWORD", "--"),
                *("/bin/sh", deploy / "temporal/schema.sh"),
            ],
            env={
                "PATH": f"{tool.parent}:{os.environ['PATH']}",
                "SQL_PASSWORD_FILE": str(secret),
            },
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )

    def test_both_databases_are_brought_to_their_own_schema(self, root: Path, tool: Path) -> None:
        answer = self.migrate(root, tool)

        versions = "/etc/temporal/schema/postgresql/v12"
        assert answer.returncode == 0
        assert (tool.parent / "calls").read_text().splitlines() == [
            "--database temporal setup-schema --version 0.0",
            f"--database temporal update-schema --schema-dir {versions}/temporal/versioned",
            "--database temporal_visibility setup-schema --version 0.0",
            f"--database temporal_visibility update-schema --schema-dir"
            f" {versions}/visibility/versioned",
        ]

    def test_the_password_goes_by_the_environment_only(self, root: Path, tool: Path) -> None:
        answer = self.migrate(root, tool)

        assert (tool.parent / "password_seen").read_text() == "sql-marker-Vw3kT8qLz0"
        assert "sql-marker-Vw3kT8qLz0" not in (tool.parent / "calls").read_text()
        assert "sql-marker-Vw3kT8qLz0" not in answer.stdout + answer.stderr

    def test_the_first_failure_stops_the_job(self, root: Path, tool: Path) -> None:
        (tool.parent / "fails").touch()

        answer = self.migrate(root, tool)

        assert answer.returncode != 0
        assert len((tool.parent / "calls").read_text().splitlines()) == 1


@dataclass(frozen=True)
class Temporal:
    """A real server, and the job's way to it."""

    address: str
    programs: Path
    root: Path

    def job(self, namespace: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        environment = {
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "HOME": os.environ["HOME"],
            "TEMPORAL_ADDRESS": self.address,
            "TEMPORAL_NAMESPACE": namespace,
            "TEMPORAL_PATIENCE_SECONDS": "30",
        }
        return subprocess.run(
            ["/bin/sh", self.root / "deploy/temporal/namespace.sh"],
            env={**environment, **settings},
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )

    def retention_days(self, namespace: str) -> float:
        described = subprocess.run(
            [
                *(self.programs / "temporal", "operator", "namespace", "describe"),
                *("--namespace", namespace, "--address", self.address, "--output", "json"),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        text: str = json.loads(described.stdout)["config"]["workflowExecutionRetentionTtl"]
        return int(text.removesuffix("s")) / DAY_SECONDS


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def temporal(root: Path, programs: Path) -> Iterator[Temporal]:
    """A server that is still starting: the job has to wait for it, as in production."""
    port = free_port()
    server = subprocess.Popen(
        [
            *(programs / "temporal", "server", "start-dev", "--headless"),
            *("--port", str(port), "--log-level", "error"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Temporal(f"127.0.0.1:{port}", programs, root)
    finally:
        server.terminate()
        server.wait(timeout=20)


class TestNamespace:
    def test_is_made_once_the_server_serves_and_keeps_histories_thirty_days(
        self, temporal: Temporal
    ) -> None:
        answer = temporal.job("first")

        assert answer.returncode == 0, answer.stderr
        assert "namespace first keeps closed histories for 30d" in answer.stdout
        assert temporal.retention_days("first") == 30

    def test_run_again_it_changes_nothing_but_a_new_retention(self, temporal: Temporal) -> None:
        for retention, days in (("45d", 45), ("45d", 45), ("1440h", 60)):
            answer = temporal.job("again", TEMPORAL_RETENTION=retention)

            assert answer.returncode == 0, answer.stderr
            assert temporal.retention_days("again") == days

    @pytest.mark.parametrize(
        ("retention", "says"),
        [
            ("29d", "at least 30d"),
            ("719h", "at least 30d"),
            ("1h", "at least 30d"),
            ("30", "must end in d"),
            ("30m", "must be like"),
            ("-30d", "must be like"),
            ("030d", "must be like"),
            ("d", "must be like"),
            ("$(id)d", "must be like"),
        ],
    )
    def test_a_shorter_or_unreadable_retention_is_refused_before_anything_is_done(
        self, root: Path, programs: Path, retention: str, says: str
    ) -> None:
        nobody = Temporal("127.0.0.1:1", programs, root)

        answer = nobody.job("refused", TEMPORAL_RETENTION=retention)

        assert answer.returncode == 78
        assert says in answer.stderr
        assert f"'{retention}'" in answer.stderr

    def test_gives_up_on_a_server_that_never_comes_and_says_so(
        self, root: Path, programs: Path
    ) -> None:
        nobody = Temporal(f"127.0.0.1:{free_port()}", programs, root)
        before = time.monotonic()

        answer = nobody.job("lost", TEMPORAL_PATIENCE_SECONDS="2")

        assert answer.returncode == 1
        assert f"Temporal is still not ready at {nobody.address}" in answer.stderr
        assert time.monotonic() - before < 30

    def test_a_missing_setting_is_named(self, root: Path, programs: Path) -> None:
        nobody = Temporal("127.0.0.1:1", programs, root)

        answer = nobody.job("", TEMPORAL_PATIENCE_SECONDS="0")

        assert answer.returncode != 0
        assert "set TEMPORAL_NAMESPACE" in answer.stderr
