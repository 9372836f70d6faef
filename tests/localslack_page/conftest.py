"""A browser, a local Slack and a Bolt app for the tests of the page."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page

from localslack.options import Options
from localslack.server import LocalSlack
from localslack.workspace import load_manifest, load_workspace
from tests.browsers import running_browser
from tests.localslack_page.lost_property import LostProperty

HERE = Path(__file__).parent

OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with running_browser() as chromium:
        yield chromium


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    workspace = load_workspace(HERE / "workspace.toml")
    manifest = load_manifest(HERE / "manifest.yaml")
    async with LocalSlack(workspace, manifest, Options(ack_deadline=0.5)) as server:
        yield server


@pytest.fixture
async def desk(slack: LocalSlack) -> AsyncIterator[LostProperty]:
    app = LostProperty(slack.api_url)
    await app.connect()
    yield app
    await app.close()


@pytest.fixture(scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """One browser for all tests: each has a server, and so an origin and storage, of its own."""
    context = await browser.new_context(locale="en-GB")
    yield context
    await context.close()


@pytest.fixture
async def open_page(
    browser: Browser, context: BrowserContext, slack: LocalSlack
) -> AsyncIterator[OpenPage]:
    """Opens the page at an address such as `priya/general`; several are tabs of one browser.

    At the end nothing may have gone wrong in any of them. That includes asking for anything from
    outside: the page's content security policy makes that an error.
    """
    problems: list[str] = []
    async with AsyncExitStack() as opened:

        async def open_at(where: str, **options: Any) -> Page:
            page = await (browser.new_page(**options) if options else context.new_page())
            opened.push_async_callback(page.close)
            page.set_default_timeout(5_000)
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.on("console", lambda said: problems.append(said.text) if _is_error(said) else None)
            await page.goto(f"{slack.base_url}/#/{where}")
            await page.locator("#main h1").wait_for()
            return page

        yield open_at
    assert problems == []


def _is_error(said: Any) -> bool:
    # A server that is away makes the browser say so; that is not the page's fault.
    return said.type == "error" and "Failed to load resource" not in said.text
