"""Messages: reading, writing, commands, buttons, threads."""

import base64
import re

from playwright.async_api import expect

from localslack.server import LocalSlack
from tests.localslack_page.conftest import OpenPage
from tests.localslack_page.lost_property import LostProperty

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
"""A PNG of one pixel."""


async def test_an_empty_channel_tells_a_newcomer_what_to_type(open_page: OpenPage) -> None:
    page = await open_page("priya/quiet")
    hint = page.locator(".command-hint")
    await expect(hint).to_contain_text("Lost Property listens here")
    await expect(hint).to_contain_text("Report something lost")
    await hint.get_by_role("button", name="/lost", exact=True).click()
    await expect(page.get_by_role("textbox")).to_have_value("/lost ")


async def test_a_command_is_found_and_sent_with_the_keyboard(
    open_page: OpenPage, desk: LostProperty
) -> None:
    page = await open_page("priya/general")
    await page.keyboard.type("/lo")
    await expect(page.get_by_role("option")).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("textbox")).to_have_value("/lost-list ")
    await page.keyboard.press("Enter")
    answer = page.locator(".message.ephemeral")
    await expect(answer).to_contain_text("Only visible to you")
    await expect(answer).to_contain_text("Nothing was found.")


async def test_a_name_is_found_while_typing_and_becomes_a_mention(open_page: OpenPage) -> None:
    page = await open_page("priya/general")
    await page.keyboard.type("Ask @oka")
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await page.keyboard.type("or @revi")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("textbox")).to_have_value("Ask @maya or @reviewers ")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message .mention")).to_have_text(["@Maya Okafor", "@reviewers"])


async def test_a_command_that_is_not_answered_says_so_to_its_sender_only(
    open_page: OpenPage, desk: LostProperty
) -> None:
    page = await open_page("priya/general")
    other = await open_page("owen/general")
    await page.keyboard.type("/late")
    await page.keyboard.press("Enter")
    line = page.locator(".message.ephemeral")
    await expect(line).to_contain_text("/late failed because the app did not respond")
    await expect(other.locator(".message")).to_have_count(0)
    await line.get_by_role("button", name="Dismiss").click()
    await expect(line).to_have_count(0)


async def test_enter_sends_and_shift_enter_begins_a_new_line(open_page: OpenPage) -> None:
    page = await open_page("priya/general")
    await page.keyboard.type("First")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("Second")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message .line")).to_have_text(["First", "Second"])
    await expect(page.get_by_role("textbox")).to_have_value("")


async def test_drafts_are_kept_for_each_conversation_and_person(open_page: OpenPage) -> None:
    page = await open_page("owen/general")
    await page.keyboard.type("half a thought")
    await page.get_by_role("link", name="reviews").click()
    await expect(page.get_by_label("Message #reviews as Owen Price")).to_have_value("")
    await page.get_by_role("link", name="general").click()
    await expect(page.get_by_label("Message #general as Owen Price")).to_have_value(
        "half a thought"
    )
    await page.keyboard.press("Alt+1")
    await expect(page.get_by_label("Message #general as Priya Shah")).to_have_value("")
    await page.keyboard.press("Alt+2")
    await expect(page.get_by_label("Message #general as Owen Price")).to_be_focused()
    await page.reload()
    await expect(page.get_by_label("Message #general as Owen Price")).to_have_value(
        "half a thought"
    )


async def test_what_is_not_the_page_s_own_is_neither_run_nor_fetched(
    open_page: OpenPage, desk: LostProperty
) -> None:
    page = await open_page("priya/general")
    await page.keyboard.type('<img src=x onerror="document.title=1"> & <b>bold</b> <!channel>')
    await page.keyboard.press("Enter")
    await expect(page.locator(".message .line")).to_have_text(
        '<img src=x onerror="document.title=1"> & <b>bold</b> <!channel>'
    )
    picture = {"type": "image", "image_url": "https://example.org/cat.png", "alt_text": "A cat"}
    await desk.post("general", "A cat", picture)
    await expect(page.get_by_role("link", name="A cat")).to_be_visible()
    await expect(page.locator(".message :is(img, b, .mention)")).to_have_count(0)


