"""Posting within Slack's rate: the real client, the local Slack with its limits on."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block

from activities.channels import Channels
from activities.lanes import BehindError, Lanes, Letter, Urgency
from activities.posting import Poster, UndeliverableError
from activities.progress import Progress
from chat.elements import button, buttons, section
from chat.messages.card import Content
from domain.bulletin import Posted
from localslack.kinds import APP_TOKEN, BOT_TOKEN
from localslack.seen import Message
from localslack.server import LocalSlack
from localslack.workspace import load_manifest, load_workspace
from runtime.settings import SlackSettings
from runtime.slack import slack_client

ROOT = Path(__file__).resolve().parents[2]
OST, DPO = "breach-ost", "breach-dpo"


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    workspace = load_workspace(ROOT / "examples" / "local-workspace.toml")
    async with LocalSlack(workspace, load_manifest(ROOT / "slack-manifest.yaml")) as running:
        yield running


@pytest.fixture
async def lanes(slack: LocalSlack) -> AsyncIterator[Lanes]:
    async with slack_client(SlackSettings(BOT_TOKEN, APP_TOKEN, slack.api_url)) as client:
        yield Lanes(client)


def content(words: str) -> Content:
    blocks: list[Block] = [section(words), *buttons([button("details", "Details", words)])]
    return Content(words, blocks)


def letter(number: int, urgency: Urgency) -> Letter:
    words = f"{urgency.name.lower()} number {number}."
    return Letter(words, content(words), urgency)


async def until_posted(lanes: Lanes, channel: str, letter: Letter) -> Posted:
    """As Temporal does it: the next attempt comes when it was asked to."""
    while True:
        try:
            return await lanes.post(channel, letter)
        except BehindError as error:
            await asyncio.sleep(error.seconds)


async def channel_id(lanes: Lanes, name: str) -> str:
    return await Channels(lanes.client).id_of(name)


async def seen(slack: LocalSlack, channel: str) -> list[Message]:
    return await slack.person("owen" if channel == OST else "daniel").messages(channel)


async def test_more_than_slack_takes_arrives_joined_urgent_first_and_once(
    slack: LocalSlack, lanes: Lanes
) -> None:
    slack.slack.rate_limits.enabled = True
    ost, dpo = await channel_id(lanes, OST), await channel_id(lanes, DPO)
    first = [letter(each, Urgency.CARD) for each in range(9)]
    await asyncio.gather(*(until_posted(lanes, ost, each) for each in first))
    later = [letter(each, Urgency.CARD) for each in range(9, 12)]
    alarms = [letter(each, Urgency.ALARM) for each in range(40)]
    posting = [asyncio.create_task(until_posted(lanes, ost, each)) for each in [*later, *alarms]]
    await asyncio.sleep(0)
    elsewhere = await lanes.post(dpo, letter(1, Urgency.CARD))
    assert not all(each.done() for each in posting), "the other channel did not wait for this one"
    stands = await asyncio.gather(*posting)
    assert elsewhere.channel == dpo

    messages = await seen(slack, OST)
    said = Counter(
        block["text"]["text"]
        for each in messages
        for block in each.data["blocks"]
        if block["type"] == "section" and "number" in block["text"]["text"]
    )
    assert said == Counter(each.key for each in (*first, *later, *alarms))
    joined = [each for each in messages if "came at once" in each.text()]
    assert 2 <= len(joined) <= 4
    assert all(len(each.data["blocks"]) <= 50 for each in joined)
    assert {each.ts for each in joined} <= {each.ts for each in stands}
    order = [each.text() for each in messages]
    after = [n for n, words in enumerate(order) if any(one.key in words for one in later)]
    before = [n for n, words in enumerate(order) if "alarm number" in words]
    assert max(before) < max(after), "alarms first"
    assert lanes.waiting == 0


async def test_a_joined_message_is_found_again_by_the_key_of_each(
    slack: LocalSlack, lanes: Lanes
) -> None:
    ost = await channel_id(lanes, OST)
    slack.faults.fail("chat.postMessage", retry_after=0)
    with pytest.raises(BehindError):
        await lanes.post(ost, letter(0, Urgency.ALARM))
    alarms = [letter(each, Urgency.ALARM) for each in range(5)]
    stands = await asyncio.gather(*(lanes.post(ost, each) for each in alarms))

    assert len({each.ts for each in stands}) == 1
    poster = Poster(lanes, Progress(is_certain=False))
    again = [await poster.post(ost, each.key, each.content) for each in alarms]
    assert again == list(stands)
    assert len(await seen(slack, OST)) == 1


async def test_one_that_slack_does_not_take_keeps_none_of_the_others_back(
    slack: LocalSlack, lanes: Lanes
) -> None:
    ost = await channel_id(lanes, OST)
    slack.faults.fail("chat.postMessage", retry_after=0)
    with pytest.raises(BehindError):
        await lanes.post(ost, letter(0, Urgency.ALARM))
    broken = Letter("broken", Content("x" * 50_000, [section("broken")]), Urgency.ALARM)
    posting = [broken, *(letter(each, Urgency.ALARM) for each in range(3))]
    outcome = await asyncio.gather(
        *(lanes.post(ost, each) for each in posting), return_exceptions=True
    )

    assert isinstance(outcome[0], SlackApiError)
    assert all(isinstance(each, Posted) for each in outcome[1:])
    assert len(await seen(slack, OST)) == 3


async def test_what_slack_asks_to_wait_is_waited_for(slack: LocalSlack, lanes: Lanes) -> None:
    ost = await channel_id(lanes, OST)
    slack.faults.fail("chat.postMessage", retry_after=30)
    with pytest.raises(BehindError) as asked:
        await lanes.post(ost, letter(0, Urgency.ALARM))
    assert asked.value.seconds == 30
    calls = len(slack.faults.called("chat.postMessage"))

    for _ in range(5):
        with pytest.raises(BehindError) as behind:
            await lanes.post(ost, letter(0, Urgency.CARD))
        assert behind.value.seconds > 29
    assert len(slack.faults.called("chat.postMessage")) == calls, "nobody asked meanwhile"


async def test_after_a_clear_no_nothing_is_looked_for_and_nothing_said_twice(
    slack: LocalSlack, lanes: Lanes
) -> None:
    ost, progress = await channel_id(lanes, OST), Progress()
    await Poster(lanes, progress).post(ost, "one", content("one"))
    slack.faults.fail("chat.postMessage", error="internal_error")
    with pytest.raises(SlackApiError):
        await Poster(lanes, progress).post(ost, "two", content("two"))
    for key in ("one", "two"):
        await Poster(lanes, progress).post(ost, key, content(key))

    assert len(await seen(slack, OST)) == 2
    assert slack.faults.called("conversations.history") == []


@pytest.mark.parametrize("fault", [{"lose_answer": True}, {"status": 502}])
async def test_after_a_lost_answer_it_is_looked_for_first(
    slack: LocalSlack, lanes: Lanes, fault: dict[str, object]
) -> None:
    ost, progress = await channel_id(lanes, OST), Progress()
    slack.faults.fail("chat.postMessage", **fault)
    with pytest.raises(Exception) as failed:  # noqa: PT011  whatever the client makes of it
        await Poster(lanes, progress).post(ost, "one", content("one"))
    assert not isinstance(failed.value, UndeliverableError)
    await Poster(lanes, progress).post(ost, "one", content("one"))

    assert len(await seen(slack, OST)) == 1
    assert len(slack.faults.called("conversations.history")) == 1
