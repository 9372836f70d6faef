"""The ports of `make run`: chosen by the environment, and named when in use."""

import socket
from dataclasses import astuple, dataclass, fields

from runtime.settings import CODEC_PORT, SettingsError, port

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Ports:
    """Where the parts listen, on this machine only."""

    temporal: int
    temporal_ui: int
    localslack: int
    codec: int

    @property
    def slack_url(self) -> str:
        """The local Slack's address."""
        return f"http://{HOST}:{self.localslack}"


def chosen() -> Ports:
    """The ports from the environment, made sure to be free.

    Raises:
        SettingsError: naming the variable and the port.
    """
    ports = Ports(
        temporal=_free("TEMPORAL_PORT", 7233),
        temporal_ui=_free("TEMPORAL_UI_PORT", 8233),
        localslack=_free("LOCALSLACK_PORT", 8055),
        codec=_free("CODEC_PORT", CODEC_PORT),
    )
    if len(set(astuple(ports))) < len(fields(ports)):
        raise SettingsError(
            "TEMPORAL_PORT, TEMPORAL_UI_PORT, LOCALSLACK_PORT and CODEC_PORT must differ"
        )
    return ports


def free() -> Ports:
    """Ports that nobody uses at this moment, for a system beside another one."""
    return Ports(any_free(), any_free(), any_free(), any_free())


def any_free() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        number: int = probe.getsockname()[1]
        return number


def _free(name: str, default: int) -> int:
    number = port(name, default)
    with socket.socket() as probe:
        # As servers do: a connection that lingers from the last run does not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except OSError as error:
            raise SettingsError(
                f"{name}: port {number} is in use. Is `make run` running already? "
                f"Else choose another, for example {name}={number + 1000} make run"
            ) from error
        bound: int = probe.getsockname()[1]
        return bound
