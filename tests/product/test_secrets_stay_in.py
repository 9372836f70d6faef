"""Secrets are in no output, no `repr` and no argument of a process, whatever fails (fault 34)."""

import asyncio
import contextlib
import os
import secrets
import signal
import sys
from pathlib import Path

import pytest

from drill.stack import Stack
from encryption.keyring import Keyring, new_key
from onemachine.ports import HOST
from register.database import open_engine
from runtime.settings import codec_settings, database_url, payload_keys, slack_settings
from tests.deploy.tls_front import ROOT

ENDS_WITHIN_S = 90
NOBODY = f"{HOST}:1"
FOI = ("-m", "reports", "foi", "discipline", "--from", "5/12/21", "--to", "5/12/24")

needs_proc = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")


class Marked:
    """Settings in which every secret can be found again."""

    def __init__(self) -> None:
        self.bot, self.app, self.password, self.codec, self.temporal, self.proxy = (
            secrets.token_hex(20) for _ in range(6)
        )
        self.key = new_key()
        self.settings = {
            "DATABASE_URL": f"postgresql://register:{self.password}@{NOBODY}/register",
            "SLACK_BOT_TOKEN": f"xoxb-{self.bot}",
            "SLACK_APP_TOKEN": f"xapp-{self.app}",
            "SLACK_API_URL": f"http://{NOBODY}/api/",
            "PAYLOAD_KEYS": self.key,
            "CODEC_TOKEN": self.codec,
            "CODEC_PORT": "0",
            "TEMPORAL_ADDRESS": NOBODY,
            "TEMPORAL_API_KEY": self.temporal,
            "TEMPORAL_TLS": "false",
            "HTTPS_PROXY": f"http://somebody:{self.proxy}@{NOBODY}",
            "LOG_FORMAT": "json",
        }

    def found_in(self, text: str) -> list[str]:
        values = {**vars(self), "key": self.key.partition(":")[2]}
        del values["settings"]
        return [name for name, value in values.items() if value in text]


@pytest.fixture
def marked() -> Marked:
    return Marked()


async def told(
    arguments: tuple[str, ...], environment: dict[str, str], until: str = ""
) -> tuple[str, str]:
    """What a program writes up to these words or its end, and the arguments of it and its children.

    Without words, its first line is enough.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *arguments),
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    said = ""
    async with asyncio.timeout(ENDS_WITHIN_S):
        while line := (await process.stdout.readline()).decode():
            said += line
            if until in line:
                break
        seen = command_lines(process.pid)
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        rest, _ = await process.communicate()
    return said + rest.decode(), seen


def command_lines(pid: int) -> str:
    """Of a process and all its children: what `ps` shows everybody."""
    try:
        own = Path(f"/proc/{pid}/cmdline").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return ""
    return "\n".join((own, *(command_lines(int(child)) for child in children)))


PROGRAMS = {
    "worker": ("worker.py",),
    "listener": ("starter.py", "listen"),
    "report": ("starter.py", "report", "examples/report.toml"),
    "codec": ("-m", "codecserver"),
    "watchdog": ("-m", "watchdog", "--once"),
    "check": ("-m", "register", "check"),
    "upgrade": ("-m", "register", "upgrade"),
    "verify": ("-m", "register", "verify", "--without-anchor"),
    "backup": ("-m", "register", "backup", "/nowhere/copy"),
    "foi": FOI,
}


@needs_proc
async def test_not_when_nothing_can_be_reached(marked: Marked, tmp_path: Path) -> None:
    settings = marked.settings | {"DATA_FOLDER": str(tmp_path)}

    for name, arguments in PROGRAMS.items():
        said, seen = await told(arguments, settings)

        assert said, name
        assert marked.found_in(said + seen) == [], name


@needs_proc
@pytest.mark.parametrize("name", ["worker", "listener"])
async def test_not_when_slack_refuses_a_token_or_temporal_is_away(
    stack: Stack, marked: Marked, name: str
) -> None:
    there = {"DATABASE_URL": stack.database_url, "SLACK_API_URL": stack.slack.api_url}
    temporal = {"TEMPORAL_ADDRESS": stack.client.service_client.config.target_host}
    arguments = PROGRAMS[name]

    refused, _ = await told(arguments, marked.settings | there | temporal, "invalid_auth")
    waiting, seen = await told(arguments, marked.settings | there, "temporal_not_reachable")

    assert "invalid_auth" in refused
    assert seen or "invalid_auth" in waiting
    assert marked.found_in(refused + waiting + seen) == []


@pytest.mark.parametrize(
    ("program", "name", "spoil"),
    [
        ("worker", "PAYLOAD_KEYS", "{}x"),
        ("worker", "PAYLOAD_KEYS", "{0},{0}"),
        ("worker", "SLACK_BOT_TOKEN", "x{}"),
        ("worker", "TEMPORAL_ADDRESS", "{}"),
        ("codec", "CODEC_TOKEN", "{}/"),
        ("check", "DATABASE_URL", "{}:x"),
        ("check", "DATABASE_URL", "x{}"),
    ],
)
async def test_not_when_a_setting_is_misspelt(
    marked: Marked, tmp_path: Path, program: str, name: str, spoil: str
) -> None:
    wrong = {name: spoil.format(marked.settings[name])}
    settings = marked.settings | {"DATA_FOLDER": str(tmp_path)} | wrong

    said, _ = await told(PROGRAMS[program], settings)

    assert marked.found_in(said) == []
    assert name in said or program == "worker"


def test_not_in_the_repr_of_what_holds_them(marked: Marked) -> None:
    held = (
        slack_settings(marked.settings, listens=True),
        codec_settings(marked.settings),
        payload_keys(marked.settings),
        Keyring.parse(marked.key),
        open_engine(database_url(marked.settings)),
        open_engine(database_url(marked.settings)).url,
    )

    for each in held:
        assert marked.found_in(f"{each!r} {each}") == []
