"""TLS in front of Temporal's development server, which has no option for it."""

import contextlib
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

from onemachine.ports import HOST, any_free

ROOT = Path(__file__).resolve().parents[2]


def make_certificates(folder: Path) -> "subprocess.CompletedProcess[str]":
    """Runs `deploy/make-certificates.sh`."""
    return subprocess.run(
        ["/bin/sh", ROOT / "deploy/make-certificates.sh", folder],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@contextlib.contextmanager
def tls_front(behind: int, certificates: Path) -> Iterator[str]:
    """The address of a port that asks every client for a certificate, as in production.

    Args:
        behind: the port on this machine to which it hands on what it decrypts.
        certificates: the folder of `deploy/make-certificates.sh`.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "server.crt", certificates / "server.key")
    context.load_verify_locations(certificates / "ca.crt")
    context.verify_mode = ssl.CERT_REQUIRED
    context.set_alpn_protocols(["h2"])
    port = any_free()
    with socket.create_server((HOST, port)) as listening:
        threading.Thread(target=_accept, args=(listening, context, behind), daemon=True).start()
        yield f"{HOST}:{port}"
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def _accept(listening: socket.socket, context: ssl.SSLContext, behind: int) -> None:
    with contextlib.suppress(OSError):
        while True:
            taken, _ = listening.accept()
            threading.Thread(target=_serve, args=(taken, context, behind), daemon=True).start()


def _serve(taken: socket.socket, context: ssl.SSLContext, behind: int) -> None:
    with contextlib.suppress(OSError):
        taken.settimeout(5)
        client = context.wrap_socket(taken, server_side=True)
        server = socket.create_connection((HOST, behind))
        threading.Thread(target=_copy, args=(server, client), daemon=True).start()
        _copy(client, server)


def _copy(source: socket.socket, target: socket.socket) -> None:
    source.settimeout(None)
    with contextlib.suppress(OSError, ValueError), source, target:
        while data := source.recv(65536):
            target.sendall(data)
