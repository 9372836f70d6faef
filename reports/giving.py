"""Giving an answer away: recorded first, then printed or written whole, or not at all."""

import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from register.exports import Exports, this_login
from reports.asking import AskedWrongError
from reports.rendering import Format, rendered
from reports.rendering.terminal import as_text
from reports.tables import Report, printable
from runtime.terminal import columns


@dataclass(frozen=True)
class Destination:
    """Where an answer goes, and in which form."""

    form: Format
    file: Path | None = None
    overwrite: bool = False

    def check(self) -> None:
        """Finds out what would go wrong, before anything is counted.

        Raises:
            AskedWrongError: saying what to do.
        """
        if self.file is None:
            if self.form is Format.DOCX and sys.stdout.isatty():
                raise AskedWrongError("--format docx needs --output FILE, for example answer.docx")
            return
        if self.file.is_dir() or not self.file.parent.is_dir():
            raise AskedWrongError(f"--output {self.file}: name a file in a folder that there is")
        if self.file.exists() and not self.overwrite:
            raise AskedWrongError(
                f"--output {self.file} is there already: choose another name, or say --overwrite"
            )


async def give(
    engine: AsyncEngine,
    report: Report,
    name: str,
    parameters: Mapping[str, Any],
    destination: Destination,
) -> None:
    """Records the export, and then gives it.

    Raises:
        ExportNotRecordedError: when it could not be recorded, so that nothing was given.
        AskedWrongError: when the file can't be written.
    """
    if destination.form is Format.TABLE and destination.file is None:
        content = as_text(report, columns(0), in_terminal=sys.stdout.isatty()).encode()
    else:
        content = rendered(report, destination.form)
    await Exports(engine).record(
        actor=this_login(),
        report=name,
        parameters=parameters,
        format=destination.form.value,
        content=content,
    )
    if destination.file is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_whole(destination.file, content, overwrite=destination.overwrite)
        print(f"Written to {destination.file}.", file=sys.stderr)  # noqa: T201
    if destination.form is Format.CSV:
        _say_notes(report)


def write_whole(file: Path, content: bytes, *, overwrite: bool) -> None:
    """Writes a file whole or not at all, for its owner alone to read.

    Raises:
        AskedWrongError: when it can't be written, or has come to be there meanwhile.
    """
    try:
        number, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(number, "wb") as written:
                written.write(content)
                written.flush()
                os.fsync(written.fileno())
            if overwrite:
                Path(name).replace(file)
            else:
                os.link(name, file)  # fails where the name is taken, unlike a replacement
        finally:
            Path(name).unlink(missing_ok=True)
    except FileExistsError as error:
        raise AskedWrongError(
            f"--output {file} is there already: choose another name, or say --overwrite"
        ) from error
    except OSError as error:
        raise AskedWrongError(f"--output {file} can't be written: {error.strerror}") from error


def _say_notes(report: Report) -> None:
    """CSV holds figures alone; what must be known about them goes beside it."""
    for note in (*report.paragraphs, *report.notes):
        print(printable(note), file=sys.stderr)  # noqa: T201
