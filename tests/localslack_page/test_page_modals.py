"""Modals: filling in, errors, leaving, stacking, updates."""

from datetime import UTC, datetime
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.localslack_page.conftest import OpenPage
from tests.localslack_page.every_input import (
    GROUPS,
    Json,
    actions,
    button,
    field,
    modal,
    mrkdwn,
    option,
    plain,
    section,
)
from tests.localslack_page.lost_property import LostProperty


async def open_form(page: Page, title: str = "Something lost") -> Locator:
    await page.keyboard.type("/lost")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=title)
    await expect(dialog).to_be_visible()
    return dialog


async def choose(page: Page, label: str, *options: str) -> None:
    """In the select of that name, which must have the focus: type, take, go on to the next."""
    await expect(page.get_by_role("combobox", name=label, exact=True)).to_be_focused()
    for words in options:
        # Enter may come before the app has answered: it takes effect then.
        await page.keyboard.type(words)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("combobox", name=label, exact=True)).not_to_have_value(words)
    await page.keyboard.press("Tab")


async def test_every_input_is_filled_in_with_the_keyboard_alone(
    open_page: OpenPage, desk: LostProperty
) -> None:
    # The people live in London, wherever the browser is.
    page = await open_page("priya/general", timezone_id="America/New_York")
    dialog = await open_form(page)
    await expect(dialog.get_by_label("Story")).to_be_focused()
    for text in ("Left on a bench", "Umbrella", "2", "priya@example.org", "https://example.org/u"):
        await page.keyboard.type(text)
        await page.keyboard.press("Tab")
    await choose(page, "Kind", "Note")
    await choose(page, "Colours", "Red", "Blue")
    await choose(page, "Place", "Waiting")
    await choose(page, "Other places", "Platform 1")
    await choose(page, "Who lost it", "Owen")
    await choose(page, "Who knows", "Maya")
    await choose(page, "Channel to tell", "general")
    await choose(page, "Channels to tell", "general")
    await choose(page, "Conversation to tell", "quiet")
    await choose(page, "Conversations to tell", "quiet")
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await dialog.get_by_label("Day").fill("2026-11-22")
    await dialog.get_by_label("Hour").fill("09:30")
    await dialog.get_by_label("Moment").fill("2026-07-01T09:30")
    await page.keyboard.press("Enter")
    await expect(dialog).to_be_hidden()
    assert {block: held(state["it"]) for block, state in desk.submitted[0].items()} == {
        "story": "Left on a bench",
        "name": "Umbrella",
        "count": "2",
        "mail": "priya@example.org",
        "link": "https://example.org/u",
        "kind": "notebook",
        "colours": ["red", "blue"],
        "place": "Waiting room",
        "places": ["Platform 1"],
        "person": "U0OWEN",
        "people": ["U0MAYA"],
        "channel": "C0GENERAL",
        "channels": ["C0GENERAL"],
        "talk": "C0QUIET",
        "talks": ["C0QUIET"],
        "value": "red",
        "marks": ["green"],
        "day": "2026-11-22",
        "hour": "09:30",
        "moment": int(datetime(2026, 7, 1, 8, 30, tzinfo=UTC).timestamp()),
    }
    await expect(page.get_by_role("textbox")).to_be_focused()


def held(state: dict[str, Any]) -> Any:
    """The value in an entry of Slack's `state.values`."""
    (value,) = (inner for key, inner in state.items() if key != "type")
    if isinstance(value, list):
        return [item["value"] if isinstance(item, dict) else item for item in value]
    return value["value"] if isinstance(value, dict) else value


async def test_errors_show_at_their_fields_and_everything_typed_stays(
    open_page: OpenPage, desk: LostProperty
) -> None:
    desk.view = modal(
        "Something lost",
        field("name", "Name of it", "plain_text_input"),
        field("story", "Story", "plain_text_input", multiline=True, min_length=5, max_length=20),
        field("count", "How many", "number_input", is_decimal_allowed=False),
    )
    page = await open_page("priya/general")
    dialog = await open_form(page)
    name, story, count = (dialog.get_by_label(t) for t in ("Name of it", "Story", "How many"))
    await page.keyboard.type("Umbrella")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Left on a bench by the sea")
    await expect(dialog.locator(".counter-over")).to_have_text("26 / 20")
    await count.fill("two")
    await page.keyboard.press("Enter")
    await expect(story).to_be_focused()
    await expect(story).to_have_attribute("aria-invalid", "true")
    await expect(story).to_have_accessible_description(
        "Please enter no more than 20 characters. 26 / 20"
    )
    await expect(count).to_have_accessible_description("Please enter a number.")
    await expect(dialog.get_by_role("status")).to_contain_text("2 fields need attention.")
    assert desk.submitted == []

    # What the app refuses shows the same way.
    desk.answer = {"response_action": "errors", "errors": {"name": "That is taken."}}
    await story.fill("Left on a bench")
    await expect(story).not_to_have_attribute("aria-invalid", "true")
    await count.fill("2")
    await page.keyboard.press("Enter")
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description("That is taken.")
    await expect(name).to_have_value("Umbrella")
    await expect(story).to_have_value("Left on a bench")

    desk.answer = {}
    await page.keyboard.press("Enter")
    await expect(dialog).to_be_hidden()


