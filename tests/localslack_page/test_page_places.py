"""The Home tab, narrow screens, and a server that goes away."""

import re
import socket

from playwright.async_api import BrowserContext, expect

from localslack.server import LocalSlack
from localslack.workspace import load_manifest, load_workspace
from tests.localslack_page.conftest import HERE, OpenPage
from tests.localslack_page.every_input import field, modal, section
from tests.localslack_page.lost_property import LostProperty


async def test_the_home_tab_shows_what_the_app_publishes_and_its_buttons_work(
    open_page: OpenPage, desk: LostProperty
) -> None:
    page = await open_page("priya/general")
    await page.get_by_role("link", name="Lost Property Home").click()
    await expect(page.locator("#main")).to_contain_text("Welcome, @Priya Shah.")
    await expect(page).to_have_url(re.compile("#/priya/home$"))
    await page.get_by_role("button", name="Report from Home").click()
    await expect(page.locator("[aria-busy]")).to_have_count(0)
    assert desk.pressed[0]["actions"][0]["value"] == "home"
    assert desk.pressed[0]["view"]["type"] == "home"

    blocks = [section("Something *new*")]
    await desk.client.views_publish(user_id="U0PRIYA", view={"type": "home", "blocks": blocks})
    await expect(page.locator("#main strong")).to_have_text("new")
    await page.get_by_role("link", name="Messages").click()
    await expect(page.get_by_role("textbox")).to_have_attribute(
        "aria-label", "Message Lost Property as Priya Shah"
    )


async def test_everything_can_be_reached_on_a_narrow_screen(
    open_page: OpenPage, desk: LostProperty
) -> None:
    for text in ("a" * 2000, "word " * 500):
        await desk.post("general", text, section(text))
    await desk.post_card("general")
    page = await open_page("priya/general", viewport={"width": 420, "height": 800})
    await expect(page.locator(".message")).to_have_count(3)
    assert await page.evaluate("document.documentElement.scrollWidth") == 420
    assert await page.locator("#main .scroller").evaluate("n => n.scrollWidth - n.clientWidth") == 0

    await expect(page.locator("#sidebar")).to_be_hidden()
    await page.get_by_role("button", name="People and conversations").click()
    await expect(page.locator("#sidebar [aria-current]")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#sidebar")).to_be_hidden()
    await page.get_by_role("button", name="People and conversations").click()
    await page.get_by_role("link", name="Become Owen Price").click()
    await expect(page.locator("#sidebar")).to_be_hidden()
    await expect(page.get_by_role("textbox")).to_have_attribute(
        "aria-label", "Message #general as Owen Price"
    )


async def test_a_page_enlarged_fourfold_leaves_room_for_what_people_write(
    open_page: OpenPage, desk: LostProperty
) -> None:
    await desk.post_card("general")
    desk.view = modal("Something lost", field("name", "Name of it", "plain_text_input"))
    # 1280 by 800 at 400 %: https://www.w3.org/WAI/WCAG22/Understanding/reflow
    page = await open_page("priya/general", viewport={"width": 320, "height": 200})
    await expect(page.get_by_role("combobox", name="Shelf")).to_be_in_viewport(ratio=1)
    assert await page.evaluate("document.documentElement.scrollWidth") == 320
    await page.get_by_role("textbox").fill("/lost")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog").get_by_label("Name of it")).to_be_in_viewport(ratio=1)
    await expect(page.get_by_role("dialog").get_by_text("Name of it")).to_be_in_viewport(ratio=1)


async def test_a_server_that_went_away_is_found_again(context: BrowserContext) -> None:
    workspace = load_workspace(HERE / "workspace.toml")
    manifest = load_manifest(HERE / "manifest.yaml")
    port = free_port()
    page = await context.new_page()
    async with LocalSlack(workspace, manifest, port=port) as slack:
        await page.goto(f"{slack.base_url}/#/priya/general")
        await page.get_by_role("textbox").fill("Not sent yet")
    banner = page.locator("#offline")
    await expect(banner).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox")).to_have_value("Not sent yet")

    async with LocalSlack(workspace, manifest, port=port):
        await expect(banner).to_be_hidden()
        await page.keyboard.press("Enter")
        await expect(page.locator(".message")).to_contain_text("Not sent yet")
        await page.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
