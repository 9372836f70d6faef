"""For every test."""

import time


def pytest_unconfigure() -> None:
    """Temporal's client may abort an interpreter that exits at once (sdk-python #300)."""
    time.sleep(0.1)
