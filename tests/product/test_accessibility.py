"""What axe-core finds wrong in what people see of the product; nothing may be left.

https://github.com/dequelabs/axe-core
"""

from collections.abc import AsyncIterator

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Browser, Page, ViewportSize, expect

from drill.player import Player
from drill.stack import Stack
from tests.product import answers
from tests.product.answers import GENERAL, OST
from tests.product.looking import choose

WIDE, NARROW = ViewportSize(width=1280, height=800), ViewportSize(width=375, height=700)


async def assert_accessible(page: Page) -> None:
    """Asserts that axe-core has nothing to say about the page as it stands."""
    # Half-way through a transition a colour is neither the one nor the other.
    await page.evaluate("Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    found = (await Axe().run(page)).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


@pytest.fixture(params=["light", "dark"])
async def page(request: pytest.FixtureRequest, browser: Browser) -> AsyncIterator[Page]:
    page = await browser.new_page(viewport=WIDE, color_scheme=request.param)
    page.set_default_timeout(10_000)
    yield page
    await page.close()


async def test_channel_thread_menu_direct_messages_and_home(
    stack: Stack, player: Player, page: Page
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.press("owen", OST, "claim")
    await player.sees("owen", OST, "claimed by")

    await page.goto(f"{stack.slack.base_url}/#/owen/{OST}")
    card = page.get_by_role("list", name="Messages").get_by_role("listitem").last
    await expect(card).to_contain_text("claimed by")
    await assert_accessible(page)
    await card.get_by_role("link", name="replies").click()
    await expect(page.get_by_role("complementary", name="Thread")).to_contain_text("in hand")
    await assert_accessible(page)
    await card.get_by_role("button", name="More actions").first.click()
    await expect(page.get_by_role("menu")).to_be_visible()
    await assert_accessible(page)
    await page.goto(f"{stack.slack.base_url}/#/owen/home")
    await expect(page.get_by_role("heading", name="What waits for you")).to_be_visible()
    await assert_accessible(page)

    await page.goto(f"{stack.slack.base_url}/#/priya/{await player.dm('priya')}")
    await page.get_by_role("dialog").get_by_role("button", name="Done").click()
    await expect(page.get_by_role("list", name="Messages")).to_contain_text(player.reference)
    await assert_accessible(page)

    await page.set_viewport_size(NARROW)
    await page.get_by_role("button", name="People and conversations").click()
    await expect(page.get_by_role("link", name="Become Owen Price")).to_be_in_viewport()
    await assert_accessible(page)


async def test_the_report_form_from_the_command_to_the_receipt(stack: Stack, page: Page) -> None:
    await page.goto(f"{stack.slack.base_url}/#/priya/{GENERAL}")
    await page.get_by_role("textbox", name="Message #general").fill("/br")
    await expect(page.get_by_role("option").first).to_be_visible()
    await assert_accessible(page)
    await page.get_by_role("textbox", name="Message #general").fill("/breach")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    await assert_accessible(page)
    report = dialog.get_by_role("button", name="Report", exact=True)
    await report.click()
    await expect(dialog).to_contain_text("Please complete this required field")
    await assert_accessible(page)
    await page.get_by_label("What happened?").click()
    await expect(page.get_by_role("option").first).to_be_visible()
    await assert_accessible(page)
    await choose(page, "What happened?", "Failure to redact")
    await choose(page, "Your Area or unit", "CPS West Midlands")
    await choose(page, "Which data?", "Name")
    await page.get_by_label("What happened, in a few sentences").fill("07911 123456 was left in.")
    await report.click()
    await expect(dialog.get_by_role("heading", name="Is it personal data?")).to_be_focused()
    await assert_accessible(page)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("alertdialog")).to_be_visible()
    await assert_accessible(page)
    await page.get_by_role("button", name="Keep editing").click()
    await page.get_by_label("No, what was found is not personal data").check()
    await report.click()
    await expect(dialog.get_by_role("heading", name="Report received")).to_be_focused()
    await assert_accessible(page)
