"""Settings: a slip is named by its variable, and nothing secret is repeated."""

import tomllib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from runtime.settings import (
    SLACK_API,
    SettingsError,
    codec_settings,
    database_url,
    organisation,
    payload_keys,
    port,
    slack_settings,
)

BOT, APP = "xoxb-MARKER-bot", "xapp-MARKER-app"
TOKENS = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}
SHIPPED = Path(__file__).resolve().parents[2] / "organisation.toml"


def refusal(read: Callable[[], object]) -> str:
    """What a person reads; nothing secret may be in it, nor in what it is chained to."""
    with pytest.raises(SettingsError) as refused:
        read()
    shown = f"{refused.value!r} {refused.value.__cause__!r}"
    assert "MARKER" not in shown
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_the_listener_has_both_tokens() -> None:
    settings = slack_settings(TOKENS, listens=True)

    assert (settings.bot_token, settings.app_token) == (BOT, APP)
    assert settings.api_url == SLACK_API
    assert not settings.is_local


def test_the_worker_has_no_use_for_the_app_token() -> None:
    assert slack_settings(TOKENS, listens=False).app_token == ""
    assert slack_settings({"SLACK_BOT_TOKEN": BOT}, listens=False).bot_token == BOT


def test_tokens_are_in_no_repr() -> None:
    assert "MARKER" not in repr(slack_settings(TOKENS, listens=True))


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN", "is not set"),
        ({"SLACK_BOT_TOKEN": "  "}, "SLACK_BOT_TOKEN", "is not set"),
        ({"SLACK_APP_TOKEN": ""}, "SLACK_APP_TOKEN", "is not set"),
        ({"SLACK_BOT_TOKEN": APP}, "SLACK_BOT_TOKEN", "must begin with xoxb-"),
        ({"SLACK_APP_TOKEN": BOT}, "SLACK_APP_TOKEN", "must begin with xapp-"),
        ({"SLACK_API_URL": "http://slack.example/MARKER"}, "SLACK_API_URL", "https://"),
        ({"SLACK_API_URL": "http://127.0.0.1.evil.example/"}, "SLACK_API_URL", "https://"),
        ({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL", "https://"),
    ],
)
def test_a_wrong_slack_setting_is_named(change: dict[str, str], name: str, words: str) -> None:
    said = refusal(lambda: slack_settings(TOKENS | change, listens=True))

    assert said.startswith(name)
    assert words in said


@pytest.mark.parametrize(
    ("given", "url", "local"),
    [
        ("", SLACK_API, False),
        ("https://slack.example/api", "https://slack.example/api/", False),
        ("http://127.0.0.1:8080/api/", "http://127.0.0.1:8080/api/", True),
        (" http://localhost:8080/api ", "http://localhost:8080/api/", True),
    ],
)
def test_slack_may_be_elsewhere(given: str, url: str, local: bool) -> None:
    settings = slack_settings(TOKENS | {"SLACK_API_URL": given}, listens=True)

    assert (settings.api_url, settings.is_local) == (url, local)


def test_secrets_come_from_files_as_containers_give_them(tmp_path: Path) -> None:
    for name, value in {
        "bot": BOT,
        "app": APP,
        "db": "postgresql://u:MARKER-7hQ2xW9cR4@h/d",
    }.items():
        (tmp_path / name).write_text(f"{value}\n")
    environment = {
        "SLACK_BOT_TOKEN_FILE": str(tmp_path / "bot"),
        "SLACK_APP_TOKEN_FILE": str(tmp_path / "app"),
        "DATABASE_URL_FILE": str(tmp_path / "db"),
    }

    settings = slack_settings(environment, listens=True)

    assert (settings.bot_token, settings.app_token) == (BOT, APP)
    assert database_url(environment) == "postgresql://u:MARKER-7hQ2xW9cR4@h/d"


