"""A register with made-up incidents, in SQLite and in PostgreSQL, and the commands on it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from register.exports import Exports
from reports.foi.command import FoiOptions, answer_foi
from tests.register.conftest import (  # noqa: F401  fixtures
    empty_url,
    engine,
    postgres,
    postgres_register,
    register_url,
)

ROOT = Path(__file__).resolve().parents[2]
FIVE_12 = {"first": "2021-12-05", "last": "5/12/24"}
"""The window of the request of 2024."""


@dataclass(frozen=True)
class Given:
    """What a command gave."""

    out: bytes
    err: str
    exports: list[dict[str, Any]]

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def rows(self) -> list[list[str]]:
        """The cells of a Markdown answer's first table, without its header."""
        first = self.text.split("\n\n## ")[1]
        lines = [line for line in first.splitlines() if line.startswith("| ")]
        return [[cell.strip(" *") for cell in line.strip("|").split("|")] for line in lines[2:]]


Ask = Callable[..., Awaitable[Given]]


@pytest.fixture
def ask(
    engine: AsyncEngine,  # noqa: F811
    empty_url: str,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> Ask:
    """Runs `foi` with these options on the register."""
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("ORGANISATION_FILE", str(ROOT / "organisation.toml"))
    monkeypatch.setenv("LOGNAME", "maya")

    async def asked(question: str, **options: Any) -> Given:
        capfdbinary.readouterr()
        typed = FoiOptions(question=question, **({"form": "markdown"} | FIVE_12 | options))
        assert await answer_foi(typed) == 0
        printed = capfdbinary.readouterr()
        return Given(printed.out, printed.err.decode(), await Exports(engine).all())

    return asked