async def test_a_button_changes_the_card_for_everybody_and_keeps_the_focus(
    open_page: OpenPage, desk: LostProperty
) -> None:
    await desk.post_card("reviews")
    owen = await open_page("owen/reviews")
    maya = await open_page("maya/reviews")
    await owen.get_by_role("button", name="Take it").focus()
    await owen.keyboard.press("Enter")
    await expect(maya.locator(".message")).to_contain_text("taken by @Owen Price")
    await expect(maya.locator(".message")).to_contain_text("(edited)")
    await expect(maya.get_by_role("link", name="1 reply")).to_be_visible()
    await expect(owen.locator(".message")).to_contain_text("taken by @Owen Price")
    await expect(owen.get_by_role("button", name="Take it")).to_be_focused()


async def test_a_dangerous_button_asks_first(open_page: OpenPage, desk: LostProperty) -> None:
    await desk.post_card("reviews")
    page = await open_page("owen/reviews")
    await page.get_by_role("button", name="Refuse").click()
    question = page.get_by_role("alertdialog", name="Refuse it?")
    await expect(question.get_by_role("button", name="Keep")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(question).to_have_count(0)
    await expect(page.locator(".message.ephemeral")).to_have_count(0)
    await page.get_by_role("button", name="Refuse").click()
    await question.get_by_role("button", name="Refuse").click()
    await expect(page.locator(".message.ephemeral")).to_contain_text("Noted.")


async def test_the_answer_to_a_press_comes_into_sight_and_is_read_out(
    open_page: OpenPage, desk: LostProperty
) -> None:
    await desk.post_card("reviews")
    for number in range(30):
        await desk.post("reviews", f"Message {number}")
    page = await open_page("owen/reviews")
    await page.get_by_role("button", name="Refuse").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Refuse").click()
    await expect(page.locator(".message.ephemeral")).to_be_in_viewport()
    await expect(page.get_by_role("status").last).to_contain_text(
        "Lost Property, only to you: Noted."
    )
    await expect(page.locator(".toast")).to_have_count(0)


async def test_the_answer_is_not_hidden_by_the_thread_in_which_one_pressed(
    open_page: OpenPage, desk: LostProperty
) -> None:
    await desk.post_card("reviews")
    page = await open_page("owen/reviews", viewport={"width": 375, "height": 700})
    await page.locator(".message").focus()
    await page.keyboard.press("t")
    pane = page.get_by_role("complementary", name="Thread")
    await pane.get_by_role("button", name="Refuse").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Refuse").click()
    await expect(page.locator(".toast")).to_contain_text("Noted.")


async def test_messages_are_read_out_as_they_are_seen_in_a_thread_too(
    open_page: OpenPage, desk: LostProperty
) -> None:
    ts = await desk.post("general", "Umbrella found")
    page = await open_page("priya/general")
    said = page.get_by_role("status").last
    await desk.post("general", "*<@U0OWEN>* knows:\n• it is red :tada:")
    await expect(said).to_contain_text("Lost Property: @Owen Price knows: it is red 🎉.")
    await page.locator(".message").first.focus()
    await page.keyboard.press("t")
    await expect(page.get_by_role("textbox", name="Reply in the thread")).to_be_focused()
    await desk.post("general", "It is mine", thread_ts=ts)
    await expect(said).to_contain_text("Lost Property: It is mine.")


async def test_a_select_in_a_message_tells_the_app_once_something_is_chosen(
    open_page: OpenPage, desk: LostProperty
) -> None:
    await desk.post_card("reviews")
    page = await open_page("owen/reviews")
    await page.get_by_role("combobox", name="Shelf").focus()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("option")).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    assert desk.pressed == []
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("combobox", name="Shelf")).to_have_value("Lower shelf")
    await expect(page.locator(".select-box[aria-busy]")).to_have_count(0)
    assert [b["actions"][0]["selected_option"]["value"] for b in desk.pressed] == ["lower"]


