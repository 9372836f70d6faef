"""Conversations, people, groups and files, through Slack's own SDK; and tokens."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from localslack.driver import Person
from localslack.kinds import APP_TOKEN, BOT_TOKEN
from localslack.server import LocalSlack
from localslack.workspace import Manifest
from tests.localslack.parcel_desk import web_client


async def test_the_token_says_who_the_app_is(client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["user_id"], answer["bot_id"]) == ("U0APP", "B0APP")
    assert (answer["team_id"], answer["team"]) == ("T0LOCAL", "Practice workspace")
    assert "chat:write" in answer.headers["X-OAuth-Scopes"]


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("", "auth.test", "not_authed"),
        ("xoxb-other", "auth.test", "invalid_auth"),
        (APP_TOKEN, "auth.test", "not_allowed_token_type"),
        (BOT_TOKEN, "apps.connections.open", "not_allowed_token_type"),
        (BOT_TOKEN, "chat.shout", "unknown_method"),
    ],
)
async def test_a_wrong_token_or_method(
    slack: LocalSlack, token: str, method: str, error: str
) -> None:
    with pytest.raises(SlackApiError, match=error):
        await web_client(slack.api_url, token).api_call(method)


async def test_a_scope_that_the_manifest_does_not_have(
    client: AsyncWebClient, manifest: Manifest
) -> None:
    manifest.oauth_config.scopes.bot.remove("reactions:write")
    with pytest.raises(SlackApiError, match="missing_scope") as refused:
        await client.reactions_add(channel="C0REVIEW", timestamp="1.000001", name="eyes")
    assert refused.value.response["needed"] == "reactions:write"


@pytest.mark.parametrize(
    ("scope", "method", "arguments"),
    [
        ("groups:history", "conversations.history", {"channel": "C0REVIEW"}),
        ("groups:read", "conversations.info", {"channel": "C0REVIEW"}),
        ("groups:read", "conversations.list", {"types": "public_channel,private_channel"}),
        ("groups:write", "conversations.invite", {"channel": "C0REVIEW", "users": "U0PRIYA"}),
        ("channels:manage", "conversations.create", {"name": "new"}),
        ("mpim:read", "conversations.list", {"types": "mpim"}),
    ],
)
async def test_each_kind_of_conversation_has_its_own_scope(
    client: AsyncWebClient,
    manifest: Manifest,
    scope: str,
    method: str,
    arguments: dict[str, str],
) -> None:
    scopes = manifest.oauth_config.scopes
    scopes.bot = [s for s in scopes.bot if s != scope]
    with pytest.raises(SlackApiError, match="missing_scope") as refused:
        await client.api_call(method, params=arguments)
    assert refused.value.response["needed"] == scope


@pytest.mark.parametrize("form", ["json", "form", "query", "multipart"])
async def test_arguments_may_come_in_every_form(slack: LocalSlack, form: str) -> None:
    values = {"channel": "C0REVIEW", "text": "x", "unfurl_links": "false"}
    fields = aiohttp.FormData(values)
    if form == "multipart":
        fields.add_field("blocks", '[{"type":"divider"}]', content_type="text/plain")
    bodies: dict[str, dict[str, Any]] = {
        "json": {"json": values},
        "form": {"data": values},
        "query": {"params": values},
        "multipart": {"data": fields},
    }
    headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(slack.api_url + "chat.postMessage", **bodies[form]) as response,
    ):
        assert (await response.json())["ok"] is True


@pytest.mark.parametrize(
    ("content_type", "body", "error"),
    [
        ("application/json", b"{", "invalid_json"),
        ("application/json", b"\xff", "invalid_json"),
        ("application/json", b"[]", "json_not_object"),
        ("multipart/form-data", b"no boundary", "invalid_form_data"),
        ("application/xml", b"<x/>", "invalid_post_type"),
    ],
)
async def test_a_body_that_can_not_be_read(
    slack: LocalSlack, content_type: str, body: bytes, error: str
) -> None:
    headers = {"Authorization": f"Bearer {BOT_TOKEN}", "Content-Type": content_type}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(slack.api_url + "auth.test", data=body) as response,
    ):
        assert (await response.json())["error"] == error


async def test_conversations_are_listed_by_type_and_in_pages(client: AsyncWebClient) -> None:
    public = await client.conversations_list()
    assert [c["name"] for c in public["channels"]] == ["general", "elsewhere", "old"]
    both = await client.conversations_list(
        types=["public_channel", "private_channel"], exclude_archived=True, limit=2
    )
    assert [c["name"] for c in both["channels"]] == ["general", "review"]
    cursor = both["response_metadata"]["next_cursor"]
    rest = await client.conversations_list(
        types="public_channel,private_channel", exclude_archived=True, limit=2, cursor=cursor
    )
    assert [c["name"] for c in rest["channels"]] == ["elsewhere"]
    assert rest["response_metadata"]["next_cursor"] == ""


async def test_a_private_channel_without_the_app_does_not_exist(client: AsyncWebClient) -> None:
    for call in (client.conversations_info, client.conversations_members):
        with pytest.raises(SlackApiError, match="channel_not_found"):
            await call(channel="C0SECRET")


async def test_a_channel_tells_about_itself(client: AsyncWebClient) -> None:
    channel = (await client.conversations_info(channel="C0REVIEW", include_num_members=True))[
        "channel"
    ]
    assert channel["is_private"] is channel["is_member"] is True
    assert channel["topic"]["value"] == "Those who review"
    assert channel["num_members"] == 3
    members = await client.conversations_members(channel="C0REVIEW")
    assert members["members"] == ["U0OWEN", "U0MAYA", "U0APP"]


async def test_a_channel_is_made_and_filled(client: AsyncWebClient, priya: Person) -> None:
    made = (await client.conversations_create(name="case-7", is_private=True))["channel"]
    await client.conversations_invite(channel=made["id"], users=["U0PRIYA", "U0OWEN"])
    await client.chat_postMessage(channel="case-7", text="welcome")
    assert (await priya.wait_for_message("case-7")).text() == "welcome"
    await client.conversations_kick(channel=made["id"], user="U0PRIYA")
    members = await client.conversations_members(channel=made["id"])
    assert members["members"] == ["U0APP", "U0OWEN"]
    await client.conversations_archive(channel=made["id"])
    with pytest.raises(SlackApiError, match="is_archived"):
        await client.chat_postMessage(channel="case-7", text="x")


async def test_the_app_joins_a_public_channel(client: AsyncWebClient) -> None:
    await client.conversations_join(channel="C0ELSE")
    assert (await client.chat_postMessage(channel="C0ELSE", text="x"))["ok"]


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations.create", {"name": "general"}, "name_taken"),
        ("conversations.create", {"name": "No Spaces"}, "invalid_name_specials"),
        ("conversations.invite", {"channel": "C0REVIEW", "users": "U0OWEN"}, "already_in_channel"),
        ("conversations.invite", {"channel": "C0REVIEW", "users": "U0NONE"}, "user_not_found"),
        ("conversations.invite", {"channel": "C0REVIEW", "users": "U0APP"}, "cant_invite_self"),
        ("conversations.open", {"users": "U0NONE"}, "user_not_found"),
        ("conversations.open", {"users": "U0DORA"}, "user_disabled"),
        ("conversations.open", {"users": "U0APP"}, "cannot_dm_bot"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.list", {"types": "cellar"}, "invalid_types"),
        ("conversations.list", {"cursor": "x"}, "invalid_cursor"),
        ("conversations.list", {"limit": "many"}, "invalid_limit"),
        ("conversations.history", {"channel": "C0ELSE"}, "not_in_channel"),
        ("conversations.history", {}, "invalid_arguments"),
        ("users.info", {"user": "U0NONE"}, "user_not_found"),
        ("users.lookupByEmail", {"email": "no@example.org"}, "users_not_found"),
        ("users.lookupByEmail", {"email": "dora@example.org"}, "users_not_found"),
        ("usergroups.users.list", {"usergroup": "S0NONE"}, "no_such_subteam"),
        ("usergroups.users.list", {"usergroup": "S0NOBODY"}, "no_such_subteam"),
        ("files.info", {"file": "F0NONE"}, "file_not_found"),
    ],
)
async def test_what_is_not_there_or_not_allowed(
    client: AsyncWebClient, method: str, arguments: dict[str, str], error: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, params=arguments)
    assert refused.value.response["error"] == error


async def test_opening_a_dm_twice_gives_the_same(client: AsyncWebClient) -> None:
    first = await client.conversations_open(users="U0MAYA")
    again = await client.conversations_open(users=["U0MAYA"], return_im=True)
    assert first["channel"]["id"] == again["channel"]["id"]
    assert (again["already_open"], again["channel"]["user"]) == (True, "U0MAYA")


async def test_people_have_their_roles(client: AsyncWebClient) -> None:
    async def user(user_id: str) -> dict[str, Any]:
        found: dict[str, Any] = (await client.users_info(user=user_id))["user"]
        return found

    owen, gus, dora, app = [await user(u) for u in ("U0OWEN", "U0GUS", "U0DORA", "U0APP")]
    assert owen["is_admin"] is True
    assert owen["profile"]["email"] == "owen.price@example.org"
    assert (owen["tz"], owen["team_id"]) == ("Europe/London", "T0LOCAL")
    assert (gus["is_restricted"], gus["is_ultra_restricted"]) == (True, False)
    assert dora["deleted"] is True
    assert "is_admin" not in dora
    assert app["is_bot"] is True


async def test_people_are_listed_and_found_by_address(client: AsyncWebClient) -> None:
    listed = await client.users_list(limit=4)
    assert len(listed["members"]) == 4
    cursor = listed["response_metadata"]["next_cursor"]
    rest = await client.users_list(limit=4, cursor=cursor)
    assert [u["id"] for u in rest["members"]] == ["U0DORA", "U0APP"]
    found = await client.users_lookupByEmail(email="PRIYA.shah@example.org")
    assert found["user"]["id"] == "U0PRIYA"


async def test_a_groups_members_leave_out_the_deactivated(client: AsyncWebClient) -> None:
    groups = (await client.usergroups_list(include_users=True, include_count=True))["usergroups"]
    assert [(g["handle"], g["users"], g["user_count"]) for g in groups] == [
        ("reviewers", ["U0OWEN", "U0MAYA"], 2)
    ]
    members = await client.usergroups_users_list(usergroup="S0REVIEW")
    assert members["users"] == ["U0OWEN", "U0MAYA"]


async def test_a_file_is_uploaded_and_read(
    client: AsyncWebClient, owen: Person, slack: LocalSlack
) -> None:
    done = await client.files_upload_v2(
        channel="C0REVIEW", filename="pack.html", content="<b>hi</b>", initial_comment="the pack"
    )
    message = await owen.wait_for_message("review", "the pack")
    assert message.files[0]["id"] == done["file"]["id"]
    async with (
        aiohttp.ClientSession() as session,
        session.get(message.files[0]["url_private"]) as response,
    ):
        assert await response.text() == "<b>hi</b>"
        # It must not run as a page of this server.
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert slack.base_url in message.files[0]["url_private"]


async def test_an_upload_of_another_size_is_refused(client: AsyncWebClient) -> None:
    place = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    async with (
        aiohttp.ClientSession() as session,
        session.post(place["upload_url"], data=b"four") as response,
    ):
        assert response.status == 400
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": place["file_id"]}])


async def uploaded(client: AsyncWebClient, name: str) -> str:
    """The ID of a file that is shared nowhere."""
    done = await client.files_upload_v2(filename=name, content="bytes", alt_txt="A chart")
    # Slack looks at it only afterwards.
    assert done["file"]["mimetype"] == ""
    return str(done["file"]["id"])


def picture(**source: Any) -> list[dict[str, Any]]:
    return [{"type": "image", "alt_text": "Two bars", **source}]


@pytest.mark.parametrize("by", ["id", "url"])
async def test_a_message_shows_an_uploaded_picture(
    client: AsyncWebClient, owen: Person, by: str
) -> None:
    file = await uploaded(client, "chart.png")
    known = (await client.files_info(file=file))["file"]
    assert (known["mimetype"], known["alt_txt"]) == ("image/png", "A chart")
    source = {"id": file} if by == "id" else {"url": known["url_private"]}
    await client.chat_postMessage(channel="C0REVIEW", text="x", blocks=picture(slack_file=source))
    message = await owen.wait_for_message("review", "Two bars")
    assert message.blocks[0]["slack_file"] == source


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ({"slack_file": {"id": "F0NOWHERE"}}, "invalid slack file"),
        ({"slack_file": {}}, "must provide one of"),
        ({"slack_file": {"id": "F1", "url": "https://x.org/files/F1/a.png"}}, "invalid slack file"),
        ({"slack_file": {"url": "https://x.org"}}, "invalid slack file"),
        ({}, "must provide one of"),
    ],
)
async def test_a_picture_that_is_not_there_is_refused(
    client: AsyncWebClient, source: dict[str, Any], problem: str
) -> None:
    with pytest.raises(SlackApiError, match="invalid_blocks") as refused:
        await client.chat_postMessage(channel="C0REVIEW", text="x", blocks=picture(**source))
    assert problem in str(refused.value.response["response_metadata"]["messages"])


async def test_a_file_that_is_no_picture_is_shown_in_no_block(client: AsyncWebClient) -> None:
    blocks = picture(slack_file={"id": await uploaded(client, "pack.docx")})
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(channel="C0REVIEW", text="x", blocks=blocks)


async def test_deactivating_takes_effect_at_once(client: AsyncWebClient, slack: LocalSlack) -> None:
    dm = (await client.conversations_open(users="U0PRIYA"))["channel"]["id"]
    await _patch(f"{slack.base_url}/test/people/priya", {"deactivated": True})
    assert (await client.users_info(user="U0PRIYA"))["user"]["deleted"] is True
    with pytest.raises(SlackApiError, match="is_archived"):
        await client.chat_postMessage(channel=dm, text="x")


async def _patch(url: str, body: dict[str, Any]) -> None:
    async with aiohttp.ClientSession() as session, session.patch(url, json=body) as response:
        assert response.status == 200
