"""Faults and rate limits on demand, as Slack's own SDK meets them."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from localslack.driver import Person
from localslack.server import LocalSlack
from tests.localslack.conftest import TestClock
from tests.localslack.parcel_desk import ParcelDesk

POST: dict[str, Any] = {"channel": "C0REVIEW", "text": "x"}


async def test_a_method_fails_so_many_times(client: AsyncWebClient, slack: LocalSlack) -> None:
    slack.faults.fail("chat.postMessage", times=2, error="internal_error")
    for _ in range(2):
        with pytest.raises(SlackApiError, match="internal_error"):
            await client.chat_postMessage(**POST)
    assert (await client.chat_postMessage(**POST))["ok"]


async def test_a_method_answers_with_a_status(
    client: AsyncWebClient, slack: LocalSlack, owen: Person
) -> None:
    slack.faults.fail("chat.postMessage", status=503)
    with pytest.raises(SlackApiError) as failed:
        await client.chat_postMessage(**POST)
    assert failed.value.response.status_code == 503
    assert await owen.messages("review") == []


async def test_a_method_asks_to_wait(client: AsyncWebClient, slack: LocalSlack) -> None:
    slack.faults.fail("chat.postMessage", retry_after=30)
    with pytest.raises(SlackApiError, match="ratelimited") as failed:
        await client.chat_postMessage(**POST)
    assert failed.value.response.status_code == 429
    assert failed.value.response.headers["Retry-After"] == "30"


async def test_a_method_is_slow(client: AsyncWebClient, slack: LocalSlack) -> None:
    slack.faults.fail("auth.test", delay=0.1)
    began = time.monotonic()
    await client.auth_test()
    assert time.monotonic() - began >= 0.1


async def test_a_lost_answer_comes_after_the_work(
    client: AsyncWebClient, slack: LocalSlack, owen: Person
) -> None:
    client.retry_handlers = []
    slack.faults.fail("chat.postMessage", lose_answer=True)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(**POST)
    assert [m.text() for m in await owen.messages("review")] == ["x"]
    assert slack.faults.called("chat.postMessage")[0].error == "answer_lost"


async def test_slacks_sdk_posts_twice_when_an_answer_is_lost(
    client: AsyncWebClient, slack: LocalSlack, owen: Person
) -> None:
    slack.faults.fail("chat.postMessage", lose_answer=True)
    await client.chat_postMessage(**POST)
    assert len(await owen.messages("review")) == 2


async def test_faults_may_last_and_be_for_all_methods(
    client: AsyncWebClient, slack: LocalSlack
) -> None:
    slack.faults.fail("*", times=None, error="token_revoked")
    for _ in range(3):
        with pytest.raises(SlackApiError, match="token_revoked"):
            await client.auth_test()
    slack.faults.clear()
    assert (await client.auth_test())["ok"]


async def test_the_calls_are_listed_without_the_token(
    client: AsyncWebClient, slack: LocalSlack
) -> None:
    await client.chat_postMessage(**POST)
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C0NONE", text="x")
    await client.api_call("auth.test", params={"token": "xoxb-local"})
    calls = (await _test_api(slack, "GET", "calls?method=chat.postMessage"))["calls"]
    assert [(c["arguments"], c["error"]) for c in calls] == [
        (POST, None),
        ({"channel": "C0NONE", "text": "x"}, "channel_not_found"),
    ]
    assert "xoxb" not in str([c.model_dump() for c in slack.faults.calls])
    await _test_api(slack, "DELETE", "calls")
    assert (await _test_api(slack, "GET", "calls"))["calls"] == []


async def test_everything_can_be_asked_for_over_http(
    desk: ParcelDesk, slack: LocalSlack, owen: Person
) -> None:
    await _test_api(slack, "POST", "faults", {"method": "auth.test", "error": "fatal_error"})
    with pytest.raises(SlackApiError, match="fatal_error"):
        await desk.client.auth_test()
    await _test_api(slack, "POST", "faults", {"method": "auth.test", "times": None})
    await _test_api(slack, "DELETE", "faults")
    await _test_api(slack, "POST", "duplicates", {"count": 1})
    await owen.type("general", "/hello")
    assert len(await desk.heard_many("command", 2)) == 2
    await _test_api(slack, "PATCH", "groups/reviewers", {"members": ["priya"]})
    members = await desk.client.usergroups_users_list(usergroup="S0REVIEW")
    assert members["users"] == ["U0PRIYA"]
    await _test_api(slack, "PATCH", "channels/review", {"archived": True, "app": False})
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await desk.client.chat_postMessage(**POST)
    await _test_api(slack, "PATCH", "channels/review", {"app": True})
    with pytest.raises(SlackApiError, match="is_archived"):
        await desk.client.chat_postMessage(**POST)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "faults", {"metod": "auth.test"}),
        ("POST", "faults", {"times": 0}),
        ("POST", "sockets", {"do": "dance"}),
        ("PATCH", "people/nobody", {"guest": True}),
        ("PATCH", "groups/reviewers", {"members": ["nobody"]}),
        ("PATCH", "channels/nowhere", {"archived": True}),
        ("PATCH", "views/V0NONE", {"private_metadata": ""}),
        ("POST", "people/nobody/actions", {"action": {}}),
        ("POST", "people/owen/actions", {"action": {}, "message": {"channel": "x"}}),
    ],
)
async def test_a_mistaken_wish_is_refused_with_its_reason(
    slack: LocalSlack, method: str, path: str, body: dict[str, Any]
) -> None:
    answer = await _test_api(slack, method, path, body)
    assert answer["ok"] is False
    assert answer["error"]


async def test_rate_limits_apply_by_channel_and_by_tier(
    client: AsyncWebClient, slack: LocalSlack, clock: TestClock
) -> None:
    await _test_api(slack, "POST", "rate-limits", {"enabled": True})
    for _ in range(5):
        await client.chat_postMessage(**POST)
    with pytest.raises(SlackApiError, match="ratelimited") as failed:
        await client.chat_postMessage(**POST)
    assert failed.value.response.headers["Retry-After"] == "1"
    await client.chat_postMessage(channel="C0GENERAL", text="x")
    clock.now += 1
    await client.chat_postMessage(**POST)

    for _ in range(20):
        await client.usergroups_users_list(usergroup="S0REVIEW")
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.usergroups_users_list(usergroup="S0REVIEW")


async def test_metadata_of_a_view_can_be_tampered_with(
    desk: ParcelDesk, slack: LocalSlack, priya: Person
) -> None:
    await priya.type("general", "/parcel")
    form = await priya.modal()
    await _test_api(slack, "PATCH", f"views/{form.id}", {"private_metadata": "other"})
    await priya.submit(form, {"what": "x"})
    assert desk.of_type("view_submission")[0]["view"]["private_metadata"] == "other"


async def test_fifty_people_submit_at_once(desk: ParcelDesk, slack: LocalSlack) -> None:
    async def report(number: int) -> str:
        person = slack.person(("priya", "owen", "maya", "gus")[number % 4])
        await person.type("general", f"/hello {number}")
        return person.handle

    async with asyncio.timeout(5):
        await asyncio.gather(*(report(n) for n in range(50)))
    assert len(desk.of_type("command")) == 50


async def _test_api(
    slack: LocalSlack, method: str, path: str, body: dict[str, Any] | None = None
) -> dict[str, Any]:
    url = f"{slack.base_url}/test/{path}"
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, json=body) as response,
    ):
        answer: dict[str, Any] = await response.json()
        return answer
