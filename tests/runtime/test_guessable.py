"""Nothing starts with a secret that is none: one that everybody tries, or a file open to all."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from encryption.keyring import new_key
from runtime.guessable import is_open_to_others
from runtime.settings import SettingsError, codec_settings, database_url, payload_keys

ROOT = Path(__file__).parents[2]
GOOD = "Vw3kT8qLz0pR5nXy"


def refusal(read: Callable[[], Any]) -> str:
    with pytest.raises(SettingsError) as refused:
        read()
    assert refused.value.__cause__ is None, "the cause may hold the secret"
    return str(refused.value)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "is empty"),
        ("temporal", "is shorter than 16 characters"),
        ("postgres", "is shorter than 16 characters"),
        ("Vw3kT8qLz0pR5nX", "is shorter than 16 characters"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "has fewer than 5 different characters"),
        ("Password1234567890", "is made of digits and words that everybody tries"),
        ("change-me-change-me", "is made of digits and words that everybody tries"),
        ("TemporalTemporal2026!", "is made of digits and words that everybody tries"),
        ("breach-desk-register", "is made of digits and words that everybody tries"),
    ],
)
@pytest.mark.parametrize(
    "url",
    [
        "postgresql://register:{}@postgresql:5432/register",
        "postgresql+psycopg://register:{}@127.0.0.1/register?sslmode=require",
        "postgresql://postgresql/register?user=register&password={}",
        "postgresql://register:{}@/register?hostaddr=192.0.2.1",
    ],
)
def test_a_password_that_can_be_guessed_is_refused_and_not_repeated(
    url: str, password: str, words: str
) -> None:
    said = refusal(lambda: database_url({"DATABASE_URL": url.format(password)}))

    assert said.startswith(f"DATABASE_URL: its password {words}")
    assert "openssl rand" in said
    assert not password or f" {password} " not in said


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://register:{GOOD}@postgresql/register",
        "postgresql://register:caf%C3%A9-9w%402k%2F8sJ1xY@postgresql/register",
        "postgresql://register@db.example.gov.uk/register?sslcert=/srv/client.crt",
        "postgresql://register:@/register?host=/var/run/postgresql",
        "sqlite:///x.db",
    ],
)
def test_a_good_password_a_certificate_or_a_socket_is_taken(url: str) -> None:
    assert database_url({"DATABASE_URL": url}) == url


@pytest.mark.parametrize(
    "key",
    [
        "00" * 32,
        "ab" * 32,
        bytes(range(32)).hex(),
        bytes(range(255, 223, -1)).hex(),
        "0123456789abcdef" * 4,
        b"an-example-key-of-32-characters!".hex(),
    ],
)
def test_an_example_is_no_payload_key(key: str) -> None:
    said = refusal(lambda: payload_keys({"PAYLOAD_KEYS": f"{new_key()}, old:{key}"}))

    assert said.startswith("PAYLOAD_KEYS: entry 2 is an example or a text, not a random key")
    assert key not in said


def test_every_key_that_we_make_is_taken() -> None:
    for _ in range(500):
        payload_keys({"PAYLOAD_KEYS": new_key()})


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that others can get to, unlike pytest's own."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        path = Path(name)
        path.chmod(0o755)
        yield path


@pytest.mark.parametrize(
    ("name", "content", "read"),
    [
        ("PAYLOAD_KEYS", new_key(), payload_keys),
        ("CODEC_TOKEN", GOOD * 2, codec_settings),
        ("DATABASE_URL", f"postgresql://register:{GOOD}@h/d", database_url),
    ],
    ids=["keys", "token", "address"],
)
def test_a_file_that_everybody_can_read_is_refused(
    folder: Path, name: str, content: str, read: Callable[[dict[str, str]], Any]
) -> None:
    file = folder / "secret"
    file.write_text(content)
    environment = {f"{name}_FILE": str(file)}
    file.chmod(0o644)

    said = refusal(lambda: read(environment))

    assert said.startswith(f"{name}_FILE: everybody on this machine can read {file}")
    assert f"chmod o-r {file}" in said
    assert content not in said
    for mode in (0o400, 0o640):
        file.chmod(mode)
        assert read(environment)


def test_a_closed_folder_closes_what_is_in_it(folder: Path) -> None:
    """As `deploy/make-secrets.sh` has it, since containers run as different users."""
    file = folder / "secrets" / "deeper" / "key"
    file.parent.mkdir(parents=True)
    file.write_text("x")
    file.chmod(0o444)
    assert is_open_to_others(file)

    (folder / "secrets").chmod(0o700)

    assert not is_open_to_others(file)


def test_a_link_is_as_open_as_what_it_leads_to(folder: Path) -> None:
    (folder / "key").write_text("x")
    (folder / "link").symlink_to(folder / "key")
    (folder / "key").chmod(0o644)

    assert is_open_to_others(folder / "link")


@pytest.mark.parametrize(
    "program",
    [
        ["worker.py"],
        ["starter.py", "listen"],
        ["-m", "register", "check"],
        ["-m", "register", "upgrade"],
        ["-m", "register", "verify"],
        ["-m", "reports", "foi", "discipline", "--from", "5/12/21", "--to", "5/12/24"],
    ],
    ids=" ".join,
)
def test_no_program_starts_with_the_password_of_an_example(
    program: list[str], tmp_path: Path
) -> None:
    settings = {
        "DATABASE_URL": "postgresql://postgres:postgres@127.0.0.1:1/register",
        "PAYLOAD_KEYS": new_key(),
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "DATA_FOLDER": str(tmp_path),
    }

    answer = subprocess.run(
        [sys.executable, *program],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert answer.returncode == 2
    (line,) = answer.stderr.splitlines()
    assert line.startswith("error: DATABASE_URL: its password is shorter than 16 characters")
    assert answer.stdout == ""
