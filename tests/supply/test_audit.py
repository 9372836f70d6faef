"""`make audit`: the real pip-audit, asking a service on this machine."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from supply.audit import FOUND, NOT_ASKED
from supply.locked import ROOT, exported

ADVISORY = {
    "id": "PYSEC-2026-1",
    "modified": "2026-01-01T00:00:00Z",
    "published": "2026-01-01T00:00:00Z",
    "summary": "Lets anybody in",
    "affected": [
        {
            "package": {"name": "slack-bolt", "ecosystem": "PyPI"},
            "ranges": [
                {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "999"}]},
            ],
        }
    ],
}


class Advisories(ThreadingHTTPServer):
    """Answers as api.osv.dev does, for packages with a known vulnerability and without."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.vulnerable: set[str] = set()
        self.asked: set[str] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1/query"


class Answer(BaseHTTPRequestHandler):
    server: Advisories
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        name = json.loads(self.rfile.read(length))["package"]["name"]
        self.server.asked.add(name)
        answer = json.dumps({"vulns": [ADVISORY]} if name in self.server.vulnerable else {})
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def advisories() -> Iterator[Advisories]:
    with Advisories() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def audit(url: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "supply.audit", "--osv-url", url],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_every_package_of_this_system_is_asked_about(advisories: Advisories) -> None:
    answer = audit(advisories.url)

    assert answer.returncode == 0, answer.stderr
    assert {"temporalio", "cryptography", "slack-bolt", "pytest"} <= advisories.asked
    everywhere = [
        line.split("==")[0]
        for line in exported("requirements.txt", "--all-groups").splitlines()
        if "==" in line and ";" not in line
    ]
    assert set(everywhere) <= advisories.asked


def test_a_known_vulnerability_is_named_and_fails(advisories: Advisories) -> None:
    advisories.vulnerable = {"slack-bolt"}

    answer = audit(advisories.url)

    assert answer.returncode == FOUND
    assert "slack-bolt" in answer.stdout
    assert "PYSEC-2026-1" in answer.stdout


def test_that_nobody_answers_is_not_taken_for_all_is_well(advisories: Advisories) -> None:
    advisories.shutdown()
    advisories.server_close()

    answer = audit(advisories.url)

    assert answer.returncode == NOT_ASKED
    assert "NOT AUDITED" in answer.stderr


def test_ci_fails_on_a_finding_and_goes_on_where_nobody_can_be_asked() -> None:
    (line,) = [
        each for each in (ROOT / ".ci/run").read_text().splitlines() if "supply.audit" in each
    ]

    for status, goes_on in ((0, True), (FOUND, False), (NOT_ASKED, True), (139, False)):
        script = line.replace(".venv/bin/python -m supply.audit", f"(exit {status})")
        ran = subprocess.run(["bash", "-euc", f"{script}\nexit 0"], check=False)
        assert (ran.returncode == 0) is goes_on, status
