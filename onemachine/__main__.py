"""`python -m onemachine`: Temporal, worker, listener and, without Slack tokens, a local Slack."""

if __name__ == "__main__":
    from runtime.interrupt import end_quietly  # before the other imports: they take a second

    end_quietly()

import os
import sys
import time
from pathlib import Path

from onemachine.keys import kept
from onemachine.ports import HOST, Ports, chosen
from onemachine.processes import PartFailedError, say
from onemachine.system import WORKSPACE, System
from runtime.program import run, stopping, unless_stopped
from runtime.settings import organisation

DEFAULT_DATA = ".data"
EXIT_FAILED = 1


async def main() -> int:
    """Starts every part in order, says when all is ready, and stops all of it on Ctrl-C."""
    organisation()
    ports = chosen()
    data = Path(os.environ.get("DATA_FOLDER") or DEFAULT_DATA)
    workspace = WORKSPACE if _slack_is_local() else None
    _make_private(data)
    secrets = kept(data, os.environ)
    system = System(ports, data, _environment(data) | secrets, workspace=workspace)
    began = time.monotonic()
    with stopping() as stop:
        try:
            await unless_stopped(stop, system.start())
            if not stop.is_set():
                _welcome(ports, time.monotonic() - began)
                await unless_stopped(stop, system.kept())
        except PartFailedError as error:
            say(str(error))
            return EXIT_FAILED
        finally:
            await system.stop()
    say("stopped; open cases go on at the next `make run`")
    return 0


def _make_private(folder: Path) -> None:
    """Temporal creates its database file readable for all, so the folder is for its owner only."""
    folder.mkdir(exist_ok=True, parents=True)
    folder.chmod(0o700)


def _environment(data: Path) -> dict[str, str]:
    """What our own programs are told, unless it is set already."""
    defaults = {
        "LOG_FORMAT": "console" if sys.stdout.isatty() else "json",
        "DATABASE_URL": f"sqlite:///{data / 'register.db'}",
    }
    if os.environ.get("DATABASE_URL_FILE"):
        del defaults["DATABASE_URL"]
    return {name: os.environ.get(name) or value for name, value in defaults.items()}


def _slack_is_local() -> bool:
    return not any(os.environ.get(name) for name in ("SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN_FILE"))


def _welcome(ports: Ports, seconds: float) -> None:
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
        "  Stop         Ctrl-C; open cases go on at the next `make run`",
        "",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    run(main)
