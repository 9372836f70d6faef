"""`worker.py` with a setting that is wrong: one line that names it, and nothing is taken on."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from drill.stack import Stack
from localslack.kinds import BOT_TOKEN
from tests.product.processes import PAYLOAD_KEYS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "SLACK_BOT_TOKEN: Slack refuses it (invalid_auth)"),
        ({"TEMPORAL_NAMESPACE": "nobody-s"}, "TEMPORAL_NAMESPACE: Temporal has no namespace"),
        ({"TEMPORAL_ADDRESS": "http://x:7"}, "TEMPORAL_ADDRESS must be HOST:PORT"),
        ({"DATABASE_URL": "sqlite:////nowhere/x.db"}, "DATABASE_URL: there is no register at"),
        ({"PAYLOAD_KEYS": ""}, "PAYLOAD_KEYS"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
async def test_a_wrong_setting_is_named_in_the_only_line(
    stack: Stack, tmp_path: Path, wrong: dict[str, str], words: str
) -> None:
    right = {
        "TEMPORAL_ADDRESS": stack.client.service_client.config.target_host,
        "DATABASE_URL": stack.database_url,
        "DATA_FOLDER": str(tmp_path / "none"),
        "PAYLOAD_KEYS": PAYLOAD_KEYS,
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_API_URL": stack.slack.api_url,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "worker.py"),
        cwd=ROOT,
        env=os.environ | right | wrong,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(process.communicate(), 30)

    assert process.returncode == 2
    (line,) = said.decode().splitlines()
    assert line.startswith(f"error: {words}")
    assert not Path("/nowhere").exists()
