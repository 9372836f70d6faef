"""Settings from the environment, and organisation.toml. A slip is named, and nothing starts."""

import os
import re
import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import ValidationError

from domain.organisation import Organisation
from encryption.keyring import Keyring
from runtime.guessable import is_open_to_others, why_guessable

SLACK_API = "https://slack.com/api/"
DEFAULT_ORGANISATION = "organisation.toml"
DEFAULT_DATA = ".data"
DATABASE, KEYS = "register.db", "payload-keys"
"""In the folder of `make run`, whose register and keys are the default: a report from a file goes
to it."""
HIGHEST_PORT = 65_535
_MAKE_KEY = "`python -m encryption new-key` makes one"


LOOPBACK = "127.0.0.1"
CODEC_PORT, CODEC_HOST = 8234, LOOPBACK
CODEC_ORIGINS = "http://127.0.0.1:8233,http://localhost:8233"


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it and says what to do."""


@dataclass(frozen=True)
class SlackSettings:
    """How to reach Slack. Tokens are left out of the `repr`."""

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    """Needed by the listener only: Socket Mode's app-level token."""
    api_url: str = SLACK_API

    @property
    def is_local(self) -> bool:
        """Whether this is a Slack on this machine, to which no proxy leads."""
        return "//127.0.0.1:" in self.api_url or "//localhost:" in self.api_url


