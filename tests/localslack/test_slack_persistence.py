"""What a restart keeps, and what it forgets as Slack does."""

import asyncio
import json
from pathlib import Path

import pytest
from slack_sdk.models.metadata import Metadata

from localslack.errors import StartError
from localslack.options import Options
from localslack.server import LocalSlack
from localslack.workspace import Manifest, Workspace
from tests.localslack.conftest import TestClock
from tests.localslack.parcel_desk import actions, button, section, web_client

HOME = {"type": "home", "blocks": [section("kept home")]}


@pytest.fixture
def state(tmp_path: Path) -> Options:
    return Options(state_file=tmp_path / "deep" / "state.json")


async def test_messages_dms_homes_files_and_channels_are_kept(
    workspace: Workspace, manifest: Manifest, state: Options
) -> None:
    async with LocalSlack(workspace, manifest, state) as slack:
        client = web_client(slack.api_url)
        sent = await client.chat_postMessage(
            channel="C0REVIEW",
            text="kept",
            blocks=[section("card"), actions(button("take"))],
            metadata=Metadata("key", {"k": 1}),
        )
        dm = (await client.chat_postMessage(channel="U0PRIYA", text="hi"))["channel"]
        await client.views_publish(user_id="U0PRIYA", view=HOME)
        made = (await client.conversations_create(name="case-1"))["channel"]["id"]
        await client.conversations_join(channel="C0ELSE")
        await client.files_upload_v2(channel="C0REVIEW", filename="a.txt", content="bytes")
        await client.chat_postEphemeral(channel="C0REVIEW", user="U0OWEN", text="gone")

    async with LocalSlack(workspace, manifest, state) as slack:
        client, owen = web_client(slack.api_url), slack.person("owen")
        await client.chat_update(channel="C0REVIEW", ts=sent["ts"], text="kept", blocks=[])
        seen = await owen.messages("review")
        assert [m.text() for m in seen] == ["kept", ""]
        file = slack.slack.files.records[seen[1].files[0]["id"]]
        assert slack.slack.files.content(file) == b"bytes"
        assert (await client.chat_postMessage(channel="U0PRIYA", text="again"))["channel"] == dm
        home = await slack.person("priya").home()
        assert home is not None
        assert home.text() == "kept home"
        assert (await client.conversations_info(channel=made))["channel"]["name"] == "case-1"
        assert (await client.chat_postMessage(channel="C0ELSE", text="x"))["ts"] > sent["ts"]
        found = await client.conversations_history(channel="C0REVIEW", include_all_metadata=True)
        assert found["messages"][-1]["metadata"]["event_type"] == "key"


async def test_the_workspace_file_may_change_in_between(
    workspace: Workspace, manifest: Manifest, state: Options
) -> None:
    async with LocalSlack(workspace, manifest, state) as slack:
        await slack.person("owen").type("review", "before")
    workspace.channels[1].topic = "A new topic"
    workspace.channels[1].members.append("priya")
    async with LocalSlack(workspace, manifest, state) as slack:
        assert (await slack.person("priya").messages("review"))[0].text() == "before"
        conversation = slack.slack.conversation("review")
        assert conversation is not None
        assert conversation.topic == "A new topic"


async def test_timestamps_stay_unique_when_the_clock_is_set_back(
    workspace: Workspace, manifest: Manifest, state: Options
) -> None:
    times = []
    for now in (1_750_000_000.0, 1_740_000_000.0):
        options = Options(state_file=state.state_file, clock=TestClock(now))
        async with LocalSlack(workspace, manifest, options) as slack:
            sent = await web_client(slack.api_url).chat_postMessage(channel="C0REVIEW", text="x")
            times.append(sent["ts"])
    assert times[1] > times[0]


async def test_a_change_is_written_soon_and_in_one_piece(
    workspace: Workspace, manifest: Manifest, state: Options
) -> None:
    path = state.state_file
    assert path is not None
    async with LocalSlack(workspace, manifest, state) as slack:
        await slack.person("owen").type("review", "written")
        async with asyncio.timeout(3):
            while not path.exists():  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert "written" in path.read_text()
        assert json.loads(path.read_text())["version"] == 1
    assert [p.name for p in path.parent.iterdir()] == ["state.json"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [("{", "can't be used"), ('{"version": 99}', "version 99"), ("[]", "can't be used")],
)
async def test_a_state_file_that_cannot_be_read_stops_the_start(
    workspace: Workspace, manifest: Manifest, tmp_path: Path, content: str, reason: str
) -> None:
    path = tmp_path / "state.json"
    path.write_text(content)
    with pytest.raises(StartError, match=reason):
        LocalSlack(workspace, manifest, Options(state_file=path))
    assert path.read_text() == content