async def test_a_form_waits_for_a_slow_app_and_says_when_it_did_not_answer(
    open_page: OpenPage, desk: LostProperty
) -> None:
    desk.view = modal("Something lost", field("name", "Name of it", "plain_text_input"))
    desk.slowness = 0.8
    page = await open_page("priya/general")
    dialog = await open_form(page)
    await page.keyboard.type("Umbrella")
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_role("button", name="Send")).to_have_attribute("aria-busy", "true")
    await page.keyboard.press("Escape")
    await expect(dialog.get_by_role("alert")).to_be_visible()
    await expect(dialog.get_by_label("Name of it")).to_have_value("Umbrella")
    await expect(dialog.get_by_role("button", name="Send")).not_to_have_attribute(
        "aria-busy", "true"
    )


async def test_escape_closes_but_asks_when_something_was_typed(
    open_page: OpenPage, desk: LostProperty
) -> None:
    page = await open_page("priya/general")
    dialog = await open_form(page)
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_role("textbox")).to_be_focused()

    await open_form(page)
    await page.keyboard.type("Half a")
    await page.keyboard.press("Escape")
    question = page.get_by_role("alertdialog", name="Leave this form?")
    await expect(question).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(question).to_have_count(0)
    await expect(dialog.get_by_label("Story")).to_have_value("Half a")
    await expect(dialog.get_by_label("Story")).to_be_focused()
    await page.keyboard.press("Escape")
    await question.get_by_role("button", name="Leave").click()
    await expect(dialog).to_be_hidden()


async def test_an_update_keeps_what_is_typed_and_a_pushed_form_gives_it_back(
    open_page: OpenPage, desk: LostProperty
) -> None:
    desk.view = modal(
        "Something lost",
        field("name", "Name of it", "plain_text_input"),
        actions("steps", button("more", "Longer"), button("push", "Details")),
    )
    page = await open_page("priya/general")
    dialog = await open_form(page)
    await page.keyboard.type("Umbrella")
    await dialog.get_by_role("button", name="Longer").click()
    longer = page.get_by_role("dialog", name="Longer form")
    await expect(longer.get_by_label("Extra")).to_be_visible()
    await expect(longer.get_by_label("Name of it")).to_have_value("Umbrella")
    await expect(longer.get_by_role("button", name="Longer")).to_be_focused()
    state = desk.pressed[0]["view"]["state"]["values"]
    assert state["name"]["it"]["value"] == "Umbrella"

    await longer.get_by_label("Extra").fill("7")
    await longer.get_by_role("button", name="Details").click()
    top = page.get_by_role("dialog", name="On top")
    await expect(top.get_by_label("Note")).to_be_focused()
    await top.get_by_role("button", name="Back").click()
    await expect(longer.get_by_label("Extra")).to_have_value("7")
    await expect(longer.get_by_role("button", name="Details")).to_be_focused()


def long_form(title: str = "Something lost", *above: Json) -> Json:
    """A form that does not fit on the screen: its required field is out of sight at the end."""
    rest = (field(f"rest-{n}", f"More {n}", "plain_text_input", optional=True) for n in range(15))
    return modal(title, *above, field("name", "Name of it", "plain_text_input"), *rest)


async def send_from_the_end(page: Page, dialog: Locator) -> None:
    await dialog.get_by_label("More 14").focus()
    await expect(dialog.get_by_label("Name of it")).not_to_be_in_viewport()
    await page.keyboard.press("Enter")


async def test_the_first_error_is_brought_into_sight(
    open_page: OpenPage, desk: LostProperty
) -> None:
    desk.view = long_form()
    page = await open_page("priya/general")
    dialog = await open_form(page)
    await send_from_the_end(page, dialog)
    await expect(dialog.get_by_label("Name of it")).to_be_focused()
    await expect(dialog.get_by_text("Please complete this required field.")).to_be_in_viewport()
    await expect(dialog.get_by_text("Name of it", exact=True)).to_be_in_viewport()
    await expect(dialog.get_by_role("status")).to_contain_text("One field needs attention.")


