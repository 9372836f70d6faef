"""Recording what leaves the register. An export that can't be recorded is not given."""

import getpass
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from register.database import turns
from register.export_schema import ExportRow
from runtime.settings import SettingsError


class ExportNotRecordedError(SettingsError):
    """The register did not take the record of an export, which is therefore not to be given."""


class Exports:
    """The record of exports of one register."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Uses the engine; whoever made it closes it."""
        self._engine = engine
        self._turn = turns(engine)
        self._reader = engine.execution_options(readonly=True)

    async def record(
        self,
        *,
        actor: str,
        report: str,
        parameters: Mapping[str, Any],
        format: str,  # noqa: A002  the column's name
        content: bytes,
    ) -> str:
        """Records an export before it is given; its SHA-256, in hexadecimal.

        Args:
            actor: Slack member ID, or `this_login()` on the command line.
            report: which answer, for example `foi discipline`.
            parameters: what it was asked for: codes, ISO dates and numbers.
            format: `table`, `markdown`, `csv`, `docx`, …
            content: exactly the bytes that are to leave.

        Raises:
            ExportNotRecordedError: give nothing then.
        """
        digest = hashlib.sha256(content).hexdigest()
        row = {
            "at": datetime.now(UTC),
            "actor": actor,
            "report": report,
            "parameters": dict(parameters),
            "format": format,
            "sha256": digest,
        }
        try:
            async with self._turn, self._engine.begin() as db:
                await db.execute(insert(ExportRow).values(row))
        except SQLAlchemyError as error:
            # Not chained, and only its kind: the statement's text quotes what was asked for.
            raise ExportNotRecordedError(
                "the export can't be recorded in the register, so nothing was given "
                f"({type(error).__name__}). Check that the database can be written to and try again"
            ) from None
        return digest

    async def all(self) -> list[dict[str, Any]]:
        """Every export, the oldest first."""
        async with self._reader.connect() as db:
            found = await db.execute(select(ExportRow.__table__).order_by(ExportRow.id))
            return [dict(row) for row in found.mappings()]


def this_login() -> str:
    """Who types a command, as exports record it: `os:` and the login name."""
    try:
        return f"os:{getpass.getuser()}"
    except (OSError, KeyError):
        # A container's user may have no name (python/cpython#76912).
        return "os:unknown"
