"""`chat.*`, `reactions.*` and reading messages, through Slack's own SDK."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.models.metadata import Metadata
from slack_sdk.web.async_client import AsyncWebClient

from localslack.driver import Person
from localslack.server import LocalSlack
from tests.localslack.parcel_desk import actions, button, section


async def test_a_message_is_posted_changed_and_deleted(
    client: AsyncWebClient, owen: Person
) -> None:
    posted = await client.chat_postMessage(channel="C0REVIEW", text="one")
    assert posted["channel"] == "C0REVIEW"
    assert posted["message"]["bot_id"] == "B0APP"
    await client.chat_update(channel="C0REVIEW", ts=posted["ts"], text="two")
    seen = (await owen.messages("review"))[0]
    assert (seen.text(), seen.edited) == ("two", True)
    await client.chat_delete(channel="C0REVIEW", ts=posted["ts"])
    assert await owen.messages("review") == []


@pytest.mark.parametrize("channel", ["C0REVIEW", "review", "#review"])
async def test_a_channel_goes_by_id_and_by_name(client: AsyncWebClient, channel: str) -> None:
    assert (await client.chat_postMessage(channel=channel, text="x"))["channel"] == "C0REVIEW"


async def test_posting_to_a_person_opens_their_dm(client: AsyncWebClient, priya: Person) -> None:
    first = await client.chat_postMessage(channel="U0PRIYA", text="hello")
    second = await client.chat_postMessage(channel="U0PRIYA", text="again")
    assert first["channel"] == second["channel"]
    assert first["channel"].startswith("D")
    assert [m.text() for m in await priya.dm_with_app()] == ["hello", "again"]


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NONE", "channel_not_found"),
        ("C0SECRET", "channel_not_found"),
        ("C0ELSE", "not_in_channel"),
        ("C0OLD", "is_archived"),
        ("U0DORA", "user_disabled"),
    ],
)
async def test_a_channel_that_the_app_cannot_reach(
    client: AsyncWebClient, channel: str, error: str
) -> None:
    with pytest.raises(SlackApiError, match=error):
        await client.chat_postMessage(channel=channel, text="x")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "a" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": "not json"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [section("s")] * 51}, "invalid_blocks"),
        ({"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"text": "x", "metadata": {"event_type": "e"}}, "invalid_metadata_format"),
        ({"text": "x", "attachments": [{"text": "a"}] * 101}, "too_many_attachments"),
    ],
)
async def test_content_that_slack_would_refuse(
    client: AsyncWebClient, content: dict[str, Any], error: str
) -> None:
    with pytest.raises(SlackApiError, match=error):
        await client.api_call("chat.postMessage", json={"channel": "C0REVIEW", **content})


async def test_only_the_apps_own_messages_can_be_changed(
    client: AsyncWebClient, owen: Person
) -> None:
    await owen.type("review", "mine")
    ts = (await owen.messages("review"))[0].ts
    for call, error in [
        (client.chat_update(channel="C0REVIEW", ts=ts, text="x"), "cant_update_message"),
        (client.chat_delete(channel="C0REVIEW", ts=ts), "cant_delete_message"),
        (client.chat_update(channel="C0REVIEW", ts="1.000001", text="x"), "message_not_found"),
    ]:
        with pytest.raises(SlackApiError, match=error):
            await call


async def test_an_update_keeps_what_it_does_not_name(client: AsyncWebClient) -> None:
    metadata = Metadata("parcel", {"id": "7"})
    posted = await client.chat_postMessage(
        channel="C0REVIEW", text="one", blocks=[section("one")], metadata=metadata
    )
    await client.chat_update(channel="C0REVIEW", ts=posted["ts"], text="two")
    kept = (await _history(client, include_all_metadata=True))[0]
    assert kept["text"] == "two"
    assert kept["blocks"][0]["text"]["text"] == "one"
    assert kept["metadata"] == {"event_type": "parcel", "event_payload": {"id": "7"}}
    await client.chat_update(channel="C0REVIEW", ts=posted["ts"], text="three", blocks=[])
    assert "blocks" not in (await _history(client))[0]


async def test_an_update_may_not_leave_a_message_empty(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0REVIEW", text="one")
    for given in ({}, {"text": ""}):
        body = {"channel": "C0REVIEW", "ts": posted["ts"], **given}
        with pytest.raises(SlackApiError, match="no_text"):
            await client.api_call("chat.update", json=body)


async def test_metadata_is_shown_only_on_request(client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0REVIEW", text="x", metadata=Metadata("key", {"k": 1}))
    assert "metadata" not in (await _history(client))[0]
    assert (await _history(client, include_all_metadata=True))[0]["metadata"] == {
        "event_type": "key",
        "event_payload": {"k": 1},
    }


async def test_an_ephemeral_message_is_seen_by_its_target_alone(
    client: AsyncWebClient, owen: Person, maya: Person
) -> None:
    await client.chat_postEphemeral(channel="C0REVIEW", user="U0OWEN", text="psst")
    assert [m.ephemeral for m in await owen.messages("review")] == [True]
    assert await maya.messages("review") == []
    assert await _history(client) == []


async def test_an_ephemeral_message_needs_a_member_and_cannot_be_updated(
    client: AsyncWebClient,
) -> None:
    with pytest.raises(SlackApiError, match="user_not_in_channel"):
        await client.chat_postEphemeral(channel="C0REVIEW", user="U0PRIYA", text="x")
    sent = await client.chat_postEphemeral(channel="C0REVIEW", user="U0OWEN", text="x")
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.chat_update(channel="C0REVIEW", ts=sent["message_ts"], text="y")


async def test_a_thread_is_counted_and_kept_out_of_the_channel(
    client: AsyncWebClient, owen: Person
) -> None:
    parent = await client.chat_postMessage(channel="C0REVIEW", text="parent")
    reply = await client.chat_postMessage(channel="C0REVIEW", text="first", thread_ts=parent["ts"])
    seen = (await owen.messages("review"))[0]
    await owen.type("review", "second", thread=seen)
    # A reply's own timestamp leads to the thread that it stands in.
    await client.chat_postMessage(channel="C0REVIEW", text="third", thread_ts=reply["ts"])

    shown = await _history(client)
    assert [m["text"] for m in shown] == ["parent"]
    assert shown[0]["reply_count"] == 3
    assert shown[0]["reply_users"] == ["U0APP", "U0OWEN"]
    replies = await client.conversations_replies(channel="C0REVIEW", ts=parent["ts"])
    assert [m["text"] for m in replies["messages"]] == ["parent", "first", "second", "third"]
    assert [m.text() for m in await owen.thread(seen)][1:] == ["first", "second", "third"]


async def test_a_reply_to_a_message_that_is_gone_stands_in_the_channel(
    client: AsyncWebClient,
) -> None:
    parent = await client.chat_postMessage(channel="C0REVIEW", text="parent")
    await client.chat_delete(channel="C0REVIEW", ts=parent["ts"])
    reply = await client.chat_postMessage(channel="C0REVIEW", text="late", thread_ts=parent["ts"])
    assert "thread_ts" not in reply["message"]
    with pytest.raises(SlackApiError, match="thread_not_found"):
        await client.conversations_replies(channel="C0REVIEW", ts=parent["ts"])


async def test_a_deleted_parent_leaves_a_mark(client: AsyncWebClient, owen: Person) -> None:
    parent = await client.chat_postMessage(channel="C0REVIEW", text="secret")
    await client.chat_postMessage(channel="C0REVIEW", text="reply", thread_ts=parent["ts"])
    await client.chat_delete(channel="C0REVIEW", ts=parent["ts"])
    assert (await owen.messages("review"))[0].text() == "This message was deleted."
    assert (await _history(client))[0]["subtype"] == "tombstone"


async def test_a_broadcast_reply_shows_in_both_places(client: AsyncWebClient, owen: Person) -> None:
    parent = await client.chat_postMessage(channel="C0REVIEW", text="parent")
    await client.chat_postMessage(
        channel="C0REVIEW", text="look", thread_ts=parent["ts"], reply_broadcast=True
    )
    assert [m.text() for m in await owen.messages("review")] == ["parent", "look"]


async def test_history_comes_in_pages_newest_first(client: AsyncWebClient) -> None:
    sent = [await client.chat_postMessage(channel="C0REVIEW", text=str(n)) for n in range(5)]
    first = await client.conversations_history(channel="C0REVIEW", limit=2)
    assert [m["text"] for m in first["messages"]] == ["4", "3"]
    assert first["has_more"] is True
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_history(channel="C0REVIEW", cursor=cursor)
    assert [m["text"] for m in rest["messages"]] == ["2", "1", "0"]
    assert rest["has_more"] is False

    between = {"oldest": sent[1]["ts"], "latest": sent[3]["ts"]}
    assert [m["text"] for m in await _history(client, **between)] == ["2"]
    assert len(await _history(client, **between, inclusive=True)) == 3


async def test_timestamps_rise_and_never_repeat(client: AsyncWebClient, clock: Any) -> None:
    sent = []
    for _ in range(3):
        clock.now -= 10  # a clock that is set back
        sent.append((await client.chat_postMessage(channel="C0REVIEW", text="x"))["ts"])
    assert sent == sorted(set(sent))


async def test_reactions_are_added_once(client: AsyncWebClient, owen: Person) -> None:
    sent = await client.chat_postMessage(channel="C0REVIEW", text="x")
    where: dict[str, Any] = {"channel": "C0REVIEW", "timestamp": sent["ts"], "name": "eyes"}
    await client.reactions_add(**where)
    assert (await owen.messages("review"))[0].reactions[0]["name"] == "eyes"
    with pytest.raises(SlackApiError, match="already_reacted"):
        await client.reactions_add(**where)
    await client.reactions_remove(**where)
    assert (await owen.messages("review"))[0].reactions == []


async def test_a_permalink_leads_to_the_page(client: AsyncWebClient, slack: LocalSlack) -> None:
    sent = await client.chat_postMessage(channel="C0REVIEW", text="x")
    link = await client.chat_getPermalink(channel="C0REVIEW", message_ts=sent["ts"])
    digits = sent["ts"].replace(".", "")
    assert link["permalink"] == f"{slack.base_url}/archives/C0REVIEW/p{digits}"


async def test_ids_are_given_to_blocks_and_controls_without(client: AsyncWebClient) -> None:
    unnamed = button("x")
    del unnamed["action_id"]
    sent = await client.chat_postMessage(
        channel="C0REVIEW", text="x", blocks=[_anonymous(unnamed), actions(button("y"))]
    )
    first, second = sent["message"]["blocks"]
    assert first["block_id"]
    assert first["elements"][0]["action_id"]
    assert (second["block_id"], second["elements"][0]["action_id"]) == ("actions", "y")


async def _history(client: AsyncWebClient, **arguments: Any) -> list[dict[str, Any]]:
    answer = await client.conversations_history(channel="C0REVIEW", **arguments)
    messages: list[dict[str, Any]] = answer["messages"]
    return messages


def _anonymous(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}