async def test_a_form_that_comes_back_changed_is_shown_from_its_top_and_read_out(
    open_page: OpenPage, desk: LostProperty
) -> None:
    desk.view = long_form()
    question = section("*Are you sure?*\n• It is an umbrella.\nSend it again, then.")
    desk.answer = {"response_action": "update", "view": long_form("Once more", question)}
    page = await open_page("priya/general")
    dialog = await open_form(page)
    await page.keyboard.type("Umbrella")
    await send_from_the_end(page, dialog)
    dialog = page.get_by_role("dialog", name="Once more")
    await expect(dialog.get_by_role("heading", name="Once more")).to_be_focused()
    await expect(dialog.get_by_text("Are you sure?").first).to_be_in_viewport()
    await expect(dialog.get_by_role("status")).to_contain_text(
        "Once more. Are you sure? It is an umbrella. Send it again, then."
    )
    await expect(dialog.get_by_label("Name of it")).to_have_value("Umbrella")
    # What was typed is not lost by a hasty Escape either.
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Keep editing").click()
    await expect(page.locator("dialog.confirm")).not_to_be_attached()

    # The same answer a second time is as visible as the first.
    await send_from_the_end(page, dialog)
    await expect(dialog.get_by_role("heading", name="Once more")).to_be_focused()
    await expect(dialog.get_by_text("Are you sure?").first).to_be_in_viewport()


async def test_what_is_new_further_down_is_brought_into_sight(
    open_page: OpenPage, desk: LostProperty
) -> None:
    desk.view = long_form()
    asked = (section("*One thing more.*", block_id="more"), field("why", "Why", "plain_text_input"))
    desk.answer = {
        "response_action": "update",
        "view": {**desk.view, "blocks": [*desk.view["blocks"], *asked]},
    }
    page = await open_page("priya/general")
    dialog = await open_form(page)
    await page.keyboard.type("Umbrella")
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_label("Why")).to_be_focused()
    await expect(dialog.get_by_text("One thing more.").first).to_be_in_viewport()
    await expect(dialog.get_by_role("status")).to_contain_text("One thing more.")

    # And where nothing is asked, the new words themselves are gone to.
    words = (*asked, section("_Thank you._"))
    desk.answer["view"] = {**desk.view, "blocks": [*desk.view["blocks"], *words]}
    await page.keyboard.type("Rain")
    await dialog.get_by_label("Name of it").press("Enter")
    await expect(dialog.get_by_text("Thank you.").first).to_be_in_viewport()
    await expect(dialog.locator(".block:focus")).to_have_text("Thank you.")


async def test_a_receipt_takes_the_focus_is_read_out_and_leaves_without_a_question(
    open_page: OpenPage, desk: LostProperty
) -> None:
    desk.view = modal("Something lost", field("name", "Name of it", "plain_text_input"))
    receipt = modal("Noted", {"type": "section", "fields": [mrkdwn("*By*\nOwen")]}, submit=None)
    desk.answer = {"response_action": "update", "view": receipt}
    page = await open_page("priya/general")
    await open_form(page)
    await page.keyboard.type("Umbrella")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Noted")
    await expect(dialog.get_by_role("heading", name="Noted")).to_be_focused()
    await expect(dialog.get_by_role("status")).to_contain_text("Noted. By. Owen.")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_role("textbox")).to_be_focused()


async def test_a_modal_that_only_tells_something_is_read_out(
    open_page: OpenPage, desk: LostProperty
) -> None:
    told = (
        section("*Umbrella*"),
        section("Nobody has claimed it."),
        actions("a", button("x", "X")),
    )
    desk.view = modal("What is known", *told, submit=None)
    page = await open_page("priya/general")
    dialog = await open_form(page, "What is known")
    await expect(dialog.get_by_role("heading", name="What is known")).to_be_focused()
    await expect(dialog.get_by_role("status")).to_contain_text("Umbrella. Nobody has claimed it.")
    await page.keyboard.press("Tab")
    await expect(dialog.get_by_role("button", name="Close").first).to_be_focused()


async def test_a_choice_is_taken_though_the_field_is_left_at_once(
    open_page: OpenPage, desk: LostProperty
) -> None:
    desk.view = modal(
        "Something lost",
        field("kind", "Kind", "static_select", option_groups=GROUPS),
        field("place", "Place", "external_select", min_query_length=2),
        field("name", "Name of it", "plain_text_input", optional=True),
    )
    page = await open_page("priya/general")
    dialog = await open_form(page)
    for label, words in (("Kind", "Note"), ("Place", "Waiting")):
        # In one go, as no person can: what a letter brings up is not there yet at Enter and Tab.
        await dialog.get_by_label(label, exact=True).evaluate(
            """(input, words) => {
                const press = (key) =>
                    input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
                input.focus();
                input.value = words;
                input.dispatchEvent(new InputEvent("input", { bubbles: true }));
                press("Enter");
                document.querySelector("dialog textarea, dialog [type=submit]").focus();
            }""",
            words,
        )
    await expect(dialog.get_by_label("Kind", exact=True)).to_have_value("Notebook")
    await expect(dialog.get_by_label("Place", exact=True)).to_have_value("Waiting room")
    await expect(dialog.get_by_role("option")).to_have_count(0)


