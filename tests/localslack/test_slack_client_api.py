"""What the page asks for, and who may ask."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from localslack.driver import Person, RefusedError
from localslack.server import LocalSlack
from tests.localslack.parcel_desk import ParcelDesk, actions, button


async def ask(
    slack: LocalSlack,
    path: str,
    body: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[int, Any]:
    method = "GET" if body is None else "POST"
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, slack.base_url + path, json=body, headers=headers) as response,
    ):
        kind = response.content_type
        return response.status, await (
            response.json() if kind == "application/json" else response.text()
        )


async def test_the_page_learns_who_and_what_there_is(slack: LocalSlack) -> None:
    status, boot = await ask(slack, "/client/boot")
    assert status == 200
    assert boot["team"] == {"id": "T0LOCAL", "name": "Practice workspace"}
    assert boot["app"]["name"] == "Parcel Desk"
    assert boot["app"]["commands"][0]["usage_hint"] == "[help]"
    people = {p["handle"]: p for p in boot["people"]}
    assert people["gus"]["guest"] is True
    assert people["dora"]["deactivated"] is True
    assert all(p["colour"].startswith("#") and len(p["colour"]) == 7 for p in boot["people"])
    assert boot["groups"][0] == {"id": "S0REVIEW", "handle": "reviewers", "name": "Reviewers"}


async def test_the_sidebar_counts_what_is_unread(
    slack: LocalSlack, client: AsyncWebClient, owen: Person
) -> None:
    for text in ("one", "two"):
        sent = await client.chat_postMessage(channel="C0REVIEW", text=text)
    await client.chat_postMessage(channel="C0REVIEW", text="in thread", thread_ts=sent["ts"])
    await client.chat_postMessage(channel="U0OWEN", text="dm")
    _, side = await ask(slack, "/client/owen/sidebar")
    assert {c["name"]: c["unread"] for c in side["channels"]} == {
        "elsewhere": 0,
        "general": 0,
        "review": 2,
    }
    assert side["dms"][0]["with"] == {"id": "U0APP", "real_name": "Parcel Desk", "is_app": True}
    assert side["dms"][0]["unread"] == 1
    await ask(slack, "/client/owen/conversations/review/read", {})
    await owen.type("general", "mine")
    _, side = await ask(slack, "/client/owen/sidebar")
    assert {c["unread"] for c in side["channels"]} == {0}


async def test_a_private_conversation_is_hidden_from_others(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    dm = (await client.chat_postMessage(channel="U0OWEN", text="secret"))["channel"]
    for place in ("review", dm, "nowhere"):
        status, answer = await ask(slack, f"/client/priya/conversations/{place}")
        assert status == 404
        assert answer["ok"] is False


async def test_people_write_only_where_they_are(priya: Person, owen: Person) -> None:
    with pytest.raises(RefusedError, match="not in #elsewhere"):
        await priya.type("elsewhere", "x")
    with pytest.raises(RefusedError, match="archived"):
        await owen.type("old", "x")
    with pytest.raises(RefusedError, match="must say something"):
        await owen.type("general", "  ")


async def test_a_deactivated_person_can_do_nothing(slack: LocalSlack) -> None:
    with pytest.raises(RefusedError, match="deactivated"):
        await slack.person("dora").type("general", "x")


async def test_one_persons_modal_is_not_anothers(
    slack: LocalSlack, desk: ParcelDesk, priya: Person
) -> None:
    await priya.type("general", "/parcel")
    form = await priya.modal()
    status, _ = await ask(slack, f"/client/owen/modals/{form.id}/submit", {"values": {}})
    assert status == 404


async def test_changes_are_streamed_to_those_who_see_them(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{slack.base_url}/client/owen/events") as owen,
        session.get(f"{slack.base_url}/client/priya/events") as priya,
    ):
        for stream in (owen, priya):
            assert await _line(stream) == b": here\n"
        await client.chat_postMessage(channel="C0REVIEW", text="x")
        assert b'"conversation", "id": "C0REVIEW"' in await _line(owen)
        assert b'"sidebar"' in await _line(owen)
        await client.views_publish(user_id="U0OWEN", view={"type": "home", "blocks": []})
        assert await _line(owen) == b'data: {"type": "home"}\n'
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(priya.content.readline(), 0.1)


async def test_what_can_not_be_is_refused_with_its_reason(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    sent = await client.chat_postMessage(
        channel="C0REVIEW", text="x", blocks=[actions(button("take"))]
    )
    where = {"message": {"channel": "C0REVIEW", "ts": sent["ts"]}}
    control = {"block_id": "actions", "action_id": "gone"}
    mistakes: list[tuple[str, dict[str, Any], int]] = [
        ("/client/owen/actions", {**where, **control}, 409),
        ("/client/owen/actions", {**where, "block_id": "actions"}, 400),
        ("/client/owen/actions", control, 400),
        ("/client/owen/actions", {"view_id": "V0NONE", **control}, 404),
        ("/client/owen/actions", {**where, **control, "values": []}, 409),
        ("/client/owen/actions", {**where, **control, "values": [1]}, 400),
        ("/client/owen/dms", {"user": "nobody"}, 404),
        ("/client/owen/dms", {"user": 7}, 400),
        ("/client/nobody/dms", {"user": "owen"}, 404),
    ]
    for path, body, status in mistakes:
        found, answer = await ask(slack, path, body)
        assert (found, answer["ok"]) == (status, False), answer


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "["},
    ],
)
@pytest.mark.parametrize("path", ["/client/boot", "/test/calls", "/api/auth.test", "/"])
async def test_a_web_site_can_not_use_this_server(
    slack: LocalSlack, headers: dict[str, str], path: str
) -> None:
    status, _ = await ask(slack, path, headers=headers)
    assert status in (400, 403)


async def test_the_page_itself_may_ask(slack: LocalSlack) -> None:
    status, _ = await ask(slack, "/client/boot", headers={"Origin": slack.base_url})
    assert status == 200
    port = slack.base_url.rpartition(":")[2]
    local = {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}"}
    assert (await ask(slack, "/client/boot", headers=local))[0] == 200


async def test_the_page_is_served_from_the_root(slack: LocalSlack) -> None:
    status, text = await ask(slack, "/")
    assert status == 200
    assert "<!doctype html>" in text.lower()
    permalink = await ask(slack, "/archives/C0REVIEW/p1750000000000100")
    assert permalink == (status, text)
    assert (await ask(slack, "/../server.py"))[0] == 404


async def _line(stream: aiohttp.ClientResponse) -> bytes:
    line = await asyncio.wait_for(stream.content.readline(), 2)
    await stream.content.readline()
    return line
