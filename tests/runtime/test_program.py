"""How programs begin and end: honest exit codes, one line for a slip, an orderly stop."""

import asyncio
import contextlib
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from runtime import program as programs
from runtime.program import stopping, unless_stopped

ROOT = Path(__file__).resolve().parents[2]
HEAD = """
import asyncio
from runtime.program import run, stopping, unless_stopped
from runtime.settings import SettingsError
"""


def program(body: str, before: str = "") -> "subprocess.Popen[str]":
    """Starts a program whose main is this body."""
    main = "\n    ".join(["async def main() -> int:", *body.splitlines()])
    return subprocess.Popen(
        [sys.executable, "-c", f"{before}\n{HEAD}\n{main}\nrun(main)\n"],
        cwd=ROOT,
        env={"LOG_FORMAT": "xml" if "LOG_FORMAT" in body else "json"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ("return 0", 0, ""),
        ("return 3", 3, ""),
        (
            "raise SettingsError('SLACK_BOT_TOKEN is not set')",
            2,
            "error: SLACK_BOT_TOKEN is not set\n",
        ),
        ("return 0  # with a wrong LOG_FORMAT", 2, "error: LOG_FORMAT must be console or json\n"),
        ("raise KeyboardInterrupt", 130, "stopped\n"),
    ],
)
def test_a_program_ends_with_its_own_status(body: str, status: int, error: str) -> None:
    running = program(body)

    assert running.communicate(timeout=30) == ("", error)
    assert running.returncode == status


def test_a_program_that_breaks_does_not_end_well() -> None:
    running = program("raise RuntimeError")

    running.communicate(timeout=30)

    assert running.returncode == 1


WAITS = """with stopping() as stop:
    print("ready", flush=True)
    await stop.wait()
    print("stopped in order", flush=True)
return 0"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_a_program_in_order(number: signal.Signals) -> None:
    running = program(WAITS)
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"

    running.send_signal(number)

    assert running.communicate(timeout=30) == ("stopped in order\n", "")
    assert running.returncode == 0


def test_under_nohup_a_closed_terminal_does_not_stop_a_program() -> None:
    before = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)"
    running = program(WAITS, before)
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"

    running.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(timeout=0.5)
    running.send_signal(signal.SIGTERM)

    assert running.communicate(timeout=30) == ("stopped in order\n", "")


PROGRAMS = [
    ["-m", "onemachine"],
    ["-m", "bench"],
    ["-m", "drill"],
    ["-m", "register", "check"],
    ["starter.py", "listen"],
    ["worker.py"],
    ["-m", "watchdog"],
]


@pytest.mark.parametrize("module", ["asyncio", "pydantic"])
@pytest.mark.parametrize("arguments", PROGRAMS, ids=" ".join)
def test_ctrl_c_while_a_program_is_being_loaded_is_answered_by_one_word(
    arguments: list[str], module: str
) -> None:
    loading = subprocess.Popen(
        [sys.executable, "-X", "importtime", *arguments],
        cwd=ROOT,
        env={},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert loading.stderr is not None
    while not loading.stderr.readline().endswith(f" {module}\n"):
        assert loading.poll() is None

    loading.send_signal(signal.SIGINT)

    out, errors = loading.communicate(timeout=30)
    said = [line for line in errors.splitlines() if not line.startswith("import time:")]
    assert (loading.returncode, out, said) == (130, "", ["stopped"])


def test_an_interrupted_program_says_so_by_its_status() -> None:
    running = program('print("ready", flush=True)\nawait asyncio.sleep(60)\nreturn 0')
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"

    running.send_signal(signal.SIGINT)

    assert running.communicate(timeout=30) == ("", "stopped\n")
    assert running.returncode == 130


async def test_signals_are_ours_only_while_we_wait_for_them() -> None:
    before = signal.getsignal(signal.SIGTERM)

    with stopping() as stop:
        signal.raise_signal(signal.SIGTERM)
        await asyncio.wait_for(stop.wait(), 1)

    assert signal.getsignal(signal.SIGTERM) == before


async def test_work_that_ends_first_gives_its_result() -> None:
    async def work() -> str:
        return "done"

    assert await unless_stopped(asyncio.Event(), work()) == "done"


async def test_work_is_given_up_when_the_program_is_told_to_stop() -> None:
    given_up = asyncio.Event()

    async def work() -> str:
        try:
            await asyncio.sleep(60)
        finally:
            given_up.set()
        return "done"

    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, stop.set)

    assert await unless_stopped(stop, work()) is None
    await asyncio.wait_for(given_up.wait(), 1)


async def test_work_that_loses_its_cancellation_is_cancelled_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(programs, "CANCEL_AGAIN_S", 0.01)

    async def work() -> str:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
        await asyncio.sleep(60)
        return "done"

    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, stop.set)

    assert await asyncio.wait_for(unless_stopped(stop, work()), 30) is None


async def test_work_that_fails_is_not_hidden() -> None:
    async def work() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await unless_stopped(asyncio.Event(), work())
