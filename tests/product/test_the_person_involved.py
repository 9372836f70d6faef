"""Whom the breach involves takes no part in their own case, except in what they are asked."""

import json
from functools import partial

import pytest

from activities.slack import NO_SIM
from drill.player import Player
from drill.stack import Stack
from localslack.driver import Message
from tests.product import answers
from tests.product.answers import GENERAL, OST

OWEN_INVOLVED = answers.REPORT | {"involved": "U0OWEN"}
REFUSED = "Somebody else must do this. Nothing was changed."


def refused_so_often(times: int, messages: list[Message]) -> bool:
    return sum(REFUSED in message.text() for message in messages) == times


async def test_the_person_involved_is_refused_every_step_in_the_same_words(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, OWEN_INVOLVED)
    await player.fill("maya", OST, "review", "OST review", answers.BREACH)
    given = answers.ACTION | {"owner": "U0GRACE"}
    await player.fill("maya", OST, "action_added", "Add remedial action", given)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    before = (await player.case()).events
    first = json.dumps({"reference": player.reference, "number": 1})
    kinds = ("action_added", "correction", "facts_completed", "organisation_told", "claim")
    own: list[tuple[str, dict[str, str]]] = [
        (kind, {}) for kind in (*kinds, "containment", "hand_over", "question")
    ]
    of_action = [(kind, {"value": first}) for kind in ("action_completed", "action_handed_over")]
    for told, (kind, forged) in enumerate([*own, *of_action], start=1):
        await owen.press_as_seen(card, "details", action_id=kind, **forged)
        await owen.wait_until(OST, partial(refused_so_often, told))
    assert (await player.case()).events == before


async def test_a_remedial_action_that_was_given_to_them_they_complete(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, OWEN_INVOLVED)
    await player.fill("maya", OST, "review", "OST review", answers.BREACH)
    given = answers.ACTION | {"owner": "U0OWEN"}
    await player.fill("maya", OST, "action_added", "Add remedial action", given)
    await player.fill_in_dm("owen", "action_completed", "Complete action", answers.EVIDENCE)
    (action,) = (await player.case()).actions
    assert action.done_by == "U0OWEN"


async def test_whoever_reported_their_own_slip_answers_and_withdraws_and_sees_how_it_stands(
    stack: Stack, player: Player
) -> None:
    await player.report("owen", OST, OWEN_INVOLVED)
    asked = {"text": "Was it recovered?"}
    await player.fill_from_menu("maya", OST, "question", "Ask the reporter", asked)
    await player.fill_in_dm("owen", "answer", "Answer OST", {"text": "Yes, within the hour."})
    owen = stack.person("owen")
    await player.fill("maya", OST, "review", "OST review", answers.BREACH)
    await owen.press(await owen.wait_for_dm("Your report is"), "withdrawal")
    await owen.wait_for_dm("This can't be done now")
    await owen.home()
    assert "ICO decision" in (await owen.wait_for_home(player.reference, 10)).text()
    await owen.press(await owen.wait_for_dm("Your report is"), "details")
    shown = (await owen.modal("Case details")).text()
    assert str(answers.REPORT["description"]) in shown
    assert answers.BREACH["reason"] not in shown

    await player.report("owen", OST, OWEN_INVOLVED)
    reason = {"reason": "It never left the building."}
    await player.fill_in_dm("owen", "withdrawal", "Withdraw your report", reason)
    assert (await player.outcome())["reference"] == player.reference


async def test_a_case_is_not_handed_to_whom_it_involves(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, OWEN_INVOLVED)
    form = await player.open_from_menu("maya", OST, "hand_over", "Hand over")
    refused = await stack.person("maya").submit(form, {"to": "U0OWEN"})
    assert refused.errors == {"to": "This person can't review the case: choose somebody else."}


@pytest.mark.parametrize("why", ["involved", "nobody in the group"])
async def test_where_no_sim_can_be_told_the_thread_says_so_and_not_why(
    stack: Stack, player: Player, why: str
) -> None:
    if why == "involved":
        await player.report("priya", GENERAL, answers.REPORT | {"involved": "U0TOM"})
    else:
        for group in stack.slack.slack.directory.groups.values():
            if "tom" in group.members:
                group.members.clear()
        await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)

    # It comes after what the SIM would have been told.
    await stack.person("priya").wait_for_dm("OST has reviewed", 10)

    told = [each.text() for each in await owen.thread(card) if "SIM" in each.text()]
    assert told == [NO_SIM]
    assert all("is a breach" not in each.text() for each in await stack.person("tom").dm_with_app())
