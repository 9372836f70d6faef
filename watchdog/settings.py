"""The watchdog's settings."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from register.database import asynchronous
from runtime.settings import SettingsError

STATE = "WATCHDOG_STATE"
LONGEST = 100_000


@dataclass(frozen=True)
class WatchdogSettings:
    """How often it looks, how patient it is, and where it keeps what it has told."""

    every_s: float
    patience: timedelta
    """How long something may be wrong before people are told: most of it mends itself."""
    again: timedelta
    """After which they are told once more, while it lasts."""
    state: Path


def watchdog_settings(
    database_url: str, environment: Mapping[str, str] = os.environ
) -> WatchdogSettings:
    """The settings; what was told is kept beside an SQLite register unless WATCHDOG_STATE says.

    Raises:
        SettingsError: naming the variable.
    """
    return WatchdogSettings(
        every_s=_number(environment, "WATCHDOG_EVERY_SECONDS", 30),
        patience=timedelta(minutes=_number(environment, "WATCHDOG_PATIENCE_MINUTES", 5)),
        again=timedelta(hours=_number(environment, "WATCHDOG_AGAIN_HOURS", 4)),
        state=_state(database_url, environment),
    )


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name, "").strip() or str(default)
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0 < number <= LONGEST:
        raise SettingsError(f"{name} must be a number above 0, for example {default}")
    return number


def _state(database_url: str, environment: Mapping[str, str]) -> Path:
    if name := environment.get(STATE, "").strip():
        return Path(name)
    parsed = asynchronous(database_url)
    if parsed.get_backend_name() == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        return Path(str(parsed.database)).with_name("watchdog.json")
    raise SettingsError(
        f"{STATE} is not set. Name a file in which the watchdog keeps what it has told, such as "
        "/var/lib/watchdog/watchdog.json, so that a restart does not tell it again"
    )
