"""What people do with the mouse and the keyboard, in a real browser on the local Slack's page."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from drill.player import Player
from drill.stack import Stack
from tests.product import answers
from tests.product.looking import choose


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    page = await browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(10_000)
    yield page
    await page.close()


async def test_a_breach_is_reported_and_claimed_by_clicking(stack: Stack, page: Page) -> None:
    reference = f"{stack.organisation.reference_prefix}-2026-0001"
    await page.goto(f"{stack.slack.base_url}/#/priya/general")
    await page.get_by_role("textbox", name="Message #general").fill("/breach")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Report a breach")
    await expect(dialog).to_be_visible()

    await choose(page, "Your Area or unit", "CPS West Midlands")
    await choose(page, "What happened?", "Failure to redact")
    await page.get_by_label("How many people could be affected?").fill("2")
    await dialog.get_by_role("button", name="Report", exact=True).click()
    await expect(dialog).to_contain_text("Please complete this required field")

    await page.get_by_label("What happened, in a few sentences").fill("An address was left in.")
    await dialog.get_by_role("button", name="Report", exact=True).click()
    receipt = page.get_by_role("dialog", name="Report received")
    await expect(receipt).to_contain_text(reference)
    await expect(receipt).to_contain_text(re.compile("OST reviews it by(Today|Tomorrow) at"))
    await receipt.get_by_role("button", name="Done").click()

    await page.goto(f"{stack.slack.base_url}/#/owen/breach-ost")
    messages = page.get_by_role("list", name="Messages").get_by_role("listitem")
    card = messages.filter(has_text=reference)
    await expect(card).to_contain_text("CPS West Midlands")
    await expect(card).to_contain_text(re.compile("OST review due \u200b(today|tomorrow) at"))
    await card.get_by_role("button", name="Claim").click()
    await expect(card).to_contain_text("claimed by")
    await expect(card.get_by_role("button", name="Claim")).to_have_count(0)


async def test_the_personal_data_question_is_seen_from_where_one_pressed(
    stack: Stack, page: Page
) -> None:
    await page.goto(f"{stack.slack.base_url}/#/priya/general")
    await page.get_by_role("textbox", name="Message #general").fill("/breach")
    await page.keyboard.press("Enter")
    await choose(page, "Your Area or unit", "CPS West Midlands")
    await choose(page, "What happened?", "Failure to redact")
    await page.get_by_label("What happened, in a few sentences").fill("An address was left in.")
    contained = page.get_by_label("What has been done to contain it?")
    await contained.fill("Rang 07911 123456 to have it deleted.")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Report", exact=True).click()

    # At the top, in the title and read out; and again at the field and at the end.
    await expect(dialog.get_by_role("heading", name="Is it personal data?")).to_be_focused()
    await expect(dialog.get_by_text("Nothing has been recorded yet.").first).to_be_in_viewport()
    await expect(dialog.get_by_role("status")).to_contain_text(
        "Is it personal data? ⚠️ This may hold personal data. Nothing has been recorded yet."
    )
    await contained.focus()
    await expect(dialog.get_by_text("It looks like a telephone number").first).to_be_in_viewport()
    await expect(contained).to_have_value("Rang 07911 123456 to have it deleted.")
    await contained.fill("Rang them to have it deleted.")
    await dialog.get_by_role("button", name="Report", exact=True).click()
    receipt = page.get_by_role("dialog", name="Report received")
    await expect(receipt.get_by_role("heading", name="Report received")).to_be_focused()
    await expect(receipt.get_by_role("status")).to_contain_text("is recorded.")


async def test_a_refusal_comes_into_sight_and_is_read_out(
    stack: Stack, player: Player, page: Page
) -> None:
    for reporter in ("owen", "priya", "priya"):
        await player.report(reporter, answers.GENERAL, answers.REPORT)
    await page.goto(f"{stack.slack.base_url}/#/owen/breach-ost")
    await page.get_by_role("dialog").get_by_role("button", name="Done").click()
    own = (
        page.get_by_role("list", name="Messages")
        .get_by_role("listitem")
        .filter(has_text="Reported by @Owen Price")
    )
    await own.get_by_role("button", name="Claim").click()
    refusal = page.locator(".message.ephemeral")
    await expect(refusal).to_contain_text("You reported this case")
    await expect(refusal).to_be_in_viewport()
    await expect(page.get_by_role("status").last).to_contain_text("Breach Desk, only to you:")


async def test_why_it_comes_late_is_asked_in_sight_and_without_a_step(
    stack: Stack, page: Page
) -> None:
    await page.goto(f"{stack.slack.base_url}/#/priya/general")
    await page.get_by_role("textbox", name="Message #general").fill("/breach")
    await page.keyboard.press("Enter")
    await choose(page, "Your Area or unit", "CPS West Midlands")
    await choose(page, "What happened?", "Failure to redact")
    await page.get_by_label("When was it discovered?").fill("2026-01-05T09:30")
    await page.get_by_label("What happened, in a few sentences").fill("An address was left in.")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Report", exact=True).click()
    await expect(dialog.get_by_label("Why does it reach OST late?")).to_be_focused()
    await expect(
        dialog.get_by_text("only needs to know why it comes late").first
    ).to_be_in_viewport()
    await expect(dialog.get_by_role("status")).to_contain_text("The report is taken all the same")
