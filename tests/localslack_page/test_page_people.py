"""Being somebody: switching, addresses, what each person sees."""

import re

from playwright.async_api import expect

from tests.localslack_page.conftest import OpenPage
from tests.localslack_page.lost_property import LostProperty


async def test_a_click_or_a_key_makes_one_somebody_else_in_the_same_channel(
    open_page: OpenPage,
) -> None:
    page = await open_page("priya/general")
    await page.get_by_role("link", name="Become Owen Price").click()
    await expect(page.locator("#sidebar")).to_contain_text("You are Owen Price")
    await expect(page).to_have_url(re.compile("#/owen/general$"))
    await page.keyboard.press("Alt+3")
    await expect(page.locator("#sidebar")).to_contain_text("You are Maya Okafor")
    await expect(page.get_by_role("link", name="Become Maya Okafor")).to_have_attribute(
        "aria-current", "true"
    )


async def test_who_and_where_survive_a_reload(open_page: OpenPage) -> None:
    page = await open_page("owen/reviews")
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text("reviews")
    await expect(page.locator("#sidebar")).to_contain_text("You are Owen Price")
    await expect(page).to_have_title("#reviews · Owen Price · Local Slack")


async def test_one_can_t_be_a_deactivated_person_nor_read_what_one_is_not_in(
    open_page: OpenPage,
) -> None:
    page = await open_page("dora/reviews")
    await expect(page.locator("#sidebar")).to_contain_text("You are Priya Shah")
    await expect(page.locator("#rail")).not_to_contain_text("Dora")
    await expect(page).to_have_url(re.compile("#/priya/general$"))
    await page.goto(page.url.replace("general", "reviews"))
    await expect(page.locator("#main")).to_contain_text("Priya Shah is not in “reviews”")
    await page.get_by_role("link", name="Become Maya Okafor").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("reviews")


async def test_two_tabs_are_two_people_and_see_each_other_write(
    open_page: OpenPage, desk: LostProperty
) -> None:
    priya = await open_page("priya/general")
    owen = await open_page("owen/general")
    await priya.keyboard.type("Has anybody seen an umbrella?")
    await priya.keyboard.press("Enter")
    await expect(owen.locator(".message")).to_contain_text("Has anybody seen an umbrella?")
    await expect(owen.get_by_role("status").last).to_contain_text("Priya Shah: Has anybody")


async def test_unread_messages_are_counted_until_they_are_seen(
    open_page: OpenPage, desk: LostProperty
) -> None:
    page = await open_page("owen/reviews")
    await desk.post("general", "One")
    await desk.post("general", "Two")
    link = page.get_by_role("link", name="general 2 unread")
    await expect(link).to_be_visible()
    await expect(page).to_have_title("(2) #reviews · Owen Price · Local Slack")
    await link.click()
    await expect(page.locator(".new-line")).to_be_visible()
    await expect(page.get_by_role("link", name="general", exact=True)).to_be_visible()


async def test_a_direct_message_is_begun_from_the_keyboard(open_page: OpenPage) -> None:
    page = await open_page("priya/general")
    await page.get_by_role("button", name="New direct message").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("m")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Maya Okafor")
    await expect(page.get_by_role("textbox")).to_be_focused()


async def test_a_member_of_a_channel_can_be_become_from_its_header(open_page: OpenPage) -> None:
    page = await open_page("owen/reviews")
    await page.get_by_role("button", name="2 members").click()
    await page.get_by_role("menuitem", name="Maya Okafor").click()
    await expect(page.locator("#sidebar")).to_contain_text("You are Maya Okafor")
    await expect(page.get_by_role("heading", level=1)).to_have_text("reviews")
