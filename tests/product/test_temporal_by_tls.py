"""Temporal by TLS: with a certificate our programs work, without one they say what is missing."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from drill.stack import Stack
from encryption.keyring import Keyring, new_key
from localslack.kinds import BOT_TOKEN
from onemachine.ports import HOST, any_free
from runtime.settings import SettingsError
from runtime.temporal import connect
from tests.deploy.tls_front import ROOT, make_certificates, tls_front


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ours") / "tls"
    make_certificates(folder)
    return folder


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Certificates of another authority."""
    folder = tmp_path_factory.mktemp("others") / "tls"
    make_certificates(folder)
    return folder


def client_settings(folder: Path) -> dict[str, str]:
    return {
        "TEMPORAL_TLS_SERVER_CA_CERT_PATH": str(folder / "ca.crt"),
        "TEMPORAL_TLS_CLIENT_CERT_PATH": str(folder / "client.crt"),
        "TEMPORAL_TLS_CLIENT_KEY_PATH": str(folder / "client.key"),
    }


@pytest.fixture
def plain(stack: Stack) -> str:
    """The address of the server behind, which speaks no TLS."""
    address: str = stack.client.service_client.config.target_host
    return address


@pytest.fixture
def front(plain: str, certificates: Path) -> Iterator[str]:
    with tls_front(int(plain.rpartition(":")[2]), certificates) as address:
        yield address


@pytest.fixture
def settings(stack: Stack, front: str) -> dict[str, str]:
    return {
        "TEMPORAL_ADDRESS": front,
        "DATABASE_URL": stack.database_url,
        "PAYLOAD_KEYS": new_key(),
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_API_URL": stack.slack.api_url,
        "LOG_FORMAT": "json",
    }


async def start(environment: dict[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "worker.py"),
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@pytest.fixture
async def working(
    settings: dict[str, str], certificates: Path
) -> AsyncIterator[tuple[asyncio.subprocess.Process, int]]:
    health = any_free()
    process = await start(settings | client_settings(certificates) | {"HEALTH_PORT": str(health)})
    yield process, health
    if process.returncode is None:
        process.kill()
        await process.wait()


class TestPrograms:
    async def test_the_worker_works_with_a_certificate(
        self, working: tuple[asyncio.subprocess.Process, int]
    ) -> None:
        process, health = working
        assert process.stderr is not None
        said = b""
        while b"worker_ready" not in said:
            line = await asyncio.wait_for(process.stderr.readline(), 60)
            said += line
            assert line, said.decode()

        checked = await asyncio.create_subprocess_exec(
            *(sys.executable, ROOT / "deploy/healthcheck.py"), env={"HEALTH_PORT": str(health)}
        )
        assert await checked.wait() == 0
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 30) == 0

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ("no certificate", "TEMPORAL_TLS_CLIENT_CERT_PATH: Temporal wants a certificate"),
            ("another's client", "TEMPORAL_TLS_CLIENT_CERT_PATH: Temporal wants a certificate"),
            ("another's authority", "TEMPORAL_TLS_SERVER_CA_CERT_PATH: Temporal's certificate is"),
            ("no authority", "TEMPORAL_TLS_SERVER_CA_CERT_PATH: Temporal's certificate is not by"),
            ("another name", "TEMPORAL_TLS_SERVER_NAME: Temporal's certificate is for another"),
            ("no TLS", "TEMPORAL_TLS: Temporal speaks TLS only; set TEMPORAL_TLS_SERVER_CA_CERT"),
            ("to a plain server", "TEMPORAL_TLS: Temporal speaks no TLS at TEMPORAL_ADDRESS"),
            ("another key", "TEMPORAL_TLS_CLIENT_KEY_PATH: this key does not belong to the"),
            ("no key", "TEMPORAL_TLS_CLIENT_CERT_PATH, TEMPORAL_TLS_CLIENT_KEY_PATH: set both"),
            ("a key that is none", "TEMPORAL_TLS_CLIENT_KEY_PATH: this is no private key"),
            ("a file that is not there", "TEMPORAL_*: "),
        ],
    )
    async def test_otherwise_it_is_refused_in_one_line(
        self,
        monkeypatch: pytest.MonkeyPatch,
        front: str,
        certificates: Path,
        others: Path,
        plain: str,
        change: str,
        words: str,
    ) -> None:
        right, another = client_settings(certificates), client_settings(others)
        authority, certificate, key = right
        changes: dict[str, dict[str, str]] = {
            "no certificate": {certificate: "", key: ""},
            "another's client": {certificate: another[certificate], key: another[key]},
            "another's authority": {authority: another[authority]},
            "no authority": {authority: ""},
            "another name": {"TEMPORAL_TLS_SERVER_NAME": "elsewhere"},
            "no TLS": dict.fromkeys(right, ""),
            "to a plain server": {"TEMPORAL_ADDRESS": plain},
            "another key": {key: another[key]},
            "no key": {key: ""},
            "a key that is none": {key: right[authority]},
            "a file that is not there": {authority: "/nowhere/ca.crt"},
        }
        environment = {"TEMPORAL_ADDRESS": front} | right | changes[change]
        for name, value in environment.items():
            monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name, raising=False)

        with pytest.raises(SettingsError) as refused:
            await asyncio.wait_for(connect(Keyring.parse(new_key())), 30)

        assert str(refused.value).startswith(words)
        assert "\n" not in str(refused.value)

    async def test_a_program_that_is_refused_ends_with_one_line(
        self, settings: dict[str, str], certificates: Path, others: Path
    ) -> None:
        authority = "TEMPORAL_TLS_SERVER_CA_CERT_PATH"
        wrong = {authority: client_settings(others)[authority]}
        process = await start(settings | client_settings(certificates) | wrong)

        out, err = await asyncio.wait_for(process.communicate(), 60)

        assert process.returncode == 2, out + err
        (line,) = err.decode().splitlines()
        assert line.startswith(f"error: {authority}: ")
        assert out == b""

    async def test_a_server_that_is_not_there_yet_is_waited_for(
        self, settings: dict[str, str], certificates: Path
    ) -> None:
        nobody = {"TEMPORAL_ADDRESS": f"{HOST}:{any_free()}"}
        process = await start(settings | client_settings(certificates) | nobody)
        assert process.stderr is not None

        said = await asyncio.wait_for(process.stderr.readline(), 60)

        assert b"temporal_not_reachable" in said
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 30) == 0

    def test_the_namespace_job_brings_its_certificate(self, front: str, certificates: Path) -> None:
        def job(more: dict[str, str]) -> "subprocess.CompletedProcess[str]":
            return subprocess.run(
                ["/bin/sh", ROOT / "deploy/temporal/namespace.sh"],
                env={
                    "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                    "HOME": os.environ["HOME"],
                    "TEMPORAL_ADDRESS": front,
                    "TEMPORAL_NAMESPACE": "by-tls",
                }
                | more,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )

        without = job({"TEMPORAL_PATIENCE_SECONDS": "1"})
        with_one = job(client_settings(certificates) | {"TEMPORAL_PATIENCE_SECONDS": "30"})

        assert without.returncode == 1
        assert with_one.returncode == 0, with_one.stderr
        assert "namespace by-tls keeps closed histories" in with_one.stdout
