"""deploy/healthcheck.py: what Docker learns about a program."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest


class Program(HTTPServer):
    """A program that answers `GET /health/ready` with `status`."""

    status = 200


class _Answer(BaseHTTPRequestHandler):
    server: Program

    def do_GET(self) -> None:
        self.send_response(self.server.status if self.path == "/health/ready" else 404)
        self.end_headers()
        self.wfile.write(b'{"temporal": false}')

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@pytest.fixture
def program() -> Iterator[Program]:
    with Program(("127.0.0.1", 0), _Answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def check(root: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, root / "deploy/healthcheck.py"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=15,
        check=False,
    )


def test_a_ready_program_is_healthy(root: Path, program: Program) -> None:
    assert check(root, HEALTH_PORT=str(program.server_port)).returncode == 0


def test_a_program_that_is_not_ready_says_why(root: Path, program: Program) -> None:
    program.status = 503

    answer = check(root, HEALTH_PORT=str(program.server_port))

    assert answer.returncode == 1
    assert answer.stderr == 'not ready: 503 {"temporal": false}\n'


def test_a_program_that_does_not_answer_is_unhealthy(root: Path, program: Program) -> None:
    with HTTPServer(("127.0.0.1", 0), _Answer) as never_served:
        answer = check(root, HEALTH_PORT=str(never_served.server_port))

    assert answer.returncode == 1
    assert "timed out" in answer.stderr


def test_the_organisations_proxy_is_not_asked(root: Path, program: Program) -> None:
    proxy = "http://127.0.0.1:9"

    answer = check(root, HEALTH_PORT=str(program.server_port), HTTP_PROXY=proxy, http_proxy=proxy)

    assert answer.returncode == 0


@pytest.mark.parametrize("port", ["", "worker"])
def test_a_missing_port_is_named(root: Path, port: str) -> None:
    answer = check(root, HEALTH_PORT=port)

    assert answer.returncode == 1
    assert "set HEALTH_PORT" in answer.stderr
