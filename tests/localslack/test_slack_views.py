"""`views.*` through Slack's own SDK."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from localslack.driver import Person
from localslack.server import LocalSlack
from tests.localslack.parcel_desk import actions, button, modal, section, text_input

HOME = {"type": "home", "blocks": [section("home")]}


def trigger(slack: LocalSlack, user: str = "U0PRIYA") -> str:
    return slack.slack.triggers.issue(user)


async def test_a_view_is_opened_for_the_person_behind_the_trigger(
    client: AsyncWebClient, slack: LocalSlack, priya: Person
) -> None:
    view = modal("Form", text_input("what"), private_metadata="m", external_id="form-1")
    opened = (await client.views_open(trigger_id=trigger(slack), view=view))["view"]
    assert opened["state"]["values"]["what"]["text"]["value"] is None
    assert opened["private_metadata"] == "m"
    assert opened["id"].startswith("V")
    assert (await priya.modal("Form")).id == opened["id"]


async def test_three_views_can_lie_on_each_other(
    client: AsyncWebClient, slack: LocalSlack, priya: Person
) -> None:
    await client.views_open(trigger_id=trigger(slack), view=modal("1", section("x")))
    for title in ("2", "3"):
        await client.views_push(trigger_id=trigger(slack), view=modal(title, section("x")))
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await client.views_push(trigger_id=trigger(slack), view=modal("4", section("x")))
    assert [v.title for v in await priya.modals()] == ["1", "2", "3"]


async def test_an_update_needs_the_latest_hash_and_keeps_what_was_typed(
    client: AsyncWebClient, slack: LocalSlack, priya: Person
) -> None:
    first = modal("Form", text_input("what"), text_input("gone", initial_value="x"))
    view = (await client.views_open(trigger_id=trigger(slack), view=first))["view"]
    await priya.press(await priya.modal(), "text", "typed", block_id="what")

    second = modal("Form", text_input("what", initial_value="other"), text_input("new"))
    new = await client.views_update(view_id=view["id"], hash=view["hash"], view=second)
    values = new["view"]["state"]["values"]
    assert {b: v["text"]["value"] for b, v in values.items()} == {"what": "typed", "new": None}
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=view["id"], hash=view["hash"], view=second)


async def test_a_closed_view_is_not_found(
    client: AsyncWebClient, slack: LocalSlack, priya: Person
) -> None:
    view = modal("Form", section("x"), external_id="form-1")
    await client.views_open(trigger_id=trigger(slack), view=view)
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await client.views_open(trigger_id=trigger(slack), view=view)
    await client.views_update(external_id="form-1", view=modal("Form", section("y")))
    await priya.dismiss(await priya.modal())
    with pytest.raises(SlackApiError, match="not_found"):
        await client.views_update(external_id="form-1", view=view)


async def test_a_home_tab_is_published_and_replaced(
    client: AsyncWebClient, priya: Person, owen: Person
) -> None:
    first = (await client.views_publish(user_id="U0PRIYA", view=HOME))["view"]
    again = {"type": "home", "blocks": [section("second")]}
    second = await client.views_publish(user_id="U0PRIYA", view=again, hash=first["hash"])
    assert second["view"]["id"] == first["id"]
    assert (await priya.wait_for_home("second")).title == "View Title"
    assert await owen.home() is None
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_publish(user_id="U0PRIYA", view=HOME, hash=first["hash"])


@pytest.mark.parametrize(
    ("call", "arguments", "error"),
    [
        ("views.publish", {"user_id": "U0NONE", "view": HOME}, "invalid_arguments"),
        ("views.publish", {"user_id": "U0PRIYA", "view": modal("x")}, "invalid_arguments"),
        ("views.publish", {"user_id": "U0PRIYA"}, "invalid_arguments"),
        ("views.open", {"view": HOME}, "invalid_arguments"),
        ("views.open", {"view": modal("x", section("y"))}, "invalid_arguments"),
        ("views.update", {"view": modal("x", section("y"))}, "invalid_arguments"),
        ("views.push", {"view": "no json"}, "invalid_arguments"),
    ],
)
async def test_a_view_in_the_wrong_place(
    client: AsyncWebClient, call: str, arguments: dict[str, Any], error: str
) -> None:
    with pytest.raises(SlackApiError, match=error):
        await client.api_call(call, json=arguments)


async def test_pushing_needs_an_open_modal(client: AsyncWebClient, slack: LocalSlack) -> None:
    with pytest.raises(SlackApiError, match="not_found"):
        await client.views_push(trigger_id=trigger(slack), view=modal("x", section("y")))


async def test_a_view_that_is_refused_leaves_the_trigger_unused(
    client: AsyncWebClient, slack: LocalSlack
) -> None:
    given = trigger(slack)
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_open(trigger_id=given, view=modal("x" * 25, section("y")))
    assert (await client.views_open(trigger_id=given, view=modal("x", section("y"))))["ok"]


async def test_a_view_may_not_be_larger_than_250_kilobytes(
    client: AsyncWebClient, slack: LocalSlack
) -> None:
    long = [{**section("ß" * 1500), "block_id": str(n)} for n in range(90)]
    with pytest.raises(SlackApiError, match="view_too_large"):
        await client.views_open(trigger_id=trigger(slack), view=modal("x", *long))


async def test_a_select_in_a_view_sends_its_state(
    client: AsyncWebClient, slack: LocalSlack, priya: Person
) -> None:
    menu = {"type": "users_select", "action_id": "who"}
    await client.views_open(trigger_id=trigger(slack), view=modal("x", actions(menu, button("go"))))
    view = await priya.modal("x")
    assert view.view["state"]["values"]["actions"]["who"]["selected_user"] is None
