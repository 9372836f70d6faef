"""A register with its tables, and no Temporal: nothing may need it before a report is in order."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from encryption.keyring import new_key
from register import versions
from register.database import open_engine
from register.reservations import Reservations

ROOT = Path(__file__).resolve().parents[2]
NOBODY_THERE = "127.0.0.1:1"
"""An address at which no server listens."""


@pytest.fixture
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """What the programs are told."""
    return {
        "DATABASE_URL": f"sqlite:///{tmp_path}/register.db",
        "ORGANISATION_FILE": str(ROOT / "organisation.toml"),
        "TEMPORAL_ADDRESS": NOBODY_THERE,
        "PAYLOAD_KEYS": new_key(),
        "LOG_FORMAT": "json",
    }


@pytest.fixture
async def engine(environment: dict[str, str]) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(environment["DATABASE_URL"])
    await versions.upgrade(engine)
    yield engine
    await engine.dispose()


@pytest.fixture
def reservations(engine: AsyncEngine) -> Reservations:
    return Reservations(engine)
