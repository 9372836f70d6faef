"""For every test."""

import signal
import time
from pathlib import Path

import pytest

from register import versions
from register.database import open_engine


def pytest_configure() -> None:
    """Lets Ctrl-C reach the programs under test, also when a shell started us in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_unconfigure() -> None:
    """Temporal's client may abort an interpreter that exits at once (sdk-python #300)."""
    time.sleep(0.1)


@pytest.fixture(scope="session")
async def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite register with its tables, to be copied: making them takes ten times as long."""
    file = tmp_path_factory.mktemp("register") / "register.db"
    engine = open_engine(f"sqlite:///{file}")
    await versions.upgrade(engine)
    await engine.dispose()
    return file
