"""`make run` with a wrong setting: one line names it, and nothing is left running."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from localslack.kinds import APP_TOKEN, BOT_TOKEN
from localslack.server import LocalSlack
from localslack.workspace import load_manifest, load_workspace
from onemachine.folder import claimed
from onemachine.ports import DEFAULTS, HEALTH, any_free, chosen
from tests.onemachine.running import ROOT, Run, needs_proc

TOKENS = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}


async def refused(run: Run) -> str:
    """The one line with which it refuses to start."""
    await run.begin()
    assert await run.ended() == 2
    (line, end) = run.said
    assert end == ""
    assert line.startswith("error: ")
    return line.removeprefix("error: ")


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    """A Slack that is there already, as the real one is."""
    workspace = load_workspace(ROOT / "examples/local-workspace.toml")
    async with LocalSlack(workspace, load_manifest(ROOT / "slack-manifest.yaml")) as slack:
        yield slack


@needs_proc
@pytest.mark.parametrize(
    ("name", "wrong"), [("SLACK_BOT_TOKEN", "xoxb-wrong"), ("SLACK_APP_TOKEN", "xapp-wrong")]
)
async def test_a_token_that_slack_refuses_is_named_and_asked_for_once(
    slack: LocalSlack, tmp_path: Path, name: str, wrong: str
) -> None:
    run = Run(tmp_path / "data", **TOKENS | {name: wrong, "SLACK_API_URL": slack.api_url})
    await run.begin()

    assert await run.ended() == 2

    (last,) = [line for line in run.said if line.startswith("run ")]
    assert last.endswith(f": {name}: Slack refuses it (invalid_auth)")
    asked = "auth.test" if name == "SLACK_BOT_TOKEN" else "apps.connections.open"
    programs = ("worker", "listener") if name == "SLACK_BOT_TOKEN" else ("listener",)
    answered = [call.error for call in slack.faults.called(asked)]
    assert set(answered) == {"invalid_auth"}
    assert len(answered) <= len(programs), "once each"
    assert run.running() == set()


@pytest.mark.parametrize(
    ("tokens", "words"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN is not set"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN is not set"),
        (
            {"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1"},
            "SLACK_BOT_TOKEN must begin with xoxb-",
        ),
    ],
)
async def test_one_token_alone_or_the_wrong_one_never_comes_to_the_local_slack(
    tmp_path: Path, tokens: dict[str, str], words: str
) -> None:
    assert words in await refused(Run(tmp_path / "data", **tokens))


async def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    taken = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]

    said = await refused(Run(tmp_path / "data", LOCALSLACK_PORT=str(port)))

    taken.close()
    assert said.startswith(f"LOCALSLACK_PORT: port {port} is in use")


@pytest.mark.parametrize(
    ("one", "other"),
    [("TEMPORAL_PORT", "LOCALSLACK_PORT"), ("TEMPORAL_PORT", "TEMPORAL_UI_PORT")],
)
async def test_ports_that_are_the_same_are_named(tmp_path: Path, one: str, other: str) -> None:
    port = str(any_free())

    said = await refused(Run(tmp_path / "data", **{one: port, other: port}))

    assert said.startswith(f"{one} and {other} are both {port}")


async def test_a_second_one_on_the_same_folder_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with claimed(tmp_path / "data"):
        said = await refused(Run(tmp_path / "data"))
    assert said.startswith(f"DATA_FOLDER: {tmp_path / 'data'} is in use by another `make run`")
    assert f"DATA_FOLDER={tmp_path / 'data'}-2 TEMPORAL_PORT=" in said


async def test_a_folder_that_can_t_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    said = await refused(Run(tmp_path / "file" / "data"))

    assert said == f"DATA_FOLDER: can't use {tmp_path / 'file' / 'data'}: Not a directory"


async def test_a_folder_that_others_use_is_not_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / "theirs").touch()
    tmp_path.chmod(0o755)

    said = await refused(Run(tmp_path))

    assert said.startswith(f"DATA_FOLDER: {tmp_path} holds other things and is open to others")
    assert tmp_path.stat().st_mode & 0o777 == 0o755


async def test_a_real_slack_needs_no_port_for_a_local_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        run = Run(tmp_path / "data", LOCALSLACK_PORT=port, DATABASE_URL="mysql://", **TOKENS)
        await run.begin()
        assert await run.ended() == 2

    assert run.said[0].startswith("run      | DATABASE_URL must begin with")


@pytest.mark.parametrize("name", sorted(HEALTH))
async def test_a_health_port_that_was_asked_for_and_is_taken_is_named(
    tmp_path: Path, name: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        said = await refused(Run(tmp_path / "data", **{name: str(number)}))
    assert said.startswith(f"{name}: port {number} is in use")


def test_where_nobody_asked_for_a_health_port_another_one_will_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in (*DEFAULTS, *HEALTH):
        monkeypatch.delenv(name, raising=False)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        monkeypatch.setitem(HEALTH, "WORKER_HEALTH_PORT", number)
        for name in DEFAULTS:
            monkeypatch.setenv(name, "0")
        assert chosen().worker_health not in {number, 0}
