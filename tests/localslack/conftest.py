"""A local Slack and a Bolt app connected to it, for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from localslack.driver import Person
from localslack.options import Options
from localslack.server import LocalSlack
from localslack.workspace import Manifest, Workspace, load_manifest, load_workspace
from tests.localslack.parcel_desk import ParcelDesk, web_client

HERE = Path(__file__).parent


class TestClock:
    """A clock that a test can move; in between it runs on."""

    __test__ = False

    def __init__(self, start: float = 1_750_000_000.0) -> None:
        self.now = start

    def __call__(self) -> float:
        self.now += 0.000_5
        return self.now


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def workspace() -> Workspace:
    return load_workspace(HERE / "workspace.toml")


@pytest.fixture
def manifest() -> Manifest:
    return load_manifest(HERE / "manifest.yaml")


@pytest.fixture
def ack_deadline() -> float:
    """Slack's own figure; a test that waits for it to pass gives a shorter one."""
    return 3.0


@pytest.fixture
async def slack(
    workspace: Workspace, manifest: Manifest, clock: TestClock, ack_deadline: float
) -> AsyncIterator[LocalSlack]:
    options = Options(clock=clock, ack_deadline=ack_deadline, event_retries=(0.05,))
    async with LocalSlack(workspace, manifest, options) as server:
        yield server


@pytest.fixture
def client(slack: LocalSlack) -> AsyncWebClient:
    return web_client(slack.api_url)


@pytest.fixture
async def desk(slack: LocalSlack) -> AsyncIterator[ParcelDesk]:
    app = ParcelDesk(slack.api_url)
    await app.connect()
    yield app
    await app.close()


@pytest.fixture
def priya(slack: LocalSlack) -> Person:
    return slack.person("priya")


@pytest.fixture
def owen(slack: LocalSlack) -> Person:
    return slack.person("owen")


@pytest.fixture
def maya(slack: LocalSlack) -> Person:
    return slack.person("maya")
