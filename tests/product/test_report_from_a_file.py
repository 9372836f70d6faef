"""`starter.py report FILE` as somebody runs it: durable once, and plain words only."""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment

from drill.stack import ROOT, Stack
from tests.intake.report_files import toml
from tests.product.processes import PAYLOAD_KEYS

NOWHERE = "127.0.0.1:1"


@dataclass
class Said:
    """How it ended."""

    status: int | None
    out: list[str]
    errors: list[str]


@pytest.fixture
def settings(server: WorkflowEnvironment, stack: Stack, tmp_path: Path) -> dict[str, str]:
    """The stack's register and its server, with references that no other test has."""
    prefix = stack.organisation.reference_prefix
    own = (ROOT / "organisation.toml").read_text(encoding="utf-8")
    own = own.replace('reference_prefix = "BR"', f'reference_prefix = "{prefix}"')
    (tmp_path / "organisation.toml").write_text(own, encoding="utf-8")
    return {
        "DATABASE_URL": stack.database_url,
        "ORGANISATION_FILE": str(tmp_path / "organisation.toml"),
        "TEMPORAL_ADDRESS": server.client.service_client.config.target_host,
        "PAYLOAD_KEYS": PAYLOAD_KEYS,
    }


async def begun(file: Path, settings: dict[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "starter.py", "report", str(file)),
        cwd=ROOT,
        env=os.environ | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def ended(process: asyncio.subprocess.Process) -> Said:
    out, errors = await asyncio.wait_for(process.communicate(), 60)
    return Said(process.returncode, out.decode().splitlines(), errors.decode().splitlines())


async def test_the_same_file_again_is_said_to_be_recorded_already(
    stack: Stack, settings: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "report.toml"
    file.write_text(toml())

    first = await ended(await begun(file, settings))
    reference = f"{stack.organisation.reference_prefix}-2026-0001"
    assert (first.status, first.errors) == (0, [])
    assert first.out[0] == f"{reference} is recorded."
    assert [line.split("  ")[0] for line in first.out[1:]] == ["OST review due", "ICO due"]
    described = await stack.client.get_workflow_handle(reference).describe()
    assert described.workflow_type == "Breach"

    for changed in ({}, {"TEMPORAL_ADDRESS": NOWHERE}):
        again = await ended(await begun(file, settings | changed))
        assert (again.status, again.errors) == (0, [])
        assert again.out[0].startswith(f"{reference} was already recorded from this file, on ")
        assert again.out[1:] == first.out[1:]
    assert await stack.reservations.not_started(timedelta(0)) == []


async def test_a_temporal_that_refuses_is_told_apart_from_one_that_is_away(
    settings: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "report.toml"
    file.write_text(toml())

    said = await ended(await begun(file, settings | {"TEMPORAL_NAMESPACE": "nobody-s"}))

    assert (said.status, said.out, len(said.errors)) == (2, [], 1), said
    assert said.errors[0].startswith("error: TEMPORAL_NAMESPACE: Temporal has no namespace")


async def test_whoever_gives_up_waiting_reads_words_and_no_log(
    settings: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "report.toml"
    file.write_text(toml())
    tries: asyncio.Queue[None] = asyncio.Queue()

    async def refuse(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tries.put_nowait(None)
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as away:
        host, port = away.sockets[0].getsockname()
        process = await begun(file, settings | {"TEMPORAL_ADDRESS": f"{host}:{port}"})
        for _ in range(2):
            await asyncio.wait_for(tries.get(), 30)
        process.send_signal(signal.SIGINT)
        said = await ended(process)

    assert (said.status, said.out) == (130, [])
    assert said.errors == [
        "Not confirmed. Give the same file again; it will not be recorded twice.",
        "stopped",
    ]
