"""“I don't know yet” is an answer; what is found out later completes it."""

from datetime import timedelta

from drill.player import Player
from drill.stack import Stack
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST

FOUND = {
    "people_affected": "7",
    "data_types": ["basic_identifiers", "health"],
    "physical_safety": "yes",
    "reason": "The bundle was counted page by page.",
}


async def test_what_was_not_known_is_completed_and_shown_on_card_and_details(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill_from_menu("owen", OST, "facts_completed", "Complete the facts", FOUND)
    case = await player.case()
    assert case.facts.people_affected == 7
    assert case.opening.report.people_affected == 2
    await player.sees("owen", OST, "*People affected*\n7")
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, "*People affected*\n7")
    await owen.press(card, "details")
    shown = (await owen.modal("Case details")).text()
    assert "Health data" in shown
    assert "Not yet known:* whether it is casework; whether it was" in shown
    for message in await owen.messages(OST):
        assert str(FOUND["reason"]) not in message.text()


async def test_more_told_than_affected_is_refused_until_the_facts_are_completed(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    told_at = int((await player.now()).timestamp())
    told = {"communication": "told", "told_at": told_at, "number": "5", "reason": "By letter."}
    daniel = stack.person("daniel")
    card = await daniel.wait_for_message(DPO, player.reference)
    await daniel.press(card, "people_informed")
    refused = await daniel.submit(await daniel.modal("People affected"), told)
    assert "Only 2 people are recorded as affected" in refused.errors["number"]
    assert (await player.case()).people is None

    await player.fill_from_menu("daniel", DPO, "facts_completed", "Complete the facts", FOUND)
    await player.fill("daniel", DPO, "people_informed", "People affected", told)
    people = (await player.case()).people
    assert people is not None
    assert people.decision.number == 5


async def test_what_went_to_the_ico_before_its_decision_is_taken_with_its_reasons(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.pass_time(5)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.NOTIFY)
    sent_at = (await player.now()) - timedelta(hours=2)
    sent = {"ico_reference": "IC-1", "submitted_at": int(sent_at.timestamp())}
    daniel = stack.person("daniel")
    card = await daniel.wait_for_message(DPO, player.reference)
    await daniel.press(card, "ico_submission")
    refused = await daniel.submit(await daniel.modal("ICO submission"), sent)
    assert "before the decision to notify was recorded" in refused.errors["early_reasons"]
    why = {"early_reasons": "The helpline was told by telephone."}
    accepted = await daniel.submit(await daniel.modal("ICO submission"), sent | why)
    assert accepted.accepted
    assert (await player.case()).ico_submission is not None


async def test_a_number_with_an_exponent_is_refused_at_its_field(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    form = await player.open_from_menu("owen", OST, "facts_completed", "Complete the facts")
    given = {"people_affected": "1e3", "reason": "The case team counted."}
    refused = await stack.person("owen").submit(form, given)
    assert "whole number in digits" in refused.errors["people_affected"]
