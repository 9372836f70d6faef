"""The driver: what a test learns when a person does not see what it expects."""

import asyncio
import re
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from localslack.driver import NotSeenError, Person
from localslack.plaintext import PlainText
from localslack.server import LocalSlack
from tests.localslack.parcel_desk import ParcelDesk, actions, button, modal, plain, text_input


async def test_waiting_in_vain_says_what_is_there(client: AsyncWebClient, owen: Person) -> None:
    await client.chat_postMessage(channel="C0REVIEW", text="something else")
    with pytest.raises(NotSeenError, match="something else"):
        await owen.wait_for_message("review", "expected", timeout=0.05)
    with pytest.raises(NotSeenError, match="a modal"):
        await owen.modal(timeout=0.05)
    with pytest.raises(NotSeenError, match="Home tab"):
        await owen.wait_for_home(timeout=0.05)


async def test_a_button_that_is_not_there_is_named_with_those_that_are(
    client: AsyncWebClient, owen: Person
) -> None:
    await client.chat_postMessage(
        channel="C0REVIEW", text="x", blocks=[actions(button("take"), button("leave"))]
    )
    card = await owen.wait_for_message("review")
    assert [b.label for b in card.buttons()] == ["take", "leave"]
    with pytest.raises(NotSeenError, match=r"a control 'burn', but: .*take.*leave"):
        await owen.press(card, "burn", timeout=0.05)


async def test_a_message_that_is_gone_can_not_be_pressed(
    client: AsyncWebClient, owen: Person
) -> None:
    sent = await client.chat_postMessage(
        channel="C0REVIEW", text="x", blocks=[actions(button("take"))]
    )
    card = await owen.wait_for_message("review")
    await client.chat_delete(channel="C0REVIEW", ts=sent["ts"])
    with pytest.raises(NotSeenError, match="no longer sees"):
        await owen.press(card, "take")


async def test_among_equal_buttons_the_value_decides(desk: ParcelDesk, owen: Person) -> None:
    rows = [actions(button("take", str(n)), block_id=f"row-{n}") for n in range(3)]
    await desk.client.chat_postMessage(channel="C0REVIEW", text="x", blocks=rows)
    card = await owen.wait_for_message("review")
    await owen.press(card, "take", "1")
    await owen.press(card, "take", block_id="row-2")
    pressed = [b["actions"][0]["value"] for b in desk.of_type("block_actions")]
    assert pressed == ["1", "2"]


async def test_an_unknown_field_is_named_with_those_that_are(
    desk: ParcelDesk, priya: Person
) -> None:
    await priya.type("general", "/parcel")
    with pytest.raises(LookupError, match=re.escape("it has ['what']")):
        await priya.submit(await priya.modal(), {"wat": "x"})


async def test_waiting_sees_a_change_that_comes_later(
    client: AsyncWebClient, slack: LocalSlack, owen: Person
) -> None:
    sent = await client.chat_postMessage(channel="C0REVIEW", text="old")
    slack.faults.fail("chat.update", delay=0.1)
    update = client.chat_update(channel="C0REVIEW", ts=sent["ts"], text="new")
    waiting = owen.wait_until("review", lambda found: found[0].text() == "new")
    done, _ = await asyncio.gather(waiting, update)
    assert done is True


async def test_text_is_what_the_person_reads(desk: ParcelDesk, priya: Person) -> None:
    desk.view = modal(
        "Lost parcel",
        {"type": "header", "text": plain("<!channel> & more")},
        {"type": "section", "text": {"type": "mrkdwn", "text": "For <@U0OWEN> &amp; all"}},
        text_input("what"),
    )
    await priya.type("general", "/parcel")
    form = await priya.modal()
    assert form.text() == "Lost parcel\n<!channel> & more\nFor @Owen Price & all\nWhat"


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<!date^1743296400^{date_short_pretty} at {time}|fallback>", "Mar 30, 2025 at 02:00"),
        ("<!date^1743292800^{date_num} {time_secs}|x>", "2025-03-30 00:00:00"),
        ("<!date^1750000000^{date_long}^https://example.org|x>", "Sunday, June 15, 2025"),
        ("<!date^1750000000^{ago} {date}|x>", "{ago} June 15, 2025"),
        ("<!date^soon^{date}|the fallback>", "the fallback"),
        ("<!date|broken>", "broken"),
        ("<@U0OWEN> <@U0NEW> <@U0NEW|new>", "@Owen @U0NEW @new"),
        ("<#C0X|general> <!here> <!subteam^S0R>", "#general @here @reviewers"),
        ("<https://example.org|the site> <https://example.org>", "the site https://example.org"),
        ("1 &lt; 2 &amp;amp; 3", "1 < 2 &amp; 3"),
    ],
)
def test_markup_reads_as_slack_shows_it(markup: str, shown: str) -> None:
    names = {"U0OWEN": "Owen", "S0R": "reviewers"}
    assert PlainText(names).markup(markup) == shown


def test_every_kind_of_block_reads_as_text() -> None:
    blocks: list[dict[str, Any]] = [
        {"type": "divider"},
        {"type": "section", "fields": [plain("a"), plain("b")], "accessory": button("go")},
        {"type": "context", "elements": [plain("c"), {"type": "image", "alt_text": "d"}]},
        {
            "type": "input",
            "label": plain("e"),
            "hint": plain("f"),
            "element": {
                "type": "radio_buttons",
                "options": [{"text": plain("g"), "value": "g"}, {"text": plain("h"), "value": "h"}],
            },
        },
        {"type": "image", "title": plain("i"), "alt_text": "j"},
        {"type": "markdown", "text": "k"},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {"type": "text", "text": "l "},
                                {"type": "user", "user_id": "U0OWEN"},
                                {"type": "link", "url": " m"},
                            ],
                        }
                    ],
                }
            ],
        },
    ]
    text = PlainText({"U0OWEN": "Owen"}).blocks(blocks)
    assert text == "a\nb\n[go]\nc d\ne\n(g | h)\nf\ni\nj\nk\nl @Owen m"
