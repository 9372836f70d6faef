"""Every part of the system, as processes of this machine."""

import asyncio
import os
import secrets
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import aiohttp

from localslack.kinds import APP_TOKEN, BOT_TOKEN
from onemachine import folder, temporal
from onemachine.ports import HOST, Ports, any_free
from onemachine.processes import Part, PartFailedError, SettingRefusedError, Tell, say
from runtime.program import EXIT_SETTINGS

WORKSPACE = Path("examples/local-workspace.toml")
READY_WITHIN_S = 60
_BRIEFLY = aiohttp.ClientTimeout(total=2)


class System:
    """Temporal, codec server, worker, listener, and, where they are wanted, Slack and watchdog."""

    def __init__(
        self,
        ports: Ports,
        data: Path,
        environment: Mapping[str, str],
        *,
        workspace: Path | None = WORKSPACE,
        watched: bool = False,
        tell: Tell = say,
    ) -> None:
        """Nothing runs yet.

        Args:
            ports: where the parts listen.
            data: the folder of Temporal's and the local Slack's files.
            environment: what our own programs are told, beside what is set already.
            workspace: the people and channels of the local Slack; None for a real Slack.
            watched: whether the watchdog runs beside them.
            tell: what becomes of the parts' output.

        Raises:
            SettingsError: when there is no Temporal to start.
        """
        self._tell = tell
        self._temporal = temporal.program()
        self._ports = ports
        self._data = data
        self._environment = {**environment, "TEMPORAL_ADDRESS": f"{HOST}:{ports.temporal}"}
        # In the order in which they start; what leans on others comes after them.
        token = secrets.token_urlsafe(32)
        self._parts = {"temporal": self._temporal_part(token)}
        if workspace:
            self._environment |= _local_tokens(ports)
            self._parts["slack"] = self._slack_part(workspace)
        self._parts["codec"] = self._codec_part(token)
        self._parts["worker"] = self._program("worker", ports.worker_health, "worker.py")
        listens = ("starter.py", "listen")
        self._parts["listener"] = self._program("listener", ports.listener_health, *listens)
        if watched:
            self._parts["watchdog"] = self._watchdog_part()
        self._keeping: dict[str, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Starts every part; all are ready when this returns.

        Raises:
            PartFailedError: when one does not come up.
        """
        await _finish([sys.executable, "-m", "register", "upgrade"], self._environment)
        await self.start_part("temporal")
        await _finish(temporal.retention_command(self._temporal, self._ports), {})
        if "slack" in self._parts:
            await self.start_part("slack")
        await asyncio.gather(*(self.start_part(name) for name in ("codec", "worker", "listener")))
        if "watchdog" in self._parts:
            await self.start_part("watchdog")

    async def start_part(self, name: str) -> None:
        """Starts one part, keeps it running, and waits until it is ready.

        Raises:
            PartFailedError: when this part, or another meanwhile, does not stay up.
        """
        part = self._parts[name]
        await part.start()
        self._keeping[name] = asyncio.create_task(part.keep_running())
        deadline = time.monotonic() + READY_WITHIN_S
        while not await _answers(part.ready_at):
            for kept in self._keeping.values():
                if kept.done():
                    kept.result()
            if time.monotonic() > deadline:
                raise PartFailedError(f"{name} was not ready within {READY_WITHIN_S} seconds")
            await asyncio.sleep(0.1)

    def pid(self, name: str) -> int:
        """The process of a part that runs."""
        process = self._parts[name].process
        if process is None:
            raise ValueError(f"{name} was not started")
        return process.pid

    async def stop_part(self, name: str) -> None:
        """Stops one part; the others go on."""
        if kept := self._keeping.pop(name, None):
            kept.cancel()
        await self._parts[name].stop()

    async def kill_part(self, name: str) -> None:
        """Kills one part (SIGKILL); it stays away until it is started."""
        if kept := self._keeping.pop(name, None):
            kept.cancel()
        await self._parts[name].kill()

    async def kept(self) -> None:
        """Waits for as long as all parts can be kept running.

        Raises:
            PartFailedError: when one can't be kept running.
        """
        await asyncio.gather(*self._keeping.values())

    async def stop(self) -> None:
        """Stops the listener and the worker first, then what they lean on."""
        for kept in self._keeping.values():
            kept.cancel()
        await asyncio.gather(*self._keeping.values(), return_exceptions=True)
        for part in reversed(self._parts.values()):
            await part.stop()

    def _temporal_part(self, token: str) -> Part:
        # The UI gives the token to whoever opens it: it keeps out other programs and pages, not
        # the people of this machine.
        codec = f"http://{HOST}:{self._ports.codec}/{token}"
        settings = temporal.keep_settings(self._data, codec)
        command = temporal.start_command(self._temporal, self._ports, self._data, settings)
        return self._part("temporal", command, f"http://{HOST}:{self._ports.temporal_ui}/")

    def _slack_part(self, workspace: Path) -> Part:
        command = [
            *(sys.executable, "-m", "localslack"),
            *("--workspace", str(workspace)),
            *("--manifest", "slack-manifest.yaml"),
            *("--state", str(self._data / "localslack.json")),
            *("--port", str(self._ports.localslack)),
        ]
        return self._part("slack", command, f"{self._ports.slack_url}/")

    def _codec_part(self, token: str) -> Part:
        ui = self._ports.temporal_ui
        settings = {
            "CODEC_TOKEN": token,
            "CODEC_PORT": str(self._ports.codec),
            "CODEC_ORIGINS": f"http://{HOST}:{ui},http://localhost:{ui}",
        }
        health = self._ports.codec_health
        return self._program("codec", health, "-m", "codecserver", settings=settings)

    def _watchdog_part(self) -> Part:
        state = os.environ.get("WATCHDOG_STATE") or str(self._data / "watchdog.json")
        health, settings = self._ports.watchdog_health, {"WATCHDOG_STATE": state}
        return self._program("watchdog", health, "-m", "watchdog", settings=settings)

    def _program(
        self,
        name: str,
        health: int,
        *command: str,
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> Part:
        health = health or any_free()
        part = self._part(name, [sys.executable, *command], f"http://{HOST}:{health}/health/ready")
        part.environment = {
            **self._environment,
            **settings,
            "HEALTH_PORT": str(health),
            "HEALTH_HOST": HOST,
        }
        part.names_settings = True
        return part

    def _part(self, name: str, command: list[str], ready_at: str) -> Part:
        lease = folder.lease(self._data, name)
        return Part(name, command, {}, ready_at, lease, self._tell)


def _local_tokens(ports: Ports) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": f"{ports.slack_url}/api/",
    }


async def _answers(url: str) -> bool:
    try:
        async with aiohttp.ClientSession() as session, session.get(url, timeout=_BRIEFLY) as answer:
            return answer.ok
    except (aiohttp.ClientError, TimeoutError):
        return False


async def _finish(command: list[str], environment: Mapping[str, str]) -> None:
    """Runs a command to its end; its output shows only when it fails."""
    process = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, **environment},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    if process.returncode != 0:
        words = output.decode(errors="replace").strip().removeprefix("error: ")
        failed = SettingRefusedError if process.returncode == EXIT_SETTINGS else PartFailedError
        raise failed(words)