async def test_a_menu_stands_beside_its_button(open_page: OpenPage, desk: LostProperty) -> None:
    choices = {
        "type": "overflow",
        "action_id": "noted",
        "options": [option("A thing with a long name", "1"), option("Another", "2")],
    }
    desk.view = modal("Something lost", actions("steps", choices))
    page = await open_page("priya/general")
    dialog = await open_form(page)
    opener = dialog.get_by_role("button", name="More actions")
    await opener.click()
    left = "node => node.getBoundingClientRect().left"
    assert await page.get_by_role("menu").evaluate(left) == await opener.evaluate(left)


async def test_dates_are_written_out_beside_their_fields(
    open_page: OpenPage, desk: LostProperty
) -> None:
    desk.view = modal(
        "Something lost",
        field("moment", "Moment", "datetimepicker", initial_date_time=1_797_000_000),
        field("day", "Day", "datepicker"),
    )
    page = await open_page("priya/general")
    dialog = await open_form(page)
    moment, day = dialog.get_by_label("Moment"), dialog.get_by_label("Day")
    await expect(moment).to_have_accessible_description("11 Dec 2026, 14:40 London time")
    await expect(day).to_have_accessible_description("")
    await moment.fill("2026-12-10T09:05")
    await expect(moment).to_have_accessible_description("10 Dec 2026, 09:05 London time")
    await day.fill("2026-12-09")
    await expect(day).to_have_accessible_description("9 Dec 2026")


async def test_the_room_that_is_left_shows_when_it_gets_scarce(
    open_page: OpenPage, desk: LostProperty
) -> None:
    desk.view = modal("Something lost", field("s", "Story", "plain_text_input", max_length=3000))
    page = await open_page("priya/general")
    dialog = await open_form(page)
    story = dialog.get_by_label("Story")
    await story.fill("x" * 2400)
    await expect(dialog.locator(".counter")).to_be_empty()
    await story.fill("x" * 3001)
    await expect(dialog.locator(".counter-over")).to_have_text("3001 / 3000")
    await page.keyboard.press("Enter")
    await expect(story).to_have_accessible_description(
        "Please enter no more than 3000 characters. 3001 / 3000"
    )


async def test_an_input_that_dispatches_tells_the_app_at_once(
    open_page: OpenPage, desk: LostProperty
) -> None:
    desk.view = modal(
        "Something lost",
        {**field("name", "Name of it", "plain_text_input"), "dispatch_action": True},
        {**field("day", "Day", "datepicker"), "dispatch_action": True},
        section("Urgent?", accessory={**button("noted", "Yes"), "value": "urgent"}),
    )
    page = await open_page("priya/general")
    dialog = await open_form(page)
    await page.keyboard.type("Umbrella")
    await page.keyboard.press("Enter")
    await dialog.get_by_label("Day").fill("2026-11-22")
    await page.keyboard.press("Tab")
    await dialog.get_by_role("button", name="Yes").click()
    await expect(dialog.locator("[aria-busy]")).to_have_count(0)
    told = [body["actions"][0] for body in desk.pressed]
    assert [t.get("value") or t.get("selected_date") for t in told] == [
        "Umbrella",
        "2026-11-22",
        "urgent",
    ]
    assert desk.submitted == []


async def test_a_form_that_is_open_opens_again_after_a_reload_and_the_focus_stays_inside(
    open_page: OpenPage, desk: LostProperty
) -> None:
    desk.view = modal(
        "Something lost",
        field("name", "Name of it", "plain_text_input", initial_value="Umbrella"),
        field("moment", "Moment", "datetimepicker", initial_date_time=1_792_888_200),
        close=plain("Not now"),
    )
    page = await open_page("priya/general")
    await open_form(page)
    await page.reload()
    dialog = page.get_by_role("dialog", name="Something lost")
    await expect(dialog.get_by_label("Name of it")).to_have_value("Umbrella")
    # 25 October 2026, 00:30 UTC: the first 01:30 of the night in which clocks go back.
    await expect(dialog.get_by_label("Moment")).to_have_value("2026-10-25T01:30")
    await expect(dialog).to_contain_text("this time came twice that night")
    for _ in range(12):
        await page.keyboard.press("Tab")
        # Between the last field and the first, the browser's own controls have their turn.
        assert await page.evaluate("document.activeElement.matches('body, dialog *')")
