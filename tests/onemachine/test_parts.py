"""Parts: kept running, given up when they keep dying, and their last words passed on."""

import subprocess
import sys
from pathlib import Path

import pytest

from onemachine import processes
from onemachine.leases import Lease
from onemachine.processes import (
    RESTARTS,
    WITHIN_S,
    Part,
    PartFailedError,
    Restarts,
    SettingRefusedError,
)
from tests.onemachine.running import ROOT


class Told:
    """What was passed on."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, line: str, _name: str) -> None:
        self.lines.append(line)


@pytest.fixture
def told() -> Told:
    return Told()


def part(code: str, folder: Path, told: Told, *, names_settings: bool = True) -> Part:
    command, lease = [sys.executable, "-c", code], Lease(folder / "running" / "part")
    return Part("part", command, {}, "http://127.0.0.1:1/", lease, told, names_settings)


async def test_a_part_that_keeps_dying_is_given_up(
    tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "PAUSE_S", 0.01)
    dying = part("print('up'); raise SystemExit(3)", tmp_path, told)
    await dying.start()

    with pytest.raises(PartFailedError, match="part does not stay up"):
        await dying.keep_running()

    assert told.lines.count("up") == 1 + RESTARTS
    assert told.lines.count("part ended with exit status 3; starting it again") == RESTARTS


def test_only_what_died_lately_counts() -> None:
    restarts = Restarts()

    assert all(restarts.one_more(hour * 3600) for hour in range(100))

    now = 100 * 3600
    assert all(restarts.one_more(now + second) for second in range(RESTARTS))
    assert not restarts.one_more(now + RESTARTS)
    assert restarts.one_more(now + WITHIN_S)
    assert not restarts.one_more(now + WITHIN_S)


async def test_a_part_that_refuses_a_setting_is_quoted_and_not_started_again(
    tmp_path: Path, told: Told
) -> None:
    refusing = part("print('error: COLOUR is not set'); raise SystemExit(2)", tmp_path, told)
    await refusing.start()

    with pytest.raises(SettingRefusedError, match=r"^part: COLOUR is not set$"):
        await refusing.keep_running()

    assert told.lines == ["error: COLOUR is not set"]
    assert SettingRefusedError.status == 2


async def test_status_2_of_another_s_program_is_a_death_like_any_other(
    tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Go program that panics ends with 2."""
    monkeypatch.setattr(processes, "PAUSE_S", 0.01)
    panicking = part("raise SystemExit(2)", tmp_path, told, names_settings=False)
    await panicking.start()

    with pytest.raises(PartFailedError, match="does not stay up"):
        await panicking.keep_running()


async def test_a_lease_is_held_for_as_long_as_the_part_lives(tmp_path: Path, told: Told) -> None:
    living = part("input_ = __import__('time').sleep(60)", tmp_path, told)
    await living.start()
    assert living.process
    assert living.lease.holder() == living.process.pid

    await living.stop()

    assert living.lease.holder() is None


async def test_a_long_line_is_passed_on_whole(tmp_path: Path, told: Told) -> None:
    talking = part("print('x' * 300_000); raise SystemExit(2)", tmp_path, told)
    await talking.start()

    with pytest.raises(SettingRefusedError):
        await talking.keep_running()

    assert told.lines == ["x" * 300_000]


def test_who_prints_goes_on_when_nobody_reads_any_more() -> None:
    lines = "for _ in range(100_000): say('words')"
    code = f"import sys; from onemachine.processes import say\n{lines}\nsys.exit(7)"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as printing:
        assert printing.stdout
        assert printing.stderr
        printing.stdout.readline()
        printing.stdout.close()
        assert printing.stderr.read() == b""
        assert printing.wait(30) == 7