def test_the_file_counts_where_both_are_set(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgresql://file/d")
    environment = {"DATABASE_URL": "sqlite:///x.db", "DATABASE_URL_FILE": str(tmp_path / "url")}

    assert database_url(environment) == "postgresql://file/d"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "No such file or directory"),
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"\xffMARKER", "is not a text in UTF-8"),
    ],
    ids=["missing", "empty", "blank", "binary"],
)
def test_a_file_without_a_value_is_named_and_no_default_takes_its_place(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)

    for name in ("DATABASE_URL_FILE", "SLACK_BOT_TOKEN_FILE"):
        environment = {name: str(file)}
        said = refusal(
            lambda env=environment: (  # type: ignore[misc]
                database_url(env),
                slack_settings(env, listens=False),
            )
        )
        assert said.startswith((f"{name}: ", "SLACK_BOT_TOKEN_FILE: "))
        assert words in said


def test_a_folder_is_no_secret(tmp_path: Path) -> None:
    said = refusal(lambda: database_url({"DATABASE_URL_FILE": str(tmp_path)}))

    assert said == f"DATABASE_URL_FILE: can't read {tmp_path}: Is a directory"


def test_without_a_database_url_the_register_is_a_file_of_make_run() -> None:
    usual = "sqlite:///.data/register.db"

    assert database_url({}) == database_url({"DATABASE_URL": " "}) == usual
    assert database_url({"DATA_FOLDER": "/srv/other"}) == "sqlite:////srv/other/register.db"


@pytest.mark.parametrize(
    "url", ["mysql://u:MARKER@h/d", "postgres://u:MARKER@h/d", "MARKER", "/MARKER.db"]
)
def test_a_database_of_another_kind_is_refused_without_repeating_its_url(url: str) -> None:
    said = refusal(lambda: database_url({"DATABASE_URL": url}))

    assert said == "DATABASE_URL must begin with sqlite:/// or postgresql://"


@pytest.mark.parametrize(("text", "number"), [("", 7), ("0", 0), ("8080", 8080), ("65535", 65535)])
def test_a_port_is_a_number(text: str, number: int) -> None:
    assert port("HEALTH_PORT", 7, {"HEALTH_PORT": text}) == number


@pytest.mark.parametrize("text", ["-1", "65536", "http", "80 81", "1e3", "0x50", "²"])
def test_a_wrong_port_is_named(text: str) -> None:
    said = refusal(lambda: port("HEALTH_PORT", 0, {"HEALTH_PORT": text}))

    assert said == "HEALTH_PORT must be a port number from 0 to 65535"


def organisation_file(tmp_path: Path, content: str | bytes) -> dict[str, str]:
    file = tmp_path / "organisation.toml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return {"ORGANISATION_FILE": str(file)}


def test_the_organisation_is_read_from_its_file(tmp_path: Path) -> None:
    environment = organisation_file(tmp_path, SHIPPED.read_text(encoding="utf-8"))

    assert organisation(environment).name == "Crown Prosecution Service"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name = ", "is not valid TOML"),
        ('name = "a"\nname = "b"', "is not valid TOML"),
        (b"name = \xff", "is not valid TOML"),
        ('name = "a"', "channels: Field required"),
    ],
)
def test_an_organisation_file_that_can_t_be_used_is_named(
    tmp_path: Path, content: str | bytes, words: str
) -> None:
    said = refusal(lambda: organisation(organisation_file(tmp_path, content)))

    assert said.startswith(f"ORGANISATION_FILE: {tmp_path}")
    assert words in said


def test_an_organisation_file_that_is_missing_is_named(tmp_path: Path) -> None:
    said = refusal(lambda: organisation({"ORGANISATION_FILE": str(tmp_path / "none.toml")}))

    assert said.endswith("none.toml: No such file or directory")


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ("regulator =", "regulater =", "regulater: Extra inputs are not permitted"),
        ("hr =", "hrr =", "groups.hrr: Extra"),
        ("due_hours = 24", "due_hour = 24", "clocks.ost_review.due_hour: Extra"),
        (
            "reminders_before_hours = [12, 4, 1]",
            "reminder_before_hours = [12, 4, 1]",
            "clocks.ost_review.reminder_before_hours: Extra",
        ),
        (
            '{ after_hours = 12, to = ["dpo"] }',
            '{ after_hours = 12, to = ["dpo"], cc = ["siro"] }',
            "clocks.ost_review.escalations.1.cc: Extra",
        ),
        ("[clocks.ost_review]", "[clocks.ost_revue]", "clocks.ost_revue: Extra"),
    ],
)
def test_a_key_that_is_misspelt_is_named_however_deep(
    tmp_path: Path, right: str, wrong: str, named: str
) -> None:
    shipped = SHIPPED.read_text(encoding="utf-8")
    assert right in shipped
    content = shipped.replace(right, wrong, 1)
    tomllib.loads(content)

    said = refusal(lambda: organisation(organisation_file(tmp_path, content)))

    assert named in said


