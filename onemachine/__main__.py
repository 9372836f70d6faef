"""`python -m onemachine`: Temporal, worker, listener and, without Slack tokens, a local Slack."""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp

from localslack.kinds import APP_TOKEN, BOT_TOKEN
from onemachine import temporal
from onemachine.ports import HOST, Ports, any_free, chosen
from onemachine.processes import Part, PartFailedError, say
from runtime.program import run, stopping, unless_stopped
from runtime.settings import organisation

DATA = Path(".data")
READY_WITHIN_S = 60
EXIT_FAILED = 1


async def main() -> int:
    """Starts every part in order, says when all is ready, and stops all of it on Ctrl-C."""
    organisation()
    ports, program = chosen(), temporal.program()
    _make_private(DATA)
    began = time.monotonic()
    started: list[Part] = []
    keeping: list[asyncio.Task[None]] = []
    with stopping() as stop:
        try:
            await unless_stopped(stop, _start_all(program, ports, started, keeping))
            if not stop.is_set():
                _welcome(ports, time.monotonic() - began)
                await unless_stopped(stop, _all_kept(keeping))
        except PartFailedError as error:
            say(str(error))
            return EXIT_FAILED
        finally:
            await _stop_all(started, keeping)
    say("stopped; open cases go on at the next `make run`")
    return 0


async def _start_all(
    program: Path, ports: Ports, started: list[Part], keeping: list[asyncio.Task[None]]
) -> None:
    async def up(part: Part, is_ready: Callable[[], Awaitable[bool]]) -> None:
        started.append(part)
        await part.start()
        keeping.append(asyncio.create_task(part.keep_running()))
        await _until(is_ready, part.name, keeping)

    environment = _environment(ports)
    await _finish([sys.executable, "-m", "register", "upgrade"], environment)
    await up(
        Part("temporal", temporal.start_command(program, ports, DATA), {}),
        lambda: _answers(f"http://{HOST}:{ports.temporal_ui}/"),
    )
    await _finish(temporal.retention_command(program, ports), environment)
    if _slack_is_local():
        await up(_local_slack(ports), lambda: _answers(f"http://{HOST}:{ports.localslack}/"))
    await asyncio.gather(
        *(
            up(_program(name, command, environment, health), _is_ready(health))
            for name, command, health in (
                ("worker", ["worker.py"], any_free()),
                ("listener", ["starter.py", "listen"], any_free()),
            )
        )
    )


def _make_private(folder: Path) -> None:
    """Temporal creates its database file readable for all, so the folder is for its owner only."""
    folder.mkdir(exist_ok=True)
    folder.chmod(0o700)


def _environment(ports: Ports) -> dict[str, str]:
    """What our own programs are told; whatever is set already counts."""
    environment = {
        "TEMPORAL_ADDRESS": f"{HOST}:{ports.temporal}",
        "LOG_FORMAT": os.environ.get("LOG_FORMAT")
        or ("console" if sys.stdout.isatty() else "json"),
    }
    if _slack_is_local():
        environment |= {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": f"http://{HOST}:{ports.localslack}/api/",
        }
    return environment


def _slack_is_local() -> bool:
    return not any(os.environ.get(name) for name in ("SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN_FILE"))


def _program(name: str, command: list[str], environment: dict[str, str], health: int) -> Part:
    return Part(name, [sys.executable, *command], {**environment, "HEALTH_PORT": str(health)})


def _local_slack(ports: Ports) -> Part:
    command = [
        *(sys.executable, "-m", "localslack"),
        *("--workspace", "examples/local-workspace.toml"),
        *("--manifest", "slack-manifest.yaml"),
        *("--state", str(DATA / "localslack.json")),
        *("--port", str(ports.localslack)),
    ]
    return Part("slack", command, {})


def _is_ready(health: int) -> Callable[[], Awaitable[bool]]:
    return lambda: _answers(f"http://{HOST}:{health}/ready")


async def _until(
    is_ready: Callable[[], Awaitable[bool]], name: str, keeping: list[asyncio.Task[None]]
) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while not await is_ready():
        for kept in keeping:
            if kept.done():
                kept.result()
        if time.monotonic() > deadline:
            raise PartFailedError(f"{name} was not ready within {READY_WITHIN_S} seconds")
        await asyncio.sleep(0.1)


async def _answers(url: str) -> bool:
    try:
        async with aiohttp.ClientSession() as session, session.get(url, timeout=_BRIEFLY) as answer:
            return answer.ok
    except (aiohttp.ClientError, TimeoutError):
        return False


_BRIEFLY = aiohttp.ClientTimeout(total=2)


async def _finish(command: list[str], environment: dict[str, str]) -> None:
    """Runs a command to its end; its output shows only when it fails."""
    process = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    if process.returncode != 0:
        raise PartFailedError(output.decode(errors="replace").strip())


async def _all_kept(keeping: list[asyncio.Task[None]]) -> None:
    await asyncio.gather(*keeping)


async def _stop_all(started: list[Part], keeping: list[asyncio.Task[None]]) -> None:
    """Stops the listener and the worker first, then what they lean on."""
    for kept in keeping:
        kept.cancel()
    for part in reversed(started):
        await part.stop()


def _welcome(ports: Ports, seconds: float) -> None:
    chat = (
        f"http://{HOST}:{ports.localslack}/   be Priya Shah and type /breach"
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