def slack_settings(environment: Mapping[str, str] = os.environ, *, listens: bool) -> SlackSettings:
    """Slack's settings; `listens` says whether the app-level token is needed as well.

    Raises:
        SettingsError: naming the variable.
    """
    bot_token = _secret(environment, "SLACK_BOT_TOKEN", prefix="xoxb-")
    app_token = _secret(environment, "SLACK_APP_TOKEN", prefix="xapp-") if listens else ""
    api_url = environment.get("SLACK_API_URL", "").strip() or SLACK_API
    if not api_url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise SettingsError(
            "SLACK_API_URL must begin with https:// (or http://127.0.0.1: for a local Slack)"
        )
    return SlackSettings(bot_token, app_token, api_url.rstrip("/") + "/")


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where `make run` keeps everything: the folder that DATA_FOLDER names."""
    return Path(environment.get("DATA_FOLDER", "").strip() or DEFAULT_DATA)


def for_this_folder(command: str, environment: Mapping[str, str] = os.environ) -> str:
    """A command as somebody types it for the data that this program uses."""
    folder = environment.get("DATA_FOLDER", "").strip()
    return f"DATA_FOLDER={shlex.quote(folder)} {command}" if folder else command


def database_url(environment: Mapping[str, str] = os.environ) -> str:
    """The register's database as a SQLAlchemy URL, from DATABASE_URL or DATABASE_URL_FILE.

    Raises:
        SettingsError: when it is neither SQLite nor PostgreSQL, or its password can be guessed.
            The URL itself is not repeated: it may hold a password.
    """
    default = f"sqlite:///{data_folder(environment) / DATABASE}"
    url = given(environment, "DATABASE_URL") or default
    if not url.startswith(("sqlite:", "sqlite+", "postgresql:", "postgresql+")):
        raise SettingsError("DATABASE_URL must begin with sqlite:/// or postgresql://")
    problem = None if url.startswith("sqlite") else _guessable_password(url)
    if problem:
        raise SettingsError(
            f"DATABASE_URL: its password {problem}. Give the role another one, for example of "
            "`openssl rand -hex 32`"
        )
    return url


def _guessable_password(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        query = parse_qs(parts.query, keep_blank_values=True)
        (password,) = query.get("password", [parts.password])
    except ValueError:
        raise SettingsError(
            "DATABASE_URL can't be read: write the password's characters other "
            "than letters and digits as %XX"
        ) from None
    by_socket = not parts.hostname and "hostaddr" not in query
    # Without one, the server goes by something else: a certificate, a file of passwords.
    return None if password is None or by_socket else why_guessable(unquote(password))


def payload_keys(environment: Mapping[str, str] = os.environ) -> Keyring:
    """The keys of what Temporal keeps, from PAYLOAD_KEYS or PAYLOAD_KEYS_FILE, or of `make run`.

    Raises:
        SettingsError: when there is none or one is malformed; the keys are not repeated.
    """
    text, default = given(environment, "PAYLOAD_KEYS"), data_folder(environment) / KEYS
    if not text and default.exists():
        text = given({"PAYLOAD_KEYS_FILE": str(default)}, "PAYLOAD_KEYS")
    if not text:
        raise SettingsError(
            "PAYLOAD_KEYS is not set (nor PAYLOAD_KEYS_FILE). `make run` makes its own, in "
            f"{default}; {_MAKE_KEY} for another installation"
        )
    try:
        return Keyring.parse(text)
    except ValueError as error:
        # Not chained: nothing that was read may show.
        raise SettingsError(f"PAYLOAD_KEYS: {error}; {_MAKE_KEY}") from None


@dataclass(frozen=True)
class CodecSettings:
    """Who may ask the codec server, and where it listens. The token is left out of the `repr`."""

    token: str = field(repr=False)
    origins: frozenset[str]
    """The Temporal UIs, as browsers name them: scheme, host and port."""
    host: str
    port: int


def codec_settings(environment: Mapping[str, str] = os.environ) -> CodecSettings:
    """The codec server's settings.

    Raises:
        SettingsError: naming the variable.
    """
    token = given(environment, "CODEC_TOKEN")
    if not re.fullmatch(r"[A-Za-z0-9_-]{32,}", token) or why_guessable(token):
        raise SettingsError(
            "CODEC_TOKEN (or the file of CODEC_TOKEN_FILE) must be 32 or more random letters and "
            "digits, for example of `openssl rand -hex 32`"
        )
    origins = environment.get("CODEC_ORIGINS", "").strip() or CODEC_ORIGINS
    origins_allowed = frozenset(each.strip() for each in origins.split(","))
    if not all(re.fullmatch(r"https?://[a-z0-9.:\[\]-]+", each) for each in origins_allowed):
        raise SettingsError(
            f"CODEC_ORIGINS must be the Temporal UI's addresses without a path: {CODEC_ORIGINS}"
        )
    host = environment.get("CODEC_HOST", "").strip() or CODEC_HOST
    return CodecSettings(token, origins_allowed, host, port("CODEC_PORT", CODEC_PORT, environment))


@dataclass(frozen=True)
class HealthSettings:
    """Where a program says how it is; a port of 0 is nowhere."""

    port: int
    host: str = LOOPBACK


def health_settings(environment: Mapping[str, str] = os.environ) -> HealthSettings:
    """Where health and figures are served: this machine only, unless HEALTH_HOST says otherwise.

    Raises:
        SettingsError: naming the variable.
    """
    host = environment.get("HEALTH_HOST", "").strip() or LOOPBACK
    return HealthSettings(port("HEALTH_PORT", 0, environment), host)


def organisation(environment: Mapping[str, str] = os.environ) -> Organisation:
    """The organisation, from the file that ORGANISATION_FILE names.

    Raises:
        SettingsError: naming the file and every key that is wrong.
    """
    path = Path(environment.get("ORGANISATION_FILE", "").strip() or DEFAULT_ORGANISATION)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"ORGANISATION_FILE: can't read {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"ORGANISATION_FILE: {path} is not valid TOML: {error}") from error
    try:
        return Organisation.model_validate(content, extra="forbid")
    except ValidationError as error:
        raise SettingsError(f"ORGANISATION_FILE: {path}: {_in_words(error)}") from error


def port(name: str, default: int, environment: Mapping[str, str] = os.environ) -> int:
    """A port from the environment; 0 means none (or any, where a server picks one).

    Raises:
        SettingsError: naming the variable.
    """
    text = environment.get(name, "").strip() or str(default)
    if not text.isdecimal() or int(text) > HIGHEST_PORT:
        raise SettingsError(f"{name} must be a port number from 0 to {HIGHEST_PORT}")
    return int(text)


def _secret(environment: Mapping[str, str], name: str, *, prefix: str) -> str:
    value = given(environment, name)
    if not value:
        raise SettingsError(
            f"{name} is not set (nor {name}_FILE). See “A real Slack” in README.md; without any "
            "token, `make run` brings a local one"
        )
    if not value.startswith(prefix):
        raise SettingsError(f"{name} must begin with {prefix}; this looks like another token")
    return value


def given(environment: Mapping[str, str], name: str) -> str:
    """A value, or the content of the file that NAME_FILE names, as container secrets come."""
    file = environment.get(f"{name}_FILE", "").strip()
    if not file:
        return environment.get(name, "").strip()
    try:
        value, is_open = (
            Path(file).read_text(encoding="utf-8").strip(),
            is_open_to_others(Path(file)),
        )
    except OSError as error:
        raise SettingsError(f"{name}_FILE: can't read {file}: {error.strerror}") from error
    except UnicodeDecodeError:
        # Not chained: the error carries the file's content.
        raise SettingsError(f"{name}_FILE: {file} is not a text in UTF-8") from None
    if not value:
        raise SettingsError(f"{name}_FILE: {file} is empty")
    if is_open:
        raise SettingsError(
            f"{name}_FILE: everybody on this machine can read {file}. `chmod o-r {file}` ends "
            f"that; then make a new {name}, since somebody may have read this one"
        )
    return value


def _in_words(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}"
        for each in error.errors(include_input=False, include_url=False)
    )
