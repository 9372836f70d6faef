"""What the real programs say of themselves while one thing after the other goes wrong."""

import asyncio
import platform
import signal
import sqlite3
import subprocess
import tomllib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.socket_mode.websockets import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from domain.organisation import Organisation
from drill.player import Player
from drill.stack import ROOT, Stack
from encryption.keyring import new_key
from intake import listening
from localslack.kinds import APP_TOKEN, BOT_TOKEN
from localslack.server import LocalSlack
from localslack.workspace import load_manifest, load_workspace
from register import versions
from register.database import using
from runtime.health import OK
from tests.product import answers
from tests.product.answers import GENERAL, OST
from tests.product.processes import PAYLOAD_KEYS, Program, Server, listener, worker

LABELS = ("program", "python", "temporalio", "version")
MEMORY = 8 * 2**20
"""Bytes of a disk that is soon full."""


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """Not started."""
    folder = tmp_path / "temporal"
    folder.mkdir()
    server = Server(folder)
    yield server
    await server.end()


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    workspace = load_workspace(ROOT / "examples" / "local-workspace.toml")
    async with LocalSlack(workspace, load_manifest(ROOT / "slack-manifest.yaml")) as running:
        yield running


async def new_register(folder: Path) -> str:
    url = f"sqlite:///{folder / 'register.db'}"
    async with using(url) as engine:
        await versions.upgrade(engine)
    return url


@pytest.fixture
async def register(tmp_path: Path) -> str:
    return await new_register(tmp_path)


async def test_without_temporal_the_programs_say_that_they_wait_for_it_and_go_on_once_it_is_there(
    server: Server, slack: LocalSlack, register: str
) -> None:
    programs = [each(server.address, register, slack.api_url) for each in (worker, listener)]
    for program in programs:
        await program.start()
        answer = await program.says(temporal="waiting", register=OK, disk=OK, slack=OK)
        assert answer["ready"] is False
        assert answer["state"] == "starting"
        assert await program.health("/health/live") == (200, {"live": True})

    await server.start()
    for program in programs:
        await program.ready()
        assert await program.end(signal.SIGTERM) == 0


@pytest.mark.parametrize("program", [worker, listener])
async def test_a_program_that_waits_for_temporal_ends_when_it_is_told_to(
    server: Server, slack: LocalSlack, register: str, program: Callable[..., Program]
) -> None:
    waiting = program(server.address, register, slack.api_url)
    await waiting.start()
    await waiting.says(temporal="waiting", slack=OK)
    assert await waiting.end(signal.SIGTERM) == 0


async def test_a_listener_says_what_is_wrong_and_is_well_again_without_a_restart(
    server: Server, slack: LocalSlack, register: str
) -> None:
    await server.start()
    await server.client()
    program = listener(server.address, register, slack.api_url)
    await program.start()
    await program.ready()
    said: list[object] = []

    slack.faults.fail("auth.test", error="token_revoked", times=None)
    said.append(await program.says(slack="token_refused"))
    asked = len(slack.faults.called("auth.test"))
    for _ in range(50):
        await program.health()
    assert len(slack.faults.called("auth.test")) <= asked + 1
    assert (await program.figures())["breach_slack_calls_total", "auth.test/token_refused"] > 0
    slack.faults.clear()
    slack.faults.fail("apps.connections.open", status=503, times=None)
    slack.sockets.drop()
    said.append(await program.says(slack_socket="not_connected"))
    slack.faults.clear()

    await server.end()
    said.append(await program.says(temporal="not_reachable"))
    assert (await program.figures())["breach_check_ok", "temporal"] == 0
    await server.start()
    await program.ready()

    assert not {APP_TOKEN, BOT_TOKEN, PAYLOAD_KEYS, server.address, register} & set(str(said))
    for secret in (APP_TOKEN, BOT_TOKEN, PAYLOAD_KEYS.partition(":")[2], register):
        assert secret not in str(said)
    assert await program.end(signal.SIGTERM) == 0


async def test_a_register_that_does_not_fit_any_more_or_is_gone_is_named(
    server: Server, slack: LocalSlack, register: str
) -> None:
    await server.start()
    await server.client()
    program = worker(server.address, register, slack.api_url)
    await program.start()
    await program.ready()
    file = Path(register.removeprefix("sqlite:///"))

    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        [(own,)] = database.execute("SELECT version_num FROM alembic_version")
        for number, said in (
            ("0001", "older_than_this_program"),
            ("9999", "newer_than_this_program"),
            (own, OK),
        ):
            database.execute("UPDATE alembic_version SET version_num = ?", (number,))
            assert (await program.says(register=said))["ready"] is (said == OK)

    file.rename(file.with_name("elsewhere.db"))
    await program.says(register="missing")
    assert not file.exists(), "nobody made an empty one in its place"
    assert await program.end(signal.SIGTERM) == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, which can be filled."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEMORY}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a disk of its own")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


