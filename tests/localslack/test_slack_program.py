"""`python -m localslack` as a program, and the files it starts from."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from localslack.errors import StartError
from localslack.workspace import Workspace, load_manifest, load_workspace

HERE = Path(__file__).parent


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "localslack", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=HERE.parent.parent,
    )


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_says_when_it_is_ready_and_stops_cleanly(tmp_path: Path, stop: signal.Signals) -> None:
    state = tmp_path / "state.json"
    workspace, manifest = str(HERE / "workspace.toml"), str(HERE / "manifest.yaml")
    program = start(
        "--port", "0", "--workspace", workspace, "--manifest", manifest, "--state", str(state)
    )
    assert program.stdout is not None
    line = program.stdout.readline()
    assert line.startswith("localslack: Practice workspace is ready at http://127.0.0.1:")
    address = line.split()[-1]
    asked = urllib.request.Request(  # noqa: S310 - an address of this machine
        f"{address}client/owen/conversations/review/messages",
        data=json.dumps({"text": "before the stop"}).encode(),
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    assert json.load(opener.open(asked, timeout=5))["ok"] is True
    program.send_signal(stop)
    out, err = program.communicate(timeout=10)
    assert (program.returncode, out, err) == (0, "", "")
    assert "before the stop" in state.read_text()


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        program = start("--port", str(port))
        out, err = program.communicate(timeout=10)
    assert (program.returncode, out) == (1, "")
    assert err == (
        f"localslack: port {port} is in use; stop what listens there or choose another port\n"
    )


def test_a_port_that_can_not_be_is_one_clear_line() -> None:
    program = start("--port", "99999")
    _, err = program.communicate(timeout=10)
    assert program.returncode == 1
    assert err.startswith("localslack: port 99999 can't be used: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name = ", "not well formed"),
        ('nmae = "x"', "nmae"),
        ('[[channels]]\nname = "Big"\nid = "C0X"', "channels.0.name"),
        ('[[channels]]\nname = "a"\nid = "C0X"\nmembers = ["nobody"]', "nobody"),
        (
            '[[people]]\nhandle = "a"\nid = "U0A"\nreal_name = "A"\n'
            '[[people]]\nhandle = "a"\nid = "U0B"\nreal_name = "B"',
            "handle 'a' stands more than once",
        ),
        ('[[people]]\nhandle = "a"\nid = "U0APP"\nreal_name = "A"', "U0APP"),
    ],
)
def test_a_mistake_in_the_workspace_file_is_named(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "workspace.toml"
    path.write_text(text)
    with pytest.raises(StartError, match=reason) as refused:
        load_workspace(path)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"nowhere\.toml can't be read"):
        load_workspace(tmp_path / "nowhere.toml")
    program = start("--workspace", str(tmp_path / "nowhere.toml"))
    _, err = program.communicate(timeout=10)
    assert program.returncode == 1
    assert err.count("\n") == 1


def test_a_manifest_may_be_json(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    command = {"command": "/x", "description": "d", "url": "http://127.0.0.1:1/"}
    path.write_text(json.dumps({"features": {"slash_commands": [command]}, "_metadata": {}}))
    manifest = load_manifest(path)
    assert manifest.commands[0].url == "http://127.0.0.1:1/"
    path.write_text('{"features": {"slash_commands": [{"command": "x"}]}}')
    with pytest.raises(StartError, match=r"features\.slash_commands\.0\.command"):
        load_manifest(path)


def test_an_empty_workspace_is_one() -> None:
    assert Workspace().people == []