HEX, OTHER_HEX = (sha256(each).hexdigest() for each in (b"one", b"another"))
KEY = f"MARKER-1:{HEX}"


def test_payload_keys_come_from_the_environment_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"{KEY}\nolder:{OTHER_HEX}\n")

    assert payload_keys({"PAYLOAD_KEYS": KEY}).newest == "MARKER-1"
    assert repr(payload_keys({"PAYLOAD_KEYS_FILE": str(file)})) == "Keyring(MARKER-1, older)"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not set (nor PAYLOAD_KEYS_FILE)"),
        (" , \n", "there is no key"),
        ("MARKER", "entry 1 is not an id, a colon and 64 hexadecimal digits"),
        (f"{KEY}, MARKER:12", "entry 2 is not"),
        (KEY.replace(HEX[:2], "zz", 1), "entry 1 is not"),
        (KEY[:-1], "entry 1 is not"),
        (f"{KEY} {KEY}", "entry 2 has the id or the key of an entry before it"),
        (f"{KEY} MARKER-2:{HEX.upper()}", "entry 2 has the id or the key of an entry before it"),
    ],
)
def test_wrong_payload_keys_are_refused_without_being_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)

    said = refusal(lambda: payload_keys({"PAYLOAD_KEYS": text}))

    assert said.startswith("PAYLOAD_KEYS")
    assert words in said
    assert "python -m encryption new-key" in said


def test_without_keys_of_ones_own_those_of_make_run_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".data").mkdir()
    (tmp_path / ".data" / "payload-keys").write_text(KEY)

    assert payload_keys({}).newest == "MARKER-1"
    assert payload_keys({"PAYLOAD_KEYS": f"other:{OTHER_HEX}"}).newest == "other"
    with pytest.raises(SettingsError, match="elsewhere/payload-keys"):
        payload_keys({"DATA_FOLDER": "elsewhere"})


TOKEN = f"MARKER-{OTHER_HEX}"


def test_the_codec_server_is_for_this_machine_unless_it_is_told_otherwise(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")

    settings = codec_settings({"CODEC_TOKEN_FILE": str(tmp_path / "token")})

    assert (settings.token, settings.host, settings.port) == (TOKEN, "127.0.0.1", 8234)
    assert settings.origins == {"http://127.0.0.1:8233", "http://localhost:8233"}
    assert "MARKER" not in repr(settings)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"CODEC_TOKEN": ""}, "CODEC_TOKEN"),
        ({"CODEC_TOKEN": "MARKER"}, "CODEC_TOKEN"),
        ({"CODEC_TOKEN": f"{TOKEN}/"}, "CODEC_TOKEN"),
        ({"CODEC_TOKEN": "change-me-" * 4}, "CODEC_TOKEN"),
        ({"CODEC_ORIGINS": "*"}, "CODEC_ORIGINS"),
        ({"CODEC_ORIGINS": "http://127.0.0.1:8233/"}, "CODEC_ORIGINS"),
        ({"CODEC_ORIGINS": "null"}, "CODEC_ORIGINS"),
        ({"CODEC_ORIGINS": "http://127.0.0.1:8233,"}, "CODEC_ORIGINS"),
        ({"CODEC_PORT": "http"}, "CODEC_PORT"),
    ],
)
def test_a_wrong_setting_of_the_codec_server_is_named(change: dict[str, str], name: str) -> None:
    said = refusal(lambda: codec_settings({"CODEC_TOKEN": TOKEN} | change))

    assert said.startswith(name)