async def test_on_a_full_disk_nothing_is_acknowledged_and_health_says_so_until_there_is_room(
    server: Server, slack: LocalSlack, small_disk: Path
) -> None:
    await server.start()
    await server.client()
    url = await new_register(small_disk)
    program = listener(server.address, url, slack.api_url)
    await program.start()
    await program.ready()
    priya = slack.person("priya")
    await priya.type(GENERAL, "/breach")

    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (2**16, 2**12, 1):
            while True:
                try:
                    file.write(bytes(size))
                except OSError:
                    break
    refused = await priya.submit(await priya.modal(), answers.REPORT)
    assert "could not confirm" in " ".join(refused.errors.values())
    assert not refused.accepted
    assert "BR-2026" not in str(refused.modal)
    answer = await program.says(disk="full")
    assert answer["ready"] is False
    found = await program.figures()
    assert found["breach_register_write_failures_total", "reference"] > 0
    assert found["breach_disk_free_bytes", ""] == 0

    filler.unlink()
    await program.says(disk=OK)
    receipt = (await priya.submit(await priya.modal(), answers.REPORT)).modal
    assert receipt is not None
    assert "BR-2026-0001" in receipt.text()
    await program.ready()
    with closing(sqlite3.connect(small_disk / "register.db")) as database:
        assert database.execute("SELECT count(*) FROM cases").fetchone() == (1,)
    assert await program.end(signal.SIGTERM) == 0


async def test_a_missing_key_shows_before_a_case_needs_it_and_nothing_is_lost_by_it(
    server: Server, tmp_path: Path, organisation: Organisation
) -> None:
    await server.start()
    client = await server.client()
    async with Stack(client, tmp_path, organisation, with_worker=False) as stack:
        player = Player(None, stack)
        await player.report("priya", GENERAL, answers.REPORT)
        of = (server.address, stack.database_url, stack.slack.api_url)

        without = worker(*of, keys=new_key())
        await without.start()
        answer = await without.says(payload_keys="key_missing")
        assert answer["ready"] is False
        assert await without.end(signal.SIGTERM) == 0

        with_both = worker(*of, keys=f"{new_key()},{PAYLOAD_KEYS}")
        await with_both.start()
        await with_both.ready()
        await stack.person("owen").wait_for_message(OST, player.reference, 20)
        assert (await with_both.health())[1]["checks"]["payload_keys"] == OK
        found = await with_both.figures()
        assert found["breach_open_cases", "ost_review"] == 1
        assert found["breach_overdue", "ico_notification"] == 0
        assert found["breach_slack_calls_total", "chat.postMessage/ok"] > 0
        assert found["breach_register_write_seconds_count", "event"] == 1
        assert found["breach_build_info", program_labels("worker")] == 1
        assert player.reference not in str(found)
        assert await with_both.end(signal.SIGTERM) == 0


async def test_once_told_to_stop_a_worker_is_not_ready_and_finishes_what_it_has_in_hand(
    server: Server, tmp_path: Path, organisation: Organisation
) -> None:
    await server.start()
    client = await server.client()
    async with Stack(client, tmp_path, organisation, with_worker=False) as stack:
        player = Player(None, stack)
        program = worker(server.address, stack.database_url, stack.slack.api_url)
        await program.start()
        await program.ready()
        stack.slack.faults.fail("chat.postMessage", delay=3)
        await player.report("priya", GENERAL, answers.REPORT)
        await has_in_hand(stack, player)

        ending = asyncio.create_task(program.end(signal.SIGTERM))
        while_draining: list[dict[str, Any]] = []
        while not ending.done():
            status, answer = await program.health()
            if answer and answer["state"] != "running":
                while_draining.append(answer | {"status": status})
            await asyncio.sleep(0.05)
        assert await ending == 0
        assert {(each["state"], each["status"]) for each in while_draining} == {("stopping", 503)}
        history = await client.get_workflow_handle(player.reference).fetch_history()
        started = [
            event.activity_task_started_event_attributes.attempt
            for event in history.events
            if event.HasField("activity_task_started_event_attributes")
        ]
        assert started == [1]
        cards = await stack.person("owen").messages(OST)
        assert len([each for each in cards if player.reference in each.text()]) == 1


def program_labels(name: str) -> str:
    """The values of the labels of `breach_build_info`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    values = (name, platform.python_version(), version("temporalio"), project["version"])
    return "/".join(value for _, value in sorted(zip(LABELS, values, strict=True)))


async def has_in_hand(stack: Stack, player: Player) -> None:
    """Waits until the worker has begun to post."""
    handle = stack.client.get_workflow_handle(player.reference)
    for _ in range(400):
        pending = (await handle.describe()).raw_description.pending_activities
        if any(each.HasField("last_started_time") for each in pending):
            return
        await asyncio.sleep(0.05)
    raise TimeoutError


async def test_a_listener_whose_socket_stays_away_gives_up(
    slack: LocalSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "SILENT_S", 2)
    client = SocketModeClient(
        APP_TOKEN, web_client=AsyncWebClient(BOT_TOKEN, base_url=slack.api_url)
    )
    await client.connect()
    silence = asyncio.create_task(listening._silence(client))
    await asyncio.sleep(1.5)
    assert not silence.done()
    await slack.stop()
    assert await silence is True
    await client.close()
