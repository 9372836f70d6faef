"""Who may press what is decided on our side, at the moment of the decision; in doubt, no."""

import asyncio
import json

import pytest

from domain.stage import stage_of
from domain.taxonomy import Stage
from drill.player import Player
from drill.stack import Stack
from localslack.driver import Message, Person
from localslack.workspace import Group
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST


async def told(person: Person, channel: str, words: str) -> Message:
    """What only this person sees."""
    message = await person.wait_for_message(channel, words)
    assert message.ephemeral
    return message


def group(stack: Stack, handle: str) -> Group:
    groups = stack.slack.slack.directory.groups.values()
    return next(each for each in groups if each.handle == handle)


async def test_the_reporter_cannot_review_their_own_report(stack: Stack, player: Player) -> None:
    await player.report("owen", OST, answers.REPORT)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, "waiting for the Operational")
    await owen.press(card, "review")
    await told(owen, OST, "You reported this case, so somebody else must review")
    await owen.press(card, "claim")
    await told(owen, OST, "You reported this case, so somebody else must claim")
    assert stage_of(await player.case()) is Stage.OST_REVIEW


async def test_somebody_outside_the_group_is_refused_whatever_they_press(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    tom = stack.person("tom")
    note = await tom.wait_for_dm(player.reference)
    for button, words in (
        ("review", "Only the Operational Security Team can review"),
        ("ico_decision", "Only the Data Protection Officer or the deputy DPO"),
        ("referral_decision", "Only the OST lead"),
        ("closure", "Only the Operational Security Team can close"),
    ):
        await tom.press_as_seen(note, "action_added", action_id=button)
        await told(tom, await player.dm("tom"), words)


async def test_whoever_reviewed_does_not_decide_about_the_ico(stack: Stack, player: Player) -> None:
    group(stack, "dpo").members.append("owen")
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    await owen.press_as_seen(card, "details", action_id="ico_decision")
    await told(owen, OST, "another person must decide about the ICO")


async def test_when_slack_cannot_say_who_somebody_is_the_answer_is_no(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    stack.slack.faults.fail("usergroups.list", times=3, status=500)
    await owen.press(card, "claim")
    await told(owen, OST, "could not check with Slack who you are")
    assert (await player.case()).claim is None


async def test_a_guest_in_the_group_is_refused(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    stack.slack.slack.directory.people["U0OWEN"].guest = True
    await owen.press(card, "claim")
    await told(owen, OST, "Only the Operational Security Team can claim")


async def test_whoever_left_the_group_is_refused(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    group(stack, "ost").members.remove("owen")
    await owen.press(card, "claim")
    await told(owen, OST, "Only the Operational Security Team can claim")


async def test_of_people_who_press_at_the_same_moment_one_wins(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen, maya = stack.person("owen"), stack.person("maya")
    card = await owen.wait_for_message(OST, player.reference)
    forms = []
    for person in (owen, maya):
        await person.press(card, "review")
        forms.append(await person.modal("OST review"))
    results = await asyncio.gather(
        owen.submit(forms[0], answers.BREACH), maya.submit(forms[1], answers.NOT_A_BREACH)
    )
    assert sorted(result.accepted for result in results) == [False, True]
    winner = "Owen Price" if results[0].accepted else "Maya Okafor"
    loser = next(result for result in results if not result.accepted)
    (error,) = loser.errors.values()
    assert error.startswith(f"This case was already reviewed by {winner}, ")
    kinds = [event.step.kind for event in await stack.store.events(player.reference)]
    assert kinds.count("review") == 1


async def test_an_old_button_says_who_was_first_and_changes_nothing(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    maya = stack.person("maya")
    old_card = await maya.wait_for_message(OST, player.reference)
    await player.press("owen", OST, "claim")
    await maya.press_as_seen(old_card, "claim")
    await told(maya, OST, "This case was already claimed by @Owen Price")
    await player.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()
    await maya.press_as_seen(old_card, "review")
    await told(maya, OST, "This case was already closed by @Owen Price")


@pytest.mark.parametrize(
    "value", ["", "junk", "[]", "null", json.dumps({"reference": 7}), '{"reference": "BR-1"}']
)
async def test_a_forged_button_gives_nothing_away(stack: Stack, player: Player, value: str) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    await owen.press_as_seen(card, "details", value=value)
    await told(owen, OST, "There is no such case, or it is not one of yours to see")


async def test_details_are_for_those_whom_the_case_concerns(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    priya, aisha = stack.person("priya"), stack.person("aisha")
    note = await priya.wait_for_dm(player.reference)
    await priya.press(note, "details")
    assert answers.REPORT["description"] in (await priya.modal("Case details")).text()

    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.REFERRAL)
    await aisha.wait_for_dm("referred")
    owen_card = await stack.person("owen").wait_for_message(OST, player.reference)
    await stack.person("owen").press(owen_card, "details")
    shown = (await stack.person("owen").modal("Case details")).text()
    assert answers.REFERRAL["reason"] not in shown
    assert DPO not in shown


async def test_whoever_reported_it_reads_what_it_was_found_to_be_and_no_reasons(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.NOTIFY)
    await player.fill("owen", OST, "action_added", "Add remedial action", answers.ACTION)
    priya = stack.person("priya")
    await priya.press(await priya.wait_for_dm(player.reference), "details")
    shown = (await priya.modal("Case details")).text()
    assert answers.REPORT["description"] in shown
    assert "OST review:* Personal data breach" in shown
    for words in (answers.BREACH, answers.NOTIFY):
        assert words["reason"] not in shown
    assert answers.ACTION["description"] not in shown
