"""`/breach stats`: charts with their numbers, for OST and the DPO, by direct message."""

import io
from typing import Any

import aiohttp
import pytest
from PIL import Image

from chat.listeners.statistics import NOT_YOURS
from drill.player import Player
from drill.stack import Stack
from localslack.driver import Message
from reports.drawing import NotDrawnError
from tests.product import answers
from tests.product.answers import GENERAL
from tests.product.test_commands import answered


def images(message: Message) -> list[dict[str, Any]]:
    return [block for block in message.blocks if block["type"] == "image"]


async def of_a_report(stack: Stack, player: Player, who: str = "owen") -> Message:
    """What somebody gets who asks while there is one report."""
    await player.report("priya", GENERAL, answers.REPORT)
    await stack.person("priya").wait_for_dm(player.reference, 10)
    await answered(stack, who, "stats", "come to you as a direct message")
    return await stack.person(who).wait_for_dm("Statistics: ", 30)


@pytest.mark.parametrize(("who", "actor"), [("owen", "U0OWEN"), ("daniel", "U0DANIEL")])
async def test_charts_come_with_alternative_text_and_the_numbers_beneath(
    stack: Stack, player: Player, who: str, actor: str
) -> None:
    message = await of_a_report(stack, player, who)

    shown = images(message)
    assert len(shown) == 4
    assert "1 of 1 report reached OST within 24 hours" in shown[1]["alt_text"]
    assert "1 open case, none overdue" in shown[2]["alt_text"]
    assert "Nil. No breach was notified to the ICO" in message.text()
    assert "OST review  1" in message.text()
    assert player.reference not in message.text()
    async with aiohttp.ClientSession() as session:
        for block in shown:
            address = f"{stack.slack.base_url}/files/{block['slack_file']['id']}/picture"
            async with session.get(address) as response:
                with Image.open(io.BytesIO(await response.read())) as picture:
                    assert (picture.format, picture.width) == ("PNG", 1080)
    [export] = await stack.exports.all()
    assert (export["actor"], export["report"], export["format"]) == (actor, "statistics", "slack")


@pytest.mark.parametrize("who", ["priya", "tom", "aisha"])
async def test_others_hear_that_it_is_not_theirs_and_get_nothing(stack: Stack, who: str) -> None:
    await answered(stack, who, "stats", NOT_YOURS)
    assert await stack.person(who).dm_with_app() == []
    assert await stack.exports.all() == []


async def test_when_slack_cannot_say_who_somebody_is_they_get_nothing(stack: Stack) -> None:
    stack.slack.faults.fail("usergroups.list", times=1, status=500)
    await answered(stack, "owen", "stats", "could not check with Slack who you are")
    assert await stack.exports.all() == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("stats 1/4/2026 1/3/2026", "last day is before the first"),
        ("stats yesterday", "not a day that I can read"),
        ("stats 31/2/2026", "not a day that I can read"),
        ("stats 1/4/2190", "has not come yet"),
        ("stats 1/4/1926 1/4/2026", "check the years"),
        ("stats 1/4/2025 1/5/2025 1/6/2025", "more than two days"),
    ],
)
async def test_days_that_are_none_are_asked_for_again(stack: Stack, typed: str, words: str) -> None:
    said = await answered(stack, "owen", typed, words)
    assert "`" in said.data["text"]


async def test_any_days_can_be_asked_for(stack: Stack) -> None:
    await answered(stack, "owen", "stats 1/4/2024 to 2025-03-31", "direct message")
    message = await stack.person("owen").wait_for_dm("1 Apr 2024 to 31 Mar 2025", 30)
    assert "Nil. No incident was discovered" in message.text()
    assert images(message) == []


@pytest.mark.parametrize("error", ["missing_scope", "internal_error"])
async def test_without_pictures_the_numbers_come_all_the_same(
    stack: Stack, player: Player, error: str
) -> None:
    stack.slack.faults.fail("files.getUploadURLExternal", times=1, error=error)
    message = await of_a_report(stack, player)
    assert images(message) == []
    assert "1 of 1 report reached OST within 24 hours" in message.text()
    assert "The charts could not be shown" in message.text()


async def test_what_cannot_be_drawn_comes_as_numbers(
    stack: Stack, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise NotDrawnError

    monkeypatch.setattr("activities.pictures.pictures", fail)
    message = await of_a_report(stack, player)
    assert images(message) == []
    assert "The charts could not be shown" in message.text()


async def test_what_cannot_be_recorded_as_an_export_is_not_given(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(stack.exports, "record", refuse)
    await answered(stack, "owen", "stats", "direct message")
    await stack.person("owen").wait_for_message(GENERAL, "could not be made or sent", 20)
    assert await stack.person("owen").dm_with_app() == []
