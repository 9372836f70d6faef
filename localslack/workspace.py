"""The workspace file and the app manifest: who and what there is."""

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from localslack.errors import StartError
from localslack.kinds import BOT_USER_ID, OTHER_TEAM_ID, TEAM_ID


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Person(_Strict):
    """A member of the workspace."""

    handle: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=80)
    id: str = Field(pattern=r"^[UW][A-Z0-9]+$")
    real_name: str = Field(min_length=1)
    title: str = ""
    email: str = ""
    tz: str = "Europe/London"
    admin: bool = False
    guest: bool = False
    deactivated: bool = False
    external: bool = False
    """Of another workspace, and here by Slack Connect."""

    @property
    def team_id(self) -> str:
        """The workspace that the person belongs to."""
        return OTHER_TEAM_ID if self.external else TEAM_ID


class Channel(_Strict):
    """A channel as the workspace begins."""

    name: str = Field(pattern=r"^[a-z0-9_-]+$", max_length=80)
    id: str = Field(pattern=r"^[CG][A-Z0-9]+$")
    private: bool = False
    archived: bool = False
    topic: str = ""
    purpose: str = ""
    members: list[str] = []
    app: bool = False


class Group(_Strict):
    """A user group, such as `@ost`."""

    handle: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    id: str = Field(pattern=r"^S[A-Z0-9]+$")
    name: str = ""
    description: str = ""
    members: list[str] = []
    disabled: bool = False


class Workspace(_Strict):
    """Everything in the workspace file. Members are named by handle."""

    name: str = "Local workspace"
    domain: str = "local"
    people: list[Person] = []
    channels: list[Channel] = []
    groups: list[Group] = []

    @model_validator(mode="after")
    def _names_are_unique_and_known(self) -> Self:
        _refuse_repeats("handle", [p.handle for p in self.people])
        _refuse_repeats("channel name", [c.name for c in self.channels])
        places: list[Channel | Group] = [*self.channels, *self.groups]
        ids = [p.id for p in self.people] + [p.id for p in places]
        _refuse_repeats("id", [*ids, BOT_USER_ID])
        known = {p.handle for p in self.people}
        for place in places:
            if unknown := [m for m in place.members if m not in known]:
                raise ValueError(f"{place.id}: members {unknown} are not handles in [[people]]")
        return self


def _refuse_repeats(what: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"{what} {value!r} stands more than once")
        seen.add(value)


class _Loose(BaseModel):
    # A manifest holds much that matters only to the real Slack.
    model_config = ConfigDict(extra="ignore")


class SlashCommand(_Loose):
    """A command of the app; `url` only where requests come over HTTP."""

    command: str = Field(pattern=r"^/[^\s/]+$")
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False
    url: str | None = None


class _BotUser(_Loose):
    display_name: str = "app"


class _Features(_Loose):
    bot_user: _BotUser = _BotUser()
    slash_commands: list[SlashCommand] = []


class _Display(_Loose):
    name: str = "App"


class _Interactivity(_Loose):
    is_enabled: bool = True
    request_url: str | None = None
    message_menu_options_url: str | None = None


class _EventSubscriptions(_Loose):
    request_url: str | None = None
    bot_events: list[str] = []


class _Settings(_Loose):
    interactivity: _Interactivity = _Interactivity()
    event_subscriptions: _EventSubscriptions = _EventSubscriptions()
    socket_mode_enabled: bool = True


class _Scopes(_Loose):
    bot: list[str] = []


class _OAuth(_Loose):
    scopes: _Scopes = _Scopes()


class Manifest(_Loose):
    """The part of Slack's app manifest that a local Slack can act on."""

    display_information: _Display = _Display()
    features: _Features = _Features()
    settings: _Settings = _Settings()
    oauth_config: _OAuth = _OAuth()

    @property
    def commands(self) -> list[SlashCommand]:
        """The app's slash commands."""
        return self.features.slash_commands

    @property
    def scopes(self) -> list[str]:
        """The bot's scopes; none means that scopes are not checked."""
        return self.oauth_config.scopes.bot

    def listens_to(self, event: str) -> bool:
        """Whether the app subscribed to a bot event, such as `app_home_opened`."""
        return event in self.settings.event_subscriptions.bot_events

    def command(self, name: str) -> SlashCommand | None:
        """The command of that name, with its slash."""
        return next((c for c in self.commands if c.command == name), None)


def load_workspace(path: Path) -> Workspace:
    """Read a workspace file.

    Raises:
        StartError: it can't be read, or says something that can't be.
    """
    return _validated(Workspace, path, _read(path, tomllib.loads))


def load_manifest(path: Path) -> Manifest:
    """Read an app manifest, YAML or JSON.

    Raises:
        StartError: it can't be read, or says something that can't be.
    """
    parse = json.loads if path.suffix == ".json" else yaml.safe_load
    return _validated(Manifest, path, _read(path, parse))


def _read(path: Path, parse: Any) -> Any:
    try:
        return parse(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise StartError(f"{path} can't be read: {error.strerror}") from error
    except (ValueError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise StartError(f"{path} is not well formed: {reason}") from error


M = TypeVar("M", bound=BaseModel)


def _validated(model: type[M], path: Path, data: Any) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "the file"
        raise StartError(f"{path}: {place}: {first['msg']}") from error
