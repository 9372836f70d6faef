"""The ports of `make run`: chosen by the environment, and named when in use."""

import socket
from dataclasses import dataclass
from itertools import combinations

from runtime.settings import CODEC_PORT, SettingsError, port

HOST = "127.0.0.1"
DEFAULTS = {
    "TEMPORAL_PORT": 7233,
    "TEMPORAL_UI_PORT": 8233,
    "LOCALSLACK_PORT": 8055,
    "CODEC_PORT": CODEC_PORT,
}
HEALTH = {
    "WORKER_HEALTH_PORT": 8301,
    "LISTENER_HEALTH_PORT": 8302,
    "CODEC_HEALTH_PORT": 8303,
    "WATCHDOG_HEALTH_PORT": 8305,
}
"""Where the programs say how they are. Unless they are set, others will do when these are taken:
nobody waits for them."""
ANY = 0
"""As a port: whichever is free."""


@dataclass(frozen=True)
class Ports:
    """Where the parts listen, on this machine only."""

    temporal: int
    temporal_ui: int
    localslack: int
    codec: int
    worker_health: int = ANY
    listener_health: int = ANY
    codec_health: int = ANY
    watchdog_health: int = ANY

    @property
    def slack_url(self) -> str:
        """The local Slack's address."""
        return f"http://{HOST}:{self.localslack}"


def chosen(*, with_slack: bool = True) -> Ports:
    """The ports from the environment, made sure to be free and not to be the same.

    Args:
        with_slack: whether there is a local Slack, which needs one.

    Raises:
        SettingsError: naming the variable and the port.
    """
    numbers = {name: port(name, default) for name, default in DEFAULTS.items()}
    numbers |= {name: port(name, _or_any(default)) for name, default in HEALTH.items()}
    if not with_slack:
        del numbers["LOCALSLACK_PORT"]
    for (one, number), (other, same) in combinations(numbers.items(), 2):
        if number == same != ANY:
            raise SettingsError(f"{one} and {other} are both {number}; give each its own")
    free_ones = {name: _free(name, number) for name, number in numbers.items()}
    return Ports(
        temporal=free_ones["TEMPORAL_PORT"],
        temporal_ui=free_ones["TEMPORAL_UI_PORT"],
        localslack=free_ones.get("LOCALSLACK_PORT", ANY),
        codec=free_ones["CODEC_PORT"],
        worker_health=free_ones["WORKER_HEALTH_PORT"],
        listener_health=free_ones["LISTENER_HEALTH_PORT"],
        codec_health=free_ones["CODEC_HEALTH_PORT"],
        watchdog_health=free_ones["WATCHDOG_HEALTH_PORT"],
    )


def free() -> Ports:
    """Ports that nobody uses at this moment, for a system beside another one."""
    return Ports(any_free(), any_free(), any_free(), any_free())


def any_free() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        number: int = probe.getsockname()[1]
        return number


def _or_any(number: int) -> int:
    try:
        return _bound(number)
    except OSError:
        return ANY


def _free(name: str, number: int) -> int:
    try:
        return _bound(number)
    except OSError as error:
        raise SettingsError(
            f"{name}: port {number} is in use. Is `make run` running already? "
            f"Else choose another, for example {name}={number + 1000} make run"
        ) from error


def _bound(number: int) -> int:
    """The port, which can be bound at this moment.

    Raises:
        OSError: when it can't.
    """
    with socket.socket() as probe:
        # As servers do: a connection that lingers from the last run does not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, number))
        bound: int = probe.getsockname()[1]
        return bound
