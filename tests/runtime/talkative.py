"""A program that logs a secret in every way there is: `talkative.py SECRET`."""

import asyncio
import logging
import sys
import threading
from types import SimpleNamespace
from typing import Any, cast

import structlog

from runtime import logs, temporal

log = structlog.stdlib.get_logger("our.own")
library = logging.getLogger("some.library")
bolt = logging.getLogger(logs.BOLT)


def fail(secret: str) -> None:
    """Raises, with the secret in the message, in the cause and in a local variable."""
    local = f"local {secret}"
    try:
        raise KeyError(local)
    except KeyError as cause:
        raise ValueError(f"message {secret}\nsecond line {secret}") from cause


def ours(secret: str) -> None:
    """As our own code logs."""
    try:
        fail(secret)
    except ValueError as error:
        log.exception("own_exception")
        log.warning("own_exc_info", exc_info=error)
        log.error("own_tuple", exc_info=(type(error), error, error.__traceback__))
    log.info("own_line", case="BR-2026-0042")
    log.info("own_mistake", description=secret, case=secret, step=f"{secret} typed", number=secret)
    log.info(f"own words about {secret}")  # noqa: G004  as a mistake would


def the_core(secret: str) -> None:
    """As the Temporal SDK's core logs, by way of how the worker sets it up."""
    entry = SimpleNamespace(
        level=logging.WARNING,
        message="core call retried 6 times",
        target="a::module",
        fields={"body": secret},
        time=0.0,
    )
    for_python = temporal.core_lines().forwarding
    assert for_python is not None
    for_python._on_logs([cast("Any", entry)])


def theirs(secret: str) -> None:
    """As libraries log."""
    library.info("their %s arguments", secret)
    library.info("their %(named)s arguments", {"named": secret})
    library.info("their %s and %s mismatch", secret)
    library.info("their extra", extra={"body": secret, "token": secret})
    library.info("their first line\nthe payload: %s", secret)
    library.info(f"their first line again\nthe payload: {secret}")
    library.info("")
    library.info(secret)
    library.info("their " + secret)
    library.log(logging.INFO, "their level, %s", secret)
    library.error("their stack", stack_info=True)
    bolt.info("their %s body below a warning", secret)
    bolt.warning("their %s warning", secret)
    try:
        fail(secret)
    except ValueError as error:
        library.exception("their exception")
        # As Bolt does: https://github.com/slackapi/bolt-python, listener_error_handler.py
        bolt.exception(f"Failed to run listener function (error: {error})")
        library.error(f"their words ({error})")


async def forgotten(secret: str) -> None:
    """A task that fails and that nobody awaits: asyncio prints its exception."""

    async def task() -> None:
        fail(secret)

    running = asyncio.create_task(task())
    await asyncio.sleep(0)
    del running


class Cleaning:
    """Fails when it is taken away; Python can't raise that anywhere and prints it."""

    def __init__(self, secret: str) -> None:
        """Keeps the secret."""
        self._secret = secret

    def __del__(self) -> None:
        """Fails."""
        fail(self._secret)


logs.set_up(lowest=logging.WARNING if "quiet" in sys.argv else logging.INFO)
ours(sys.argv[1])
the_core(sys.argv[1])
theirs(sys.argv[1])
asyncio.run(forgotten(sys.argv[1]))
Cleaning(sys.argv[1])
thread = threading.Thread(target=fail, args=sys.argv[1:2])
thread.start()
thread.join()
if "failing" in sys.argv:
    fail(sys.argv[1])
