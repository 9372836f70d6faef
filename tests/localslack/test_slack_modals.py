"""Modals between a person and a Bolt app: opened, filled in, refused, pushed, closed."""

import pytest
from slack_sdk.errors import SlackApiError

from localslack.driver import Person, RefusedError
from tests.localslack.conftest import TestClock
from tests.localslack.parcel_desk import (
    ParcelDesk,
    actions,
    button,
    modal,
    section,
    text_input,
)


async def test_a_modal_is_filled_in_and_submitted(desk: ParcelDesk, priya: Person) -> None:
    await priya.type("general", "/parcel")
    form = await priya.modal("Lost parcel")
    done = await priya.submit(form, {"what": "a box"})
    assert done.result == "closed"
    assert done.modal is None
    view = desk.of_type("view_submission")[0]["view"]
    assert view["state"]["values"] == {
        "what": {"text": {"type": "plain_text_input", "value": "a box"}}
    }
    assert view["id"] == view["root_view_id"] == form.id


async def test_a_required_field_is_checked_before_the_app_hears(
    desk: ParcelDesk, priya: Person
) -> None:
    await priya.type("general", "/parcel")
    refused = await priya.submit(await priya.modal())
    assert refused.errors == {"what": "Please complete this required field."}
    assert desk.of_type("view_submission") == []


async def test_the_apps_errors_stand_at_their_fields_and_what_was_typed_stays(
    desk: ParcelDesk, priya: Person
) -> None:
    desk.answer = {"response_action": "errors", "errors": {"what": "Say more."}}
    await priya.type("general", "/parcel")
    refused = await priya.submit(await priya.modal(), {"what": "box"})
    assert refused.errors == {"what": "Say more."}
    assert refused.modal is not None
    assert refused.modal.errors == {"what": "Say more."}
    assert refused.modal.view["state"]["values"]["what"]["text"]["value"] == "box"


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"note": "not an input"}},
        {"response_action": "update", "view": {"type": "modal", "blocks": []}},
        {"response_action": "dance"},
    ],
)
async def test_an_answer_that_slack_does_not_know_is_trouble(
    desk: ParcelDesk, priya: Person, answer: dict[str, object]
) -> None:
    desk.view = modal("Lost parcel", text_input("what"), {**section("x"), "block_id": "note"})
    desk.answer = answer
    await priya.type("general", "/parcel")
    with pytest.raises(RefusedError, match="trouble connecting"):
        await priya.submit(await priya.modal(), {"what": "box"})
    assert await priya.modals() != []


async def test_a_submission_can_update_push_and_clear(desk: ParcelDesk, priya: Person) -> None:
    await priya.type("general", "/parcel")
    form = await priya.modal()
    second = modal("Second", text_input("what"), text_input("why"))
    desk.answer = {"response_action": "update", "view": second}
    updated = await priya.submit(form, {"what": "box"})
    assert updated.result == "updated"
    assert updated.modal is not None
    assert (updated.modal.title, updated.modal.id) == ("Second", form.id)
    assert updated.modal.view["state"]["values"]["what"]["text"]["value"] == "box"

    desk.answer = {"response_action": "push", "view": modal("Third", section("sure?"))}
    pushed = await priya.submit(updated.modal, {"why": "lost"})
    assert pushed.result == "pushed"
    assert pushed.modal is not None
    assert pushed.modal.view["previous_view_id"] == form.id
    assert pushed.modal.view["root_view_id"] == form.id

    desk.answer = {"response_action": "clear"}
    assert (await priya.submit(pushed.modal)).result == "cleared"
    assert await priya.modals() == []


async def test_a_pushed_modal_gives_way_to_the_one_beneath(desk: ParcelDesk, priya: Person) -> None:
    desk.view = modal("Lost parcel", text_input("what"), actions(button("push")))
    await priya.type("general", "/parcel")
    form = await priya.modal()
    await priya.press(form, "push")
    above = await priya.modal("On top")
    done = await priya.submit(above)
    assert done.result == "closed"
    assert done.modal is not None
    assert done.modal.id == form.id


async def test_closing_is_told_to_an_app_that_asked(desk: ParcelDesk, priya: Person) -> None:
    await priya.type("general", "/parcel")
    await priya.dismiss(await priya.modal())
    closed = await desk.heard_one("view_closed")
    assert closed["is_cleared"] is False
    assert await priya.modals() == []


async def test_a_modal_that_clears_on_close_takes_its_stack_along(
    desk: ParcelDesk, priya: Person
) -> None:
    desk.view = modal(
        "Lost parcel", actions(button("push")), clear_on_close=True, notify_on_close=True
    )
    await priya.type("general", "/parcel")
    form = await priya.modal()
    await priya.press(form, "push")
    await priya.modal("On top")
    await priya.dismiss(form)
    assert (await desk.heard_one("view_closed"))["is_cleared"] is True
    assert await priya.modals() == []


async def test_typing_into_a_modal_tells_the_app_only_if_it_dispatches(
    desk: ParcelDesk, priya: Person
) -> None:
    quiet = text_input("what", action_id="choose")
    loud = {**text_input("why", action_id="choose"), "dispatch_action": True}
    desk.view = modal("Lost parcel", quiet, loud)
    await priya.type("general", "/parcel")
    form = await priya.modal()
    await priya.press(form, "choose", "box", block_id="what")
    assert desk.of_type("block_actions") == []
    await priya.press(form, "choose", "because", block_id="why")
    body = await desk.heard_one("block_actions")
    assert body["actions"][0]["value"] == "because"
    assert body["view"]["state"]["values"]["what"]["choose"]["value"] == "box"


async def test_an_external_select_asks_the_app(desk: ParcelDesk, priya: Person) -> None:
    where = text_input("where", action_id="where", type="external_select")
    desk.view = modal("Lost parcel", where)
    await priya.type("general", "/parcel")
    form = await priya.modal()
    offered = await priya.options(form, "where", "L")
    assert [o["value"] for o in offered] == ["london", "leeds"]
    await priya.submit(form, {"where": "leeds"})
    chosen = desk.of_type("view_submission")[0]["view"]["state"]["values"]["where"]["where"]
    assert chosen["selected_option"]["text"]["text"] == "Leeds"


async def test_options_that_slack_would_not_understand_are_none(
    desk: ParcelDesk, priya: Person
) -> None:
    desk.options = [{"text": "bare", "value": "x"}]
    desk.view = modal("Lost parcel", text_input("where", action_id="where", type="external_select"))
    await priya.type("general", "/parcel")
    assert await priya.options(await priya.modal(), "where", "L") == []


async def test_a_trigger_opens_one_modal(desk: ParcelDesk, priya: Person) -> None:
    await priya.type("general", "/hello")
    trigger = desk.heard[0]["trigger_id"]
    await desk.client.views_open(trigger_id=trigger, view=desk.view)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await desk.client.views_open(trigger_id=trigger, view=desk.view)


async def test_a_trigger_is_good_for_three_seconds(
    desk: ParcelDesk, priya: Person, clock: TestClock
) -> None:
    await priya.type("general", "/hello")
    clock.now += 3.1
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await desk.client.views_open(trigger_id=desk.heard[0]["trigger_id"], view=desk.view)
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await desk.client.views_open(trigger_id="12.34.ab", view=desk.view)
