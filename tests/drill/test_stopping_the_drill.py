"""A drill that is stopped half-way: one line says so, and nothing is left."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.onemachine.running import ROOT, needs_proc, told


@needs_proc
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
async def test_a_drill_that_is_stopped_leaves_nothing_behind(
    tmp_path: Path, how: signal.Signals
) -> None:
    drill = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "drill"),
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        while not list(tmp_path.glob("drill-*/register.db")):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert len(told(f"TMPDIR={tmp_path}")) == 2, "the drill and its Temporal"

    drill.send_signal(how)
    _, errors = await asyncio.wait_for(drill.communicate(), 60)

    assert drill.returncode == 130
    said = errors.decode()
    assert said.count("stopped; the drill was not played to its end\n") == 1
    assert "Traceback" not in said
    assert told(f"TMPDIR={tmp_path}") == set()
    assert list(tmp_path.glob("drill-*")) == []
