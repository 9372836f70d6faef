"""Response URLs: where they come from, what they can do, and when they end."""

from typing import Any

import aiohttp

from localslack.driver import Person
from tests.localslack.conftest import TestClock
from tests.localslack.parcel_desk import ParcelDesk, actions, button, modal, text_input


async def post(url: str, **body: Any) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        return response.status, await response.text()


async def url_of_a_command(desk: ParcelDesk, priya: Person) -> str:
    await priya.type("general", "/hello")
    url: str = desk.heard[-1]["response_url"]
    return url


async def test_five_uses_and_no_more(desk: ParcelDesk, priya: Person) -> None:
    url = await url_of_a_command(desk, priya)
    assert [await post(url, text=str(n)) for n in range(5)] == [(200, "ok")] * 5
    status, answer = await post(url, text="6")
    assert status == 404
    assert "used_url" in answer


async def test_thirty_minutes_and_no_longer(
    desk: ParcelDesk, priya: Person, clock: TestClock
) -> None:
    url = await url_of_a_command(desk, priya)
    clock.now += 30 * 60 - 1
    assert (await post(url, text="in time"))[0] == 200
    clock.now += 2
    status, answer = await post(url, text="late")
    assert status == 404
    assert "expired_url" in answer
    assert "invalid_url" in (await post(url + "x", text="x"))[1]


async def test_an_answer_is_private_unless_it_says_otherwise(
    desk: ParcelDesk, priya: Person, owen: Person
) -> None:
    url = await url_of_a_command(desk, priya)
    await post(url, text="private")
    await post(url, text="public", response_type="in_channel")
    assert [m.text() for m in await owen.messages("general")] == ["public"]
    assert await post(url, text="x" * 40_001) == (400, '{"ok": false, "error": "msg_too_long"}')


async def test_the_original_can_be_deleted_also_when_it_is_ephemeral(
    desk: ParcelDesk, owen: Person
) -> None:
    blocks = [actions(button("take"))]
    await desk.client.chat_postEphemeral(channel="C0REVIEW", user="U0OWEN", text="x", blocks=blocks)
    card = await owen.wait_for_message("review")
    await owen.press(card, "take")
    url = (await desk.heard_one("block_actions"))["response_url"]
    await post(url, text="instead", replace_original=True)
    assert [m.text() for m in await owen.messages("review")] == ["instead"]
    await post(url, delete_original=True)
    assert await owen.messages("review") == []


async def test_it_works_where_the_app_is_not(desk: ParcelDesk, owen: Person) -> None:
    await owen.type("elsewhere", "/hello")
    await post(desk.heard[-1]["response_url"], text="still here")
    assert (await owen.wait_for_message("elsewhere", "still here")).ephemeral


async def test_a_form_can_ask_for_a_response_url(desk: ParcelDesk, priya: Person) -> None:
    where = text_input(
        "where", action_id="where", type="conversations_select", response_url_enabled=True
    )
    desk.view = modal("Lost parcel", where)
    await priya.type("general", "/parcel")
    await priya.submit(await priya.modal(), {"where": "C0GENERAL"})
    urls = desk.of_type("view_submission")[0]["response_urls"]
    assert [(u["block_id"], u["action_id"], u["channel_id"]) for u in urls] == [
        ("where", "where", "C0GENERAL")
    ]
    assert (await post(urls[0]["response_url"], text="got it"))[0] == 200
