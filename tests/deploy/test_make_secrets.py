"""deploy/make-secrets.sh: makes what can be made, once, and says what only a person can bring."""

import subprocess
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from runtime.settings import codec_settings, payload_keys
from tests.deploy.stacks import Stack

PASSWORDS = (
    *("postgres_password", "temporal_db_password"),
    *("register_owner_db_password", "register_db_password"),
)
BOT, APP = "xoxb-1-test", "xapp-1-test"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "secrets"


def make_secrets(root: Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["/bin/sh", root / "deploy/make-secrets.sh", folder],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def add_tokens(folder: Path, *, bot: str = BOT, app: str = APP) -> None:
    (folder / "slack_bot_token").write_text(f"{bot}\n")
    (folder / "slack_app_token").write_text(f"{app}\n")


def test_passwords_are_long_and_all_different(root: Path, folder: Path) -> None:
    make_secrets(root, folder)

    values = [(folder / name).read_text().strip() for name in PASSWORDS]
    assert len(set(values)) == len(PASSWORDS)
    assert all(len(bytes.fromhex(value)) == 32 for value in values)


@pytest.mark.parametrize(
    ("file", "role"), [("database_url", "register"), ("register_owner_url", "register_owner")]
)
def test_an_address_of_the_register_carries_the_password_of_its_role(
    root: Path, folder: Path, file: str, role: str
) -> None:
    make_secrets(root, folder)

    url = make_url((folder / file).read_text().strip())
    assert url.drivername == "postgresql+psycopg"
    assert (url.username, url.host, url.port, url.database) == (
        role,
        "postgresql",
        5432,
        "register",
    )
    assert url.password == (folder / f"{role}_db_password").read_text().strip()


def test_only_the_owner_gets_to_the_files_and_every_container_can_read_them(
    root: Path, folder: Path
) -> None:
    make_secrets(root, folder)
    add_tokens(folder)
    make_secrets(root, folder)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o444}


def test_what_is_there_is_never_replaced(root: Path, folder: Path) -> None:
    make_secrets(root, folder)
    before = {file.name: file.read_text() for file in folder.iterdir()}

    make_secrets(root, folder)

    assert {file.name: file.read_text() for file in folder.iterdir()} == before


def test_says_which_tokens_are_missing_and_where_slack_shows_them(root: Path, folder: Path) -> None:
    answer = make_secrets(root, folder)

    assert answer.returncode == 1
    assert f"MISSING  {folder}/slack_bot_token" in answer.stdout
    assert "OAuth & Permissions" in answer.stdout
    assert f"MISSING  {folder}/slack_app_token" in answer.stdout
    assert "App-Level Tokens" in answer.stdout


def test_tokens_that_were_swapped_are_noticed(root: Path, folder: Path) -> None:
    make_secrets(root, folder)
    add_tokens(folder, bot=APP, app=BOT)

    answer = make_secrets(root, folder)

    assert answer.returncode == 1
    assert f"WRONG    {folder}/slack_bot_token: it must begin with xoxb-" in answer.stdout
    assert f"WRONG    {folder}/slack_app_token: it must begin with xapp-" in answer.stdout


@pytest.mark.parametrize(
    ("password", "said"), [(None, "none"), ("a password", "kept"), ("", "empty")]
)
def test_the_mail_servers_password_is_looked_at_and_not_asked_for(
    root: Path, folder: Path, password: str | None, said: str
) -> None:
    make_secrets(root, folder)
    add_tokens(folder)
    if password is not None:
        (folder / "smtp_password").write_text(password)

    answer = make_secrets(root, folder)

    assert answer.returncode == 0
    [line] = [each for each in answer.stdout.splitlines() if "smtp_password" in each]
    assert line.startswith(said)
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o444}


def test_succeeds_once_all_is_there_and_never_shows_a_value(root: Path, folder: Path) -> None:
    first = make_secrets(root, folder)
    add_tokens(folder)

    second = make_secrets(root, folder)

    assert second.returncode == 0
    shown = first.stdout + first.stderr + second.stdout + second.stderr
    assert not [f.name for f in folder.iterdir() if f.read_text().strip() in shown]


def test_a_password_of_an_example_is_named_and_not_shown(root: Path, folder: Path) -> None:
    make_secrets(root, folder)
    add_tokens(folder)
    for name in ("temporal_db_password", "codec_token"):
        (folder / name).chmod(0o644)
        (folder / name).write_text("Temporal-temporal-2026\n")

    answer = make_secrets(root, folder)

    assert answer.returncode == 1
    wrong = [line for line in answer.stdout.splitlines() if line.startswith("WRONG")]
    assert [line.split()[1] for line in wrong] == [
        f"{folder}/temporal_db_password",
        f"{folder}/codec_token",
    ]
    assert all("words that everybody tries" in line for line in wrong)
    assert "Temporal-temporal" not in answer.stdout + answer.stderr


def test_makes_every_secret_that_the_stack_asks_for(root: Path, folder: Path, stack: Stack) -> None:
    make_secrets(root, folder)
    add_tokens(folder)

    assert {file.name for file in folder.iterdir()} == set(stack["secrets"])


def test_writes_no_empty_secret_where_openssl_is_missing(root: Path, folder: Path) -> None:
    commands = folder.parent / "bin"
    commands.mkdir()
    for name in ("sh", "mkdir", "chmod", "cat", "grep", "mv"):
        found = subprocess.run(["which", name], capture_output=True, text=True, check=True)
        (commands / name).symlink_to(found.stdout.strip())

    answer = subprocess.run(
        ["/bin/sh", root / "deploy/make-secrets.sh", folder],
        env={"PATH": str(commands)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode != 0
    assert "openssl" in answer.stderr
    assert list(folder.iterdir()) == []


def test_the_payload_key_is_one_that_our_programs_take(root: Path, folder: Path) -> None:
    make_secrets(root, folder)

    assert payload_keys({"PAYLOAD_KEYS_FILE": str(folder / "payload_keys")})


def test_the_codec_server_takes_its_token(root: Path, folder: Path) -> None:
    make_secrets(root, folder)

    settings = codec_settings({"CODEC_TOKEN_FILE": str(folder / "codec_token")})
    assert settings.token == (folder / "codec_token").read_text().strip()
