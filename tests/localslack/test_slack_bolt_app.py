"""What a person and a Bolt app see of each other, over real sockets."""

import pytest

from localslack.driver import NotSeenError, Person, RefusedError
from localslack.server import LocalSlack
from tests.localslack.parcel_desk import (
    ParcelDesk,
    actions,
    button,
    section,
)


async def test_a_command_carries_what_slack_sends(desk: ParcelDesk, priya: Person) -> None:
    await priya.type("general", "/parcel  two words ")
    sent = await desk.heard_one("command")
    assert sent["command"] == "/parcel"
    assert sent["text"] == "two words"
    assert (sent["user_id"], sent["user_name"]) == ("U0PRIYA", "priya")
    assert (sent["channel_id"], sent["channel_name"]) == ("C0GENERAL", "general")
    assert (sent["team_id"], sent["api_app_id"]) == ("T0LOCAL", "A0LOCAL")
    assert sent["response_url"].startswith("http://127.0.0.1:")


async def test_a_press_carries_the_message_and_a_response_url(
    desk: ParcelDesk, owen: Person
) -> None:
    await desk.client.chat_postMessage(
        channel="C0REVIEW", text="card", blocks=[section("card"), actions(button("take", "7"))]
    )
    card = await owen.wait_for_message("review", "card")
    await owen.press(card, "take")
    body = await desk.heard_one("block_actions")
    assert body["message"]["ts"] == card.ts
    assert body["channel"] == {"id": "C0REVIEW", "name": "review"}
    assert body["container"]["is_ephemeral"] is False
    action = body["actions"][0]
    assert (action["action_id"], action["block_id"], action["value"]) == ("take", "actions", "7")
    assert action["text"]["text"] == "take"
    assert body["user"] == {
        "id": "U0OWEN",
        "username": "owen",
        "name": "owen",
        "team_id": "T0LOCAL",
    }


async def test_a_response_url_can_answer_privately_and_replace_the_card(
    desk: ParcelDesk, owen: Person, maya: Person
) -> None:
    desk.answer = {"text": "only you", "replace_original": False}
    await desk.client.chat_postMessage(channel="review", text="x", blocks=[actions(button("take"))])
    card = await owen.wait_for_message("review")
    await owen.press(card, "take")
    answer = await owen.wait_for_message("review", "only you")
    assert answer.ephemeral
    assert [m.ts for m in await maya.messages("review")] == [card.ts]

    desk.answer = {"text": "taken", "replace_original": True}
    await owen.press(card, "take")
    assert (await maya.wait_for_message("review", "taken")).ts == card.ts


async def test_pressing_in_an_ephemeral_message_sends_no_message_along(
    desk: ParcelDesk, owen: Person
) -> None:
    await desk.client.chat_postEphemeral(
        channel="C0REVIEW", user="U0OWEN", text="psst", blocks=[actions(button("take"))]
    )
    await owen.press(await owen.wait_for_message("review"), "take")
    body = await desk.heard_one("block_actions")
    assert "message" not in body
    assert body["container"]["is_ephemeral"] is True


async def test_opening_the_home_tab_lets_the_app_publish(desk: ParcelDesk, priya: Person) -> None:
    assert await priya.home() is None
    home = await priya.wait_for_home("Your parcels")
    opened = await desk.heard_one("app_home_opened")
    assert (opened["tab"], opened["user"]) == ("home", "U0PRIYA")
    await priya.press(home, "open")
    assert (await priya.modal()).title == "Lost parcel"


async def test_people_and_app_talk_in_a_dm(desk: ParcelDesk, priya: Person) -> None:
    await priya.type(await priya.dm(), "is <it> here & safe?")
    event = await desk.heard_one("message")
    assert (event["channel_type"], event["text"]) == ("im", "is &lt;it&gt; here &amp; safe?")
    await desk.client.chat_postMessage(channel="U0PRIYA", text="Yes")
    assert [m.text() for m in await priya.dm_with_app()] == ["is <it> here & safe?", "Yes"]


async def test_a_mention_reaches_the_app(desk: ParcelDesk, priya: Person) -> None:
    await priya.type("general", "@parcel-desk please tell @owen in #general")
    event = await desk.heard_one("app_mention")
    assert event["text"] == "<@U0APP> please tell <@U0OWEN> in <#C0GENERAL|general>"


@pytest.mark.parametrize("ack_deadline", [0.3])
async def test_an_event_that_is_not_taken_is_sent_again(
    slack: LocalSlack, desk: ParcelDesk, priya: Person
) -> None:
    slack.sockets.silence(silent=True)
    await priya.type(await priya.dm(), "anybody?")
    slack.sockets.silence(silent=False)
    assert (await desk.heard_one("message"))["text"] == "anybody?"


async def test_the_answer_to_a_command_is_seen_by_the_person_alone(
    desk: ParcelDesk, priya: Person, owen: Person
) -> None:
    await priya.type("general", "/hello @owen")
    answer = await priya.wait_for_message("general", "hello")
    assert answer.text() == "hello @Owen Price"
    assert answer.ephemeral
    assert await owen.messages("general") == []


async def test_the_answer_to_a_command_can_be_for_all(
    desk: ParcelDesk, priya: Person, owen: Person
) -> None:
    desk.answer = {"text": "hi all", "response_type": "in_channel"}
    await priya.type("general", "/hello there")
    assert [m.text() for m in await owen.messages("general")] == ["/hello there", "hi all"]


@pytest.mark.parametrize("ack_deadline", [0.3])
async def test_a_late_acknowledgement_is_told_to_the_person(
    desk: ParcelDesk, priya: Person
) -> None:
    with pytest.raises(RefusedError, match="/slow failed because the app did not respond"):
        await priya.type("general", "/slow")


async def test_without_an_app_a_command_fails(priya: Person) -> None:
    with pytest.raises(RefusedError, match="dispatch_failed"):
        await priya.type("general", "/hello")


@pytest.mark.parametrize(
    ("text", "notice"), [("/unknown", "not a valid command"), ("/", "not a valid command")]
)
async def test_an_unknown_command_is_refused(priya: Person, text: str, notice: str) -> None:
    with pytest.raises(RefusedError, match=notice):
        await priya.type("general", text)


async def test_a_command_does_not_work_in_a_thread(desk: ParcelDesk, priya: Person) -> None:
    await priya.type("general", "first")
    parent = (await priya.messages("general"))[0]
    with pytest.raises(RefusedError, match="not supported in threads"):
        await priya.type("general", "/parcel", thread=parent)


async def test_a_duplicate_runs_the_handler_twice_and_the_person_once(
    slack: LocalSlack, desk: ParcelDesk, priya: Person
) -> None:
    await priya.type("general", "/parcel")
    slack.faults.duplicate_next()
    done = await priya.submit(await priya.modal(), {"what": "box"})
    assert done.result == "closed"
    first, second = await desk.heard_many("view_submission", 2)
    assert first == second


async def test_an_old_card_can_still_be_pressed_and_forged(desk: ParcelDesk, owen: Person) -> None:
    posted = await desk.client.chat_postMessage(
        channel="C0REVIEW", text="x", blocks=[actions(button("take", "1"))]
    )
    card = await owen.wait_for_message("review")
    await desk.client.chat_update(channel="C0REVIEW", ts=posted["ts"], text="gone", blocks=[])
    with pytest.raises(NotSeenError, match="a control 'take'"):
        await owen.press(card, "take", timeout=0.05)
    await owen.press_as_seen(card, "take", value="2")
    assert (await desk.heard_one("block_actions"))["actions"][0]["value"] == "2"
