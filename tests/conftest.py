"""For every test."""

import signal
import time


def pytest_configure() -> None:
    """Lets Ctrl-C reach the programs under test, also when a shell started us in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_unconfigure() -> None:
    """Temporal's client may abort an interpreter that exits at once (sdk-python #300)."""
    time.sleep(0.1)
