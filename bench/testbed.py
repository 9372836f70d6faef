"""The system under measurement: every part a real process, beside whatever else runs here."""

import os
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
from sqlalchemy import func, select
from temporalio.client import Client

from encryption.converter import data_converter
from localslack.driver import Person
from onemachine.keys import kept
from onemachine.ports import HOST, free
from onemachine.processes import Tell, say
from onemachine.system import WORKSPACE, System
from register.database import open_engine
from register.schema import CaseRow
from runtime.settings import payload_keys
from runtime.temporal import DEFAULT_NAMESPACE

STAFF = 50
"""Reporters beside the people of the example workspace: in Slack one person has one form open."""

DATA = Path(".data")
"""On the disk of `make run`: a commit costs what it costs there, not what memory would cost."""

NOT_OURS = ("SLACK_", "TEMPORAL_", "DATABASE_URL", "REGISTER_", "ORGANISATION_FILE", "PAYLOAD_KEYS")
"""How the settings of a real installation begin; none of them may reach a testbed."""


class Testbed:
    """Temporal, worker, listener and local Slack, in a folder that is gone afterwards."""

    def __init__(self, name: str = "bench", *, tell: Tell | None = None) -> None:
        """Nothing runs yet.

        Args:
            name: what its folder's name begins with.
            tell: what becomes of the parts' output; by default, only troubles show.
        """
        self._name = name
        self._tell = tell or _only_troubles
        self._exits = AsyncExitStack()
        self._ports = free()
        self.shown: list[str] = []
        """The references that people were shown."""

    async def start(self) -> None:
        """Starts everything.

        Raises:
            PartFailedError: when a part does not come up.
        """
        _forget_settings()
        self.folder = Path(self._exits.enter_context(_temporary_folder(self._name)))
        self.database_url = f"sqlite:///{self.folder / 'register.db'}"
        secrets = kept(self.folder, {})
        self.system = System(
            self._ports,
            self.folder,
            {"DATABASE_URL": self.database_url, "LOG_FORMAT": "json", **secrets},
            workspace=_workspace(self.folder),
            tell=self._tell,
        )
        self._exits.push_async_callback(self.system.stop)
        await self.system.start()
        self.client = await Client.connect(
            self.temporal_address,
            data_converter=data_converter(payload_keys(secrets), DEFAULT_NAMESPACE),
        )
        self.register = open_engine(self.database_url).execution_options(readonly=True)
        self._exits.push_async_callback(self.register.dispose)
        # No limit of connections: nobody waits for anybody else's answer here.
        session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        self.session = await self._exits.enter_async_context(session)

    async def stop(self) -> None:
        """Stops everything that was started."""
        await self._exits.aclose()

    @property
    def slack_url(self) -> str:
        """The local Slack's address."""
        return self._ports.slack_url

    @property
    def temporal_address(self) -> str:
        """Host and port of Temporal."""
        return f"{HOST}:{self._ports.temporal}"

    def person(self, handle: str) -> Person:
        """Somebody of the local Slack, to act as."""
        return Person(self._ports.slack_url, handle, self.session)

    def staff(self, number: int) -> list[Person]:
        """So many reporters."""
        return [self.person(_handle(each)) for each in range(number)]

    async def cases_in_register(self) -> int:
        """The cases that the register holds as started."""
        started = select(func.count()).where(CaseRow.started_at.is_not(None))
        async with self.register.connect() as db:
            return int(await db.scalar(started) or 0)

    async def cases_in_temporal(self) -> int:
        """The cases that Temporal holds, open or closed."""
        return (await self.client.count_workflows("WorkflowType = 'Breach'")).count


def _temporary_folder(name: str) -> tempfile.TemporaryDirectory[str]:
    DATA.mkdir(mode=0o700, exist_ok=True)
    # A part that had to be killed may still be writing its last file.
    return tempfile.TemporaryDirectory(prefix=f"{name}-", dir=DATA, ignore_cleanup_errors=True)


def _forget_settings() -> None:
    for name in [name for name in os.environ if name.startswith(NOT_OURS)]:
        del os.environ[name]


def _workspace(folder: Path) -> Path:
    """The example workspace, with more staff."""
    staff = [
        f'[[people]]\nhandle = "{_handle(each)}"\nid = "U0STAFF{each}"\nreal_name = "Staff {each}"'
        for each in range(STAFF)
    ]
    file = folder / "workspace.toml"
    file.write_text("\n\n".join([WORKSPACE.read_text(encoding="utf-8"), *staff]), encoding="utf-8")
    return file


def _handle(number: int) -> str:
    return f"staff-{number}"


def _only_troubles(line: str, name: str) -> None:
    """Keeps the parts' ordinary lines away from the results."""
    if name == "run" or '"level": "error"' in line or "Traceback" in line:
        say(line, name)
