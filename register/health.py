"""How the register is: for health answers. Nothing is written, and no writer is kept waiting."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from register import versions, writing
from register.database import asynchronous, file_of, is_missing
from runtime.disk import has_room
from runtime.health import OK, Health
from runtime.settings import SettingsError

PARTS = ("register", "register_writes", "disk")
DISK_EVERY_S = 5


def watch(health: Health, engine: AsyncEngine, url: str, *, files: Iterable[Path] = ()) -> None:
    """Has health say how the register is, its writes, and the disk that it and `files` are on."""
    reader = engine.execution_options(readonly=True)

    async def answers() -> str:
        # Asked first: SQLite would make a file that is not there, and find it empty.
        if is_missing(url):
            return "missing"
        try:
            fit = versions.compared(await versions.version(reader))
        except (SettingsError, SQLAlchemyError, OSError):
            return "not_reachable"
        return OK if fit is versions.Fit.RIGHT else fit.value

    async def takes_writes() -> str:
        return "failing" if writing.failing() else OK

    health.watch("register", answers)
    health.watch("register_writes", takes_writes)
    health.watch("disk", has_room(*_folders(url, files)), every_s=DISK_EVERY_S)


def _folders(url: str, files: Iterable[Path]) -> set[Path]:
    """Where this program writes; PostgreSQL's disk is its own, and shows in failing writes."""
    folders = {file.parent for file in files}
    if asynchronous(url).get_backend_name() == "sqlite":
        folders.add(file_of(url).parent)
    return folders
