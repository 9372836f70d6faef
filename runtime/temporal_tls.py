"""Why a connection to Temporal by TLS does not come about: what waiting longer would not change."""

import asyncio
import contextlib
import os
import ssl
from collections.abc import Mapping
from pathlib import Path

from runtime.guessable import is_open_to_others
from runtime.settings import SettingsError

HANDSHAKE_S = 2

_HOPELESS = {
    "InvalidCertificate(NotValidForName": (
        "TEMPORAL_TLS_SERVER_NAME: Temporal's certificate is for another name; say here for which"
    ),
    "InvalidCertificate(Expired": "TEMPORAL_TLS: Temporal's certificate has expired; renew it",
    "InvalidCertificate(NotValidYet": (
        "TEMPORAL_TLS: Temporal's certificate is not valid yet; set the clock of this machine"
    ),
    "InvalidCertificate(": (
        "TEMPORAL_TLS_SERVER_CA_CERT_PATH: Temporal's certificate is not by the authority in this "
        "file (without it, by none that this machine knows)"
    ),
    "InvalidMessage(": "TEMPORAL_TLS: Temporal speaks no TLS at TEMPORAL_ADDRESS; correct either",
    "PrivateKeyParseError": "TEMPORAL_TLS_CLIENT_KEY_PATH: this is no private key in PEM",
    "InconsistentKeys": (
        "TEMPORAL_TLS_CLIENT_KEY_PATH: this key does not belong to the certificate in "
        "TEMPORAL_TLS_CLIENT_CERT_PATH"
    ),
    "fatal alert": (
        "TEMPORAL_TLS_CLIENT_CERT_PATH: Temporal wants a certificate of an authority that it knows"
    ),
    "AlertReceived": (
        "TEMPORAL_TLS_CLIENT_CERT_PATH: Temporal wants a certificate of an authority that it knows"
    ),
    "both client cert and private key": (
        "TEMPORAL_TLS_CLIENT_CERT_PATH, TEMPORAL_TLS_CLIENT_KEY_PATH: set both or neither"
    ),
}
"""What the SDK's errors hold, in the words of rustls, and what to do. The first that fits."""


async def refuse_hopeless(error: Exception, address: str, *, by_tls: bool) -> None:
    """Gives up where Temporal can be reached and TLS alone is in the way.

    Raises:
        SettingsError: naming the setting.
    """
    said = str(error)
    for words, problem in _HOPELESS.items():
        if words in said:
            raise SettingsError(problem) from error
    if not by_tls and "after connection" in said and await _speaks_tls(address):
        raise SettingsError(
            "TEMPORAL_TLS: Temporal speaks TLS only; set TEMPORAL_TLS_SERVER_CA_CERT_PATH, and "
            "where it asks for one, a client's certificate"
        ) from error


def refuse_open_keys(environment: Mapping[str, str] = os.environ) -> None:
    """Refuses a key that is none.

    Raises:
        SettingsError: when everybody on this machine can read it.
    """
    for name in ("TEMPORAL_TLS_CLIENT_KEY_PATH", "TEMPORAL_CONFIG_FILE"):
        file = environment.get(name, "").strip()
        with contextlib.suppress(FileNotFoundError):
            if file and is_open_to_others(Path(file)):
                raise SettingsError(
                    f"{name}: everybody on this machine can read {file}. `chmod o-r {file}` ends "
                    "that; then have a new key made, since somebody may have read this one"
                )


async def _speaks_tls(address: str) -> bool:
    host, _, port = address.rpartition(":")
    anybody = ssl.create_default_context()
    anybody.check_hostname = False
    anybody.verify_mode = ssl.CERT_NONE  # it is only asked whether it speaks TLS; nothing is sent
    try:
        async with asyncio.timeout(HANDSHAKE_S):
            _, writer = await asyncio.open_connection(host, int(port), ssl=anybody)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True
