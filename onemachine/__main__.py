"""`python -m onemachine`: Temporal, our programs and, without Slack tokens, a local Slack."""

if __name__ == "__main__":
    from runtime.interrupt import end_quietly  # before the other imports: they take a second

    end_quietly()

import asyncio
import os
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path

from onemachine import example, folder, keys, ports
from onemachine.ports import HOST, Ports
from onemachine.processes import PartFailedError, say, show
from onemachine.system import WORKSPACE, System
from runtime.program import run, stopping, unless_stopped
from runtime.settings import DATABASE, data_folder, organisation, slack_settings

STDIN = 0


async def main() -> int:
    """Starts every part in order, says when all is ready, and stops all of it on Ctrl-C."""
    organisation()
    if not _slack_is_local():
        slack_settings(listens=True)
    data = data_folder()
    with folder.claimed(data), stopping() as stop:
        watching = asyncio.create_task(_stop_with_the_terminal(stop))
        async with AsyncExitStack() as exits:
            try:
                await unless_stopped(stop, _kept_running(data, exits))
            except PartFailedError as error:
                say(str(error))
                return error.status
        watching.cancel()
    say("stopped; open cases go on at the next `make run`")
    return 0


async def _kept_running(data: Path, exits: AsyncExitStack) -> None:
    """Starts every part and keeps it running; `exits` stops what was started.

    Raises:
        SettingsError: when a setting is wrong.
        PartFailedError: when a part can't be kept running.
    """
    await folder.end_leftovers(data)
    chosen = ports.chosen(with_slack=_slack_is_local())
    workspace = WORKSPACE if _slack_is_local() else None
    environment = _environment(data) | keys.kept(data, os.environ)
    system = System(chosen, data, environment, workspace=workspace, watched=True)
    exits.push_async_callback(system.stop)
    hint = await example.offered(data, environment)
    began = time.monotonic()
    await system.start()
    _welcome(chosen, time.monotonic() - began, hint)
    await system.kept()


async def _stop_with_the_terminal(stop: asyncio.Event) -> None:
    """A closed terminal may tell `make` alone, which waits for us and passes nothing on."""
    if not os.isatty(STDIN):
        return
    while os.isatty(STDIN):  # noqa: ASYNC110 - nothing tells us
        await asyncio.sleep(1)
    stop.set()


def _environment(data: Path) -> dict[str, str]:
    """What our own programs are told, unless it is set already."""
    defaults = {
        "LOG_FORMAT": "console" if sys.stdout.isatty() else "json",
        "DATABASE_URL": f"sqlite:///{data / DATABASE}",
    }
    if os.environ.get("DATABASE_URL_FILE"):
        del defaults["DATABASE_URL"]
    return {name: os.environ.get(name) or value for name, value in defaults.items()}


def _slack_is_local() -> bool:
    """Whether neither token is set: with one of them, somebody means a real Slack."""
    names = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    return not any(os.environ.get(name) or os.environ.get(f"{name}_FILE") for name in names)


def _welcome(ports: Ports, seconds: float, hint: str | None) -> None:
    chat = (
        f"{ports.slack_url}/   be Priya Shah and type /breach"
        if _slack_is_local()
        else "your own Slack: type /breach"
    )
    lines = [
        "",
        f"  Ready after {seconds:.1f} s.",
        f"  Chat         {chat}",
        f"  Temporal UI  http://{HOST}:{ports.temporal_ui}/",
        *([f"  Example data {hint}"] if hint else []),
        "  Stop         Ctrl-C; open cases go on at the next `make run`",
        "",
    ]
    show("\n".join(lines) + "\n")


if __name__ == "__main__":
    run(main)
