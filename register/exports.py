"""Recording what leaves the register. An export that can't be recorded is not given."""

import getpass
import hashlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from register.database import turns
from register.export_schema import ExportRow
from runtime.settings import SettingsError

_ONE_AT_A_TIME = 0x6578706F
"""The advisory lock of PostgreSQL under which it is asked what was given just before."""


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
        row = _row(actor, report, parameters, format, digest)
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

    async def record_once(
        self,
        *,
        actor: str,
        report: str,
        parameters: Mapping[str, Any],
        format: str,  # noqa: A002  the column's name
        content: bytes,
        within: timedelta,
    ) -> bool:
        """The same as `record`, unless the person was given it just before; whether it is to go.

        What was asked for is compared, not the bytes: those hold the time at which they were made.

        Args:
            actor: as for `record`, and so on.
            report: which answer.
            parameters: what it was asked for.
            format: its form.
            content: exactly the bytes that are to leave.
            within: how long before counts as the same asking.

        Raises:
            SQLAlchemyError: when the register does not take it; give nothing then.
        """
        digest = hashlib.sha256(content).hexdigest()
        row = _row(actor, report, parameters, format, digest)
        since = row["at"] - within
        lately = select(ExportRow.parameters).where(
            ExportRow.actor == actor, ExportRow.report == report, ExportRow.at > since
        )
        async with self._turn, self._engine.begin() as db:
            if db.dialect.name == "postgresql":
                # SQLite has one writer at a time anyway.
                await db.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
            if row["parameters"] in (await db.scalars(lately)).all():
                return False
            await db.execute(insert(ExportRow).values(row))
        return True

    async def all(self) -> list[dict[str, Any]]:
        """Every export, the oldest first."""
        async with self._reader.connect() as db:
            found = await db.execute(select(ExportRow.__table__).order_by(ExportRow.id))
            return [dict(row) for row in found.mappings()]


def _row(
    actor: str, report: str, parameters: Mapping[str, Any], form: str, digest: str
) -> dict[str, Any]:
    return {
        "at": datetime.now(UTC),
        "actor": actor,
        "report": report,
        "parameters": dict(parameters),
        "format": form,
        "sha256": digest,
    }


def this_login() -> str:
    """Who types a command, as the register records it: `os:` and the login name, or its number."""
    try:
        return f"os:{getpass.getuser()}"
    except (OSError, KeyError):
        # A container's user may have no name (python/cpython#76912).
        return f"os:{os.getuid()}"
