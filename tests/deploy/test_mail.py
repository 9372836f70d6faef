"""deploy/mail.yml, as the real Compose resolves it and the programs read it."""

from pathlib import Path

import pytest

from runtime.smtp import PORTS, smtp_settings
from tests.deploy.stacks import Compose, resolved

FILES = ("-f", "docker-compose.yml", "-f", "deploy/mail.yml")
MAIL = {
    "SMTP_HOST": "smtp.cps.example",
    "SMTP_SENDER": "breach-desk@cps.example",
}
NAMED = {"SMTP_USERNAME": "breach-desk"}


@pytest.mark.parametrize(("given", "port"), [({}, 587), ({"SMTP_SECURITY": "tls"}, 465)])
def test_worker_and_watchdog_get_it_with_the_password_from_a_file(
    compose: Compose,
    example_settings: dict[str, str],
    tmp_path: Path,
    given: dict[str, str],
    port: int,
) -> None:
    settings = {**example_settings, **MAIL, **NAMED, **given}
    stack = resolved(compose(*FILES, "config", "--format", "json", settings=settings))
    password = tmp_path / "smtp_password"
    password.write_text("a long password of the mail server\n")
    password.chmod(0o400)

    for name in ("worker", "watchdog"):
        environment = stack["services"][name]["environment"]
        assert environment["SMTP_PASSWORD_FILE"] == "/run/secrets/smtp_password"  # noqa: S105
        found = smtp_settings({**environment, "SMTP_PASSWORD_FILE": str(password)})
        assert found is not None
        assert (found.host, found.port) == (MAIL["SMTP_HOST"], port)
        assert port in PORTS.values()
    holders = {
        name
        for name, service in stack["services"].items()
        for secret in service.get("secrets", [])
        if secret["source"] == "smtp_password"
    }
    assert holders == {"worker", "watchdog"}


def test_a_relay_that_asks_for_no_name_is_given_none(
    compose: Compose, example_settings: dict[str, str]
) -> None:
    settings = {**example_settings, **MAIL}
    stack = resolved(compose(*FILES, "config", "--format", "json", settings=settings))
    found = smtp_settings(stack["services"]["watchdog"]["environment"])
    assert found is not None
    assert (found.username, found.password, found.authorities) == ("", "", "")


def test_a_certificate_of_the_organisations_own_reaches_the_programs(
    compose: Compose, example_settings: dict[str, str]
) -> None:
    settings = {**example_settings, **MAIL, "SMTP_CA_FILE": "./certificates/mail.pem"}
    stack = resolved(compose(*FILES, "config", "--format", "json", settings=settings))
    for name in ("worker", "watchdog"):
        service = stack["services"][name]
        [config] = service["configs"]
        assert service["environment"]["SMTP_CA_FILE"] == config["target"]
        assert stack["configs"][config["source"]]["file"].endswith("/certificates/mail.pem")


def test_named_once_in_the_settings_it_is_part_of_every_command(
    compose: Compose, example_settings: dict[str, str]
) -> None:
    settings = {**example_settings, **MAIL, "COMPOSE_FILE": ":".join(FILES[1::2])}
    stack = resolved(compose("config", "--format", "json", settings=settings))
    assert stack["services"]["worker"]["environment"]["SMTP_HOST"] == MAIL["SMTP_HOST"]


@pytest.mark.parametrize("name", sorted(MAIL))
def test_a_missing_setting_is_named(
    compose: Compose, example_settings: dict[str, str], name: str
) -> None:
    settings = {**example_settings, **{k: v for k, v in MAIL.items() if k != name}}
    answer = compose(*FILES, "config", "--quiet", settings=settings)
    assert answer.returncode != 0
    assert f"required variable {name} is missing" in answer.stderr
