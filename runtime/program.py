"""How every program of ours begins and ends: one line for a wrong setting, honest exit codes."""

import asyncio
import contextlib
import logging
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any, NoReturn, TypeVar

from runtime import logs
from runtime.interrupt import EXIT_INTERRUPTED
from runtime.settings import SettingsError

ResultT = TypeVar("ResultT")

EXIT_SETTINGS = 2
CANCEL_AGAIN_S = 30
"""More than any program of ours takes to stop."""
SDK_PAUSE_S = 0.05
"""Temporal's client may abort an interpreter that exits at once (temporalio/sdk-python #300)."""


def run(main: Callable[[], Awaitable[int]], *, lowest: int = logging.INFO) -> NoReturn:
    """Runs a program to its end and exits with its code; 2 for a missing or wrong setting.

    A program whose output people read logs nothing below a `lowest` level.
    """
    try:
        _take_ctrl_c_back()
        logs.set_up(lowest=lowest)
        code = asyncio.run(_awaited(main))
    except SettingsError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201
        code = EXIT_SETTINGS
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)  # noqa: T201
        code = EXIT_INTERRUPTED
    # It has ended, and how is decided: Ctrl-C would only add a traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    time.sleep(SDK_PAUSE_S)
    sys.exit(code)


def _take_ctrl_c_back() -> None:
    """From `interrupt.end_quietly`, so that asyncio may stop a program in order."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


async def _awaited(main: Callable[[], Awaitable[int]]) -> int:
    return await main()


@contextlib.contextmanager
def stopping() -> Iterator[asyncio.Event]:
    """An event for programs that stop in an orderly way.

    It is set by SIGTERM, by SIGINT, and by SIGHUP when the terminal is closed; under `nohup`, which
    ignores SIGHUP, that one stays ignored.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    numbers = [signal.SIGTERM, signal.SIGINT]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        numbers.append(signal.SIGHUP)
    for number in numbers:
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


async def unless_stopped(stop: asyncio.Event, work: Coroutine[Any, Any, ResultT]) -> ResultT | None:
    """What the work comes to, or None when the program is told to stop first."""
    working = asyncio.ensure_future(work)
    waiting = asyncio.ensure_future(stop.wait())
    await asyncio.wait((working, waiting), return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if working.done():
        return working.result()
    while not working.done():
        # Again, since a cancellation may get lost on its way (python/cpython#86296); not soon,
        # since the work may be ending in order.
        working.cancel()
        await asyncio.wait((working,), timeout=CANCEL_AGAIN_S)
    return None
