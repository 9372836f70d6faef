"""docker-compose.tls.yml, and the certificates that it reads."""

import subprocess
from pathlib import Path

import pytest

from tests.deploy.stacks import Compose, Stack, resolved
from tests.deploy.tls_front import make_certificates

TLS_FILES = ("-f", "docker-compose.yml", "-f", "docker-compose.tls.yml")
CLIENTS = {"temporal-namespace", "temporal-ui", "worker", "listener", "watchdog"}


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls") / "tls"
    answer = make_certificates(folder)
    assert answer.returncode == 0, answer.stderr
    return folder


class TestCertificates:
    def test_run_again_it_keeps_what_is_still_good(self, certificates: Path) -> None:
        before = {file.name: file.read_bytes() for file in certificates.iterdir()}

        answer = make_certificates(certificates)

        assert {line.split()[0] for line in answer.stdout.splitlines()} == {"kept"}
        assert {file.name: file.read_bytes() for file in certificates.iterdir()} == before

    def test_what_expires_soon_is_made_again_by_the_same_authority(self, tmp_path: Path) -> None:
        folder = tmp_path / "tls"
        make_certificates(folder)
        short = ("openssl", "x509", "-in", "server.crt", "-signkey", "server.key", "-days", "20")
        soon = subprocess.run(short, cwd=folder, capture_output=True, check=True).stdout
        (folder / "server.crt").chmod(0o644)
        (folder / "server.crt").write_bytes(soon)
        authority = (folder / "ca.crt").read_bytes()

        answer = make_certificates(folder)

        assert f"made     {folder}/server.crt" in answer.stdout
        assert f"kept     {folder}/client.crt" in answer.stdout
        assert (folder / "ca.crt").read_bytes() == authority

    def test_without_the_authoritys_key_it_says_what_to_bring(self, tmp_path: Path) -> None:
        folder = tmp_path / "tls"
        make_certificates(folder)
        (folder / "ca.key").unlink()
        (folder / "client.crt").unlink()

        answer = make_certificates(folder)

        assert answer.returncode == 1
        assert f"MISSING  {folder}/ca.key: bring it back" in answer.stderr

    def test_only_the_owner_gets_to_the_keys(self, certificates: Path) -> None:
        assert certificates.stat().st_mode & 0o777 == 0o700
        assert (certificates / "ca.key").stat().st_mode & 0o777 == 0o400
        assert {file.name for file in certificates.iterdir()} == {
            *("ca.crt", "ca.key", "client.crt", "client.key", "server.crt", "server.key")
        }

    def test_a_client_can_not_pass_for_the_server(self, certificates: Path) -> None:
        checked = subprocess.run(
            ["openssl", "verify", "-CAfile", "ca.crt", "-purpose", "sslserver", "client.crt"],
            cwd=certificates,
            capture_output=True,
            text=True,
            check=False,
        )
        assert checked.returncode != 0
        assert "unsuitable certificate purpose" in checked.stderr


@pytest.fixture(scope="module")
def with_tls(compose: Compose, example_settings: dict[str, str]) -> Stack:
    return resolved(compose(*TLS_FILES, "config", "--format", "json", settings=example_settings))


class TestCompose:
    def test_every_client_of_temporal_brings_a_certificate(self, with_tls: Stack) -> None:
        names = {
            name
            for name, service in with_tls["services"].items()
            if "temporal:7233" in (service.get("environment") or {}).values()
        }

        assert names == CLIENTS
        for name in names:
            given = {each["source"] for each in with_tls["services"][name]["secrets"]}
            assert {"temporal_ca", "temporal_client_certificate", "temporal_client_key"} <= given
            assert not {each for each in given if "server" in each}

    def test_the_server_refuses_who_has_none_also_between_its_own_parts(
        self, with_tls: Stack
    ) -> None:
        environment = with_tls["services"]["temporal"]["environment"]

        assert environment["TEMPORAL_TLS_REQUIRE_CLIENT_AUTH"] == "true"
        for part in ("FRONTEND", "SERVER"):
            assert environment[f"TEMPORAL_TLS_{part}_CERT"].endswith("server_certificate")
        assert not [name for name in environment if "DISABLE_HOST_VERIFICATION" in name]

    def test_every_file_it_names_is_one_that_is_made_and_given(
        self, with_tls: Stack, certificates: Path
    ) -> None:
        made = {file.name for file in certificates.iterdir()}
        for name in CLIENTS | {"temporal"}:
            service = with_tls["services"][name]
            given = {each["source"] for each in service["secrets"]}
            named = {
                Path(value).name
                for variable, value in service["environment"].items()
                if variable.startswith("TEMPORAL_TLS_") and value.startswith("/")
            }
            assert named <= given, name
            files = {Path(with_tls["secrets"][each]["file"]).name for each in named}
            assert files <= made - {"ca.key"}

    def test_the_server_knows_every_setting(self, with_tls: Stack, programs: Path) -> None:
        """The command line carries the server, and with it the template of its settings."""
        carried = (programs / "temporal").read_bytes()
        environment = with_tls["services"]["temporal"]["environment"]

        for name in environment:
            if name.startswith("TEMPORAL_TLS_"):
                assert f'(env "{name}")'.encode() in carried, name

    def test_all_else_is_as_without(self, with_tls: Stack, stack: Stack) -> None:
        for name, service in with_tls["services"].items():
            for key in {*service, *stack["services"][name]} - {"environment", "secrets"}:
                assert service[key] == stack["services"][name][key], (name, key)
