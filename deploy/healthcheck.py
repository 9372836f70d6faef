"""Asks the program of this container whether it is ready, for Docker's health check.

Exits 0 when `GET /health/ready` on HEALTH_PORT answers 200, and 1 when it answers anything else or
not within three seconds. `docker inspect` shows the reason. Only the standard library: it runs
every few seconds.
"""

import os
import sys
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

TIMEOUT_SECONDS = 3.0


def why_not_ready(port: str) -> str | None:
    """What is wrong, in the program's own words where it has some; None when it is ready."""
    # An organisation's HTTP_PROXY must not be asked for an address inside this container.
    direct = build_opener(ProxyHandler({}))
    try:
        with direct.open(f"http://127.0.0.1:{port}/health/ready", timeout=TIMEOUT_SECONDS):
            return None
    except HTTPError as answer:
        return f"{answer.code} {answer.read(500).decode(errors='replace')}"
    except (OSError, HTTPException) as problem:
        return str(problem)


def main() -> int:
    """Exit code for Docker."""
    port = os.environ.get("HEALTH_PORT", "")
    if not port.isdigit():
        sys.stderr.write("set HEALTH_PORT to the port of the program's health answers\n")
        return 1
    problem = why_not_ready(port)
    if problem is not None:
        sys.stderr.write(f"not ready: {problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