async def test_a_thread_is_opened_answered_and_closed_with_the_keyboard(
    open_page: OpenPage, desk: LostProperty
) -> None:
    await desk.post("general", "Umbrella found")
    page = await open_page("priya/general")
    await page.locator(".message").focus()
    await page.keyboard.press("t")
    pane = page.get_by_role("complementary", name="Thread")
    await expect(pane.locator(".message")).to_contain_text("Umbrella found")
    await expect(pane.get_by_role("textbox")).to_be_focused()
    await page.keyboard.type("It is mine")
    await page.keyboard.press("Enter")
    await expect(pane.locator(".message")).to_have_count(2)
    await expect(page.get_by_role("link", name="1 reply")).to_be_visible()
    await page.reload()
    await expect(pane.locator(".message").last).to_contain_text("It is mine")
    await pane.get_by_role("textbox").focus()
    await page.keyboard.press("Escape")
    await expect(pane).to_be_hidden()
    await expect(page).to_have_url(re.compile("#/priya/general$"))


async def test_a_permalink_opens_its_message(
    open_page: OpenPage, desk: LostProperty, slack: LocalSlack
) -> None:
    ts = await desk.post("general", "Umbrella found")
    page = await open_page("maya/general")
    link = (await desk.client.chat_getPermalink(channel="C0GENERAL", message_ts=ts))["permalink"]
    assert str(link).startswith(slack.base_url)
    await page.goto(str(link))
    pane = page.get_by_role("complementary", name="Thread")
    await expect(pane).to_contain_text("Umbrella found")
    await expect(page.locator("#sidebar")).to_contain_text("You are Maya Okafor")


async def test_new_messages_scroll_only_a_reader_who_is_at_the_newest(
    open_page: OpenPage, desk: LostProperty
) -> None:
    for number in range(30):
        await desk.post("general", f"Message {number}")
    page = await open_page("priya/general")
    scroller = page.locator("#main .scroller")
    await expect(page.locator(".message", has_text="Message 29")).to_be_in_viewport()
    await desk.post("general", "At the end")
    await expect(page.locator(".message", has_text="At the end")).to_be_in_viewport()
    await scroller.evaluate("node => { node.scrollTop = 0; }")
    await desk.post("general", "Out of sight")
    await expect(page.locator(".message", has_text="Out of sight")).to_be_attached()
    assert await scroller.evaluate("node => node.scrollTop") == 0
    await page.get_by_role("button", name="Newest messages").click()
    await expect(page.locator(".message", has_text="Out of sight")).to_be_in_viewport()
    await page.get_by_role("link", name="Lost Property Home").click()
    await expect(page.locator("#main")).to_contain_text("Welcome")
    await page.go_back()
    await expect(page.locator(".message", has_text="Out of sight")).to_be_in_viewport()


async def test_a_deleted_message_goes_and_a_changed_one_is_marked(
    open_page: OpenPage, desk: LostProperty
) -> None:
    ts = await desk.post("general", "Umbrela")
    page = await open_page("priya/general")
    await desk.client.chat_update(channel="C0GENERAL", ts=ts, text="Umbrella")
    await expect(page.locator(".message .line")).to_have_text("Umbrella (edited)")
    await desk.client.chat_delete(channel="C0GENERAL", ts=ts)
    await expect(page.locator(".message")).to_have_count(0)


async def test_an_uploaded_picture_is_shown_and_read_out(
    open_page: OpenPage, desk: LostProperty
) -> None:
    done = await desk.client.files_upload_v2(filename="chart.svg.png", file=DOT, alt_txt="A dot")
    picture = {
        "type": "image",
        "alt_text": "One dot, as found",
        "slack_file": {"id": done["file"]["id"]},
    }
    await desk.client.chat_postMessage(channel="C0GENERAL", text="x", blocks=[picture])
    page = await open_page("priya/general")
    image = page.get_by_role("img", name="One dot, as found")
    await expect(image).to_be_visible()
    assert await image.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 1
